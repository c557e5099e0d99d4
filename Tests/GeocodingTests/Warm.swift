enum WarmGeocoding {}
