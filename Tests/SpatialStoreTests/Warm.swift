enum WarmSpatialStore {}
