enum WarmGeospatial {}
