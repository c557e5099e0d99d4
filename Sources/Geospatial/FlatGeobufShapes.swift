/// Shapes of every kind in FlatBuffers of a FlatGeobuf file: table Geometry of feature.fbs.
///
/// Its fields: 0 the ends of rings or lines, 1 the ordinates, 2 to 5 heights, measures and times,
/// 6 the type, 7 the parts of a multi-polygon or collection.
extension FlatGeobufWriter {
    static func put(_ geometry: Geometry, at slot: Int, _ builder: inout FlatBufferBuilder) {
        let type = FlatGeobufGeometryType(geometry)
        switch geometry {
        case .point(let point):
            put(type, [[point]], at: slot, &builder)
        case .multiPoint(let points), .lineString(let points):
            put(type, [points], at: slot, &builder)
        case .multiLineString(let lines):
            put(type, lines.filter { !$0.isEmpty }, at: slot, &builder)
        case .polygon(let polygon):
            // Rings are closed in the file.
            put(type, polygon.rings.map { $0 + $0.prefix(1) }, at: slot, &builder)
        case .multiPolygon(let area):
            put(type, parts: area.polygons.map(Geometry.polygon), at: slot, &builder)
        case .collection(let members):
            put(type, parts: members, at: slot, &builder)
        }
    }

    private static func put(
        _ type: FlatGeobufGeometryType,
        _ lines: [[Coordinate]],
        at slot: Int,
        _ builder: inout FlatBufferBuilder
    ) {
        let own = builder.table(sizes: [lines.count > 1 ? 4 : 0, 4, 0, 0, 0, 0, 1], at: slot)
        builder.put(type.rawValue, at: own[6])
        if lines.count > 1 {
            var end: UInt32 = 0
            builder.numbers(
                lines.map {
                    end += UInt32($0.count)
                    return end
                }, at: own[0])
        }
        builder.doubles(lines.joined().flatMap { [$0.longitude, $0.latitude] }, at: own[1])
    }

    private static func put(
        _ type: FlatGeobufGeometryType,
        parts: [Geometry],
        at slot: Int,
        _ builder: inout FlatBufferBuilder
    ) {
        let own = builder.table(sizes: [0, 0, 0, 0, 0, 0, 1, 4], at: slot)
        builder.put(type.rawValue, at: own[6])
        let slots = builder.offsets(parts.count, at: own[7])
        for (part, slot) in zip(parts, slots) { put(part, at: slot, &builder) }
    }
}

extension FlatGeobufReader {
    /// A shape that is no point and no polygon; nil for curves and whatever else is never drawn here.
    ///
    /// `room` is what the parts may still add up to, see `geometry`.
    static func shape(
        _ geometry: FlatGeobufTable,
        type: FlatGeobufGeometryType,
        feature: Int,
        room: inout Int,
        depth: Int = 0
    ) throws(FlatGeobufError) -> Geometry? {
        switch type {
        case .point:
            return try coordinates(geometry, feature: feature, room: &room).first
                .map(Geometry.point) ?? .multiPoint([])
        case .multiPoint:
            return .multiPoint(try coordinates(geometry, feature: feature, room: &room))
        case .lineString:
            return .lineString(try coordinates(geometry, feature: feature, room: &room))
        case .multiLineString:
            return .multiLineString(try lines(geometry, feature: feature, room: &room))
        case .polygon:
            return try polygon(geometry, feature: feature, room: &room).map(Geometry.polygon)
                ?? .multiPolygon(MultiPolygon([]))
        case .multiPolygon:
            return .multiPolygon(try area(geometry, feature: feature, room: &room))
        case .geometryCollection:
            guard depth < Geometry.deepest else { throw .damaged(atByte: geometry.origin) }
            var members: [Geometry]? = []
            try geometry.forEachTable(7) { part throws(FlatGeobufError) in
                // Parts may share their bytes, so that each costs what leads to it.
                room -= 4
                guard room >= 0 else { throw .damaged(atByte: geometry.origin) }
                let type = FlatGeobufGeometryType(rawValue: try part.scalar(6, default: 0))
                let member = try shape(
                    part, type: type, feature: feature, room: &room, depth: depth + 1)
                if let member { members?.append(member) } else { members = nil }
            }
            return members.map(Geometry.collection)
        default:
            return nil
        }
    }

    private static func coordinates(
        _ geometry: FlatGeobufTable,
        feature: Int,
        room: inout Int
    ) throws(FlatGeobufError) -> [Coordinate] {
        guard let xy = try geometry.vector(1, stride: 8) else { return [] }
        room -= xy.count
        guard room >= 0, xy.count.isMultiple(of: 16) else {
            throw .damaged(atByte: geometry.origin)
        }
        return try coordinates(xy, 0..<xy.count / 16, feature: feature)
    }

    private static func lines(
        _ geometry: FlatGeobufTable,
        feature: Int,
        room: inout Int
    ) throws(FlatGeobufError) -> [[Coordinate]] {
        let all = try coordinates(geometry, feature: feature, room: &room)
        guard let ends = try geometry.vector(0, stride: 4), !ends.isEmpty else {
            return all.isEmpty ? [] : [all]
        }
        var lines: [[Coordinate]] = []
        var start = 0
        for offset in stride(from: 0, to: ends.count, by: 4) {
            let end = Int(
                UInt32(littleEndian: ends.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            // As for rings: many empty lines would fill the memory.
            guard end > start, end <= all.count else { throw .damaged(atByte: geometry.origin) }
            lines.append(Array(all[start..<end]))
            start = end
        }
        return lines
    }
}
