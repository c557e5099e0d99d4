/// The extent of something in degrees; never crosses the antimeridian (Indonesia does not).
public struct BoundingBox: Hashable, Sendable {
    public var west: Double
    public var south: Double
    public var east: Double
    public var north: Double

    public init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    /// The smallest box around `coordinates`; nil when there are none.
    public init?(around coordinates: some Sequence<Coordinate>) {
        var iterator = coordinates.makeIterator()
        guard let first = iterator.next() else { return nil }
        self.init(
            west: first.longitude,
            south: first.latitude,
            east: first.longitude,
            north: first.latitude
        )
        while let next = iterator.next() { formUnion(next) }
    }

    /// The smallest box around `boxes`; nil when there are none.
    public init?(enclosing boxes: some Sequence<BoundingBox>) {
        var iterator = boxes.makeIterator()
        guard let first = iterator.next() else { return nil }
        self = first
        while let next = iterator.next() { formUnion(next) }
    }

    public mutating func formUnion(_ coordinate: Coordinate) {
        west = min(west, coordinate.longitude)
        east = max(east, coordinate.longitude)
        south = min(south, coordinate.latitude)
        north = max(north, coordinate.latitude)
    }

    public mutating func formUnion(_ other: BoundingBox) {
        west = min(west, other.west)
        east = max(east, other.east)
        south = min(south, other.south)
        north = max(north, other.north)
    }

    public var center: Coordinate {
        Coordinate(longitude: (west + east) / 2, latitude: (south + north) / 2)
    }

    public func contains(_ coordinate: Coordinate) -> Bool {
        coordinate.longitude >= west && coordinate.longitude <= east
            && coordinate.latitude >= south && coordinate.latitude <= north
    }
}
