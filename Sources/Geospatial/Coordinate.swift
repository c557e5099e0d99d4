/// A position on the WGS 84 ellipsoid in degrees (EPSG:4326, always longitude before latitude here).
public struct Coordinate: Hashable, Sendable {
    public var longitude: Double
    public var latitude: Double

    public init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }
}

/// A position in a plane; which plane (UTM 49S in metres, a tile grid) is said where it is used.
public struct PlanarPoint: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
