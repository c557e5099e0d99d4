enum WarmMapService {}
