extension Geometry {
    /// Reads ISO well-known binary of any of the seven kinds.
    ///
    /// A point of two NaN is a point without a position, as GEOS and others write it. What follows
    /// the geometry is not looked at.
    public init(wellKnownBinary bytes: [UInt8]) throws(WellKnownBinary.Failure) {
        var reader = WellKnownBinaryReader(bytes: bytes)
        self = try Geometry(&reader, depth: 0)
    }

    private init(
        _ reader: inout WellKnownBinaryReader,
        depth: Int
    ) throws(WellKnownBinary.Failure) {
        let header = try reader.header()
        switch header.kind {
        case .point:
            let point = try reader.coordinate(header)
            let isEmpty = point.longitude.isNaN && point.latitude.isNaN
            self = isEmpty ? .multiPoint([]) : .point(point)
        case .lineString:
            self = .lineString(try reader.coordinates(header))
        case .polygon:
            self = .polygon(try reader.polygon(header))
        case .multiPoint:
            var points: [Coordinate] = []
            for _ in 0..<(try reader.count(header)) {
                points.append(try reader.coordinate(try reader.header(of: .point)))
            }
            self = .multiPoint(points)
        case .multiLineString:
            var lines: [[Coordinate]] = []
            for _ in 0..<(try reader.count(header)) {
                lines.append(try reader.coordinates(try reader.header(of: .lineString)))
            }
            self = .multiLineString(lines)
        case .multiPolygon:
            self = .multiPolygon(try reader.area(header))
        case .collection:
            guard depth < Geometry.deepest else { throw .tooDeep(atByte: reader.position) }
            var members: [Geometry] = []
            for _ in 0..<(try reader.count(header)) {
                members.append(try Geometry(&reader, depth: depth + 1))
            }
            self = .collection(members)
        }
    }

    /// ISO well-known binary, little-endian; rings are closed as the format asks.
    public var wellKnownBinary: [UInt8] {
        var writer = WellKnownBinaryWriter(capacity: 64)
        write(to: &writer)
        return writer.bytes
    }

    private func write(to writer: inout WellKnownBinaryWriter) {
        func line(_ points: [Coordinate]) {
            writer.header(.lineString, count: points.count)
            for point in points { writer.append(point) }
        }
        func point(_ point: Coordinate) {
            writer.header(.point)
            writer.append(point)
        }
        switch self {
        case .point(let position):
            point(position)
        case .multiPoint(let points):
            writer.header(.multiPoint, count: points.count)
            for position in points { point(position) }
        case .lineString(let points):
            line(points)
        case .multiLineString(let lines):
            writer.header(.multiLineString, count: lines.count)
            for points in lines { line(points) }
        case .polygon(let polygon):
            writer.write(polygon)
        case .multiPolygon(let area):
            writer.write(area)
        case .collection(let members):
            writer.header(.collection, count: members.count)
            for member in members { member.write(to: &writer) }
        }
    }
}
