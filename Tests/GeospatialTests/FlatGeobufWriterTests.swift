import TestSupport
import Testing

@testable import Geospatial

struct FlatGeobufWriterTests {
    static let columns = FlatGeobufColumn.Kind.allCases.map {
        FlatGeobufColumn(name: "kolom \($0)", kind: $0)
    }

    static let values: [FlatGeobufValue?] = [
        .integer(-128), .integer(255), .bool(true), .integer(-32_768), .integer(65_535),
        .integer(-2_147_483_648), .integer(4_294_967_295), .integer(.min), .unsignedLong(.max),
        .double(0.5), .double(-7.866617411158772), .string("Ngabulé, \"RT 3\""),
        .json("{\"a\":1}"), .dateTime("2026-11-24T00:00:00Z"), .binary([0, 255, 7]),
    ]

    static func read(_ bytes: [UInt8]) throws -> (FlatGeobufHeader, [FlatGeobufFeature]) {
        var reader = try FlatGeobufReader(bytes)
        return (reader.header, try reader.rest())
    }

    @Test("values of each kind, and none, are read as they were written")
    func values() throws {
        let features = [
            FlatGeobufFeature(
                values: Self.values,
                geometry: .shape(.point(Coordinate(longitude: 113.25, latitude: -7.75)))),
            FlatGeobufFeature(
                values: Self.values.map { _ in nil },
                geometry: .shape(.point(Coordinate(longitude: 113.5, latitude: -7.75)))),
        ]
        let header = FlatGeobufHeader(
            name: "rekaan", geometryType: .point, columns: Self.columns, crsCode: 32_749,
            crsOrganization: "EPSG")
        let (read, found) = try Self.read(
            FlatGeobufWriter.encode(features, header: header, indexed: false))
        #expect(found == features)
        #expect(read.name == "rekaan")
        #expect(read.columns == Self.columns)
        #expect(read.crsCode == 32_749)
        #expect(read.crsOrganization == "EPSG")
        #expect(read.featureCount == 2)
        #expect(read.indexByteCount == 0)
        #expect(
            read.envelope == BoundingBox(west: 113.25, south: -7.75, east: 113.5, north: -7.75))
    }

    @Test("areas with holes and parts, points and nothing at all stay what they are")
    func geometries() throws {
        let hole = FlatGeobufReaderTests.ring([(0.25, 0.25), (0.25, 0.5), (0.5, 0.5)])
        let outer = FlatGeobufReaderTests.ring([(0, 0), (1, 0), (1, 1), (0, 1)])
        let part = FlatGeobufReaderTests.ring([(2, 0), (3, 0), (3, 1)])
        let features = [
            FlatGeobufGeometry.area(
                MultiPolygon([Polygon(exterior: outer, holes: [hole]), Polygon(exterior: part)])),
            .missing, .shape(.point(Coordinate(longitude: 5, latitude: 5))),
        ].map { FlatGeobufFeature(values: [], geometry: $0) }
        let header = FlatGeobufHeader(geometryType: .unknown, columns: [], crsCode: nil)
        let (read, found) = try Self.read(FlatGeobufWriter.encode(features, header: header))
        #expect(found == features)
        // A feature without a place has no place in an index.
        #expect(read.indexByteCount == 0)
        #expect(read.crsCode == nil)
        let polygons = [
            FlatGeobufFeature(
                values: [], geometry: .area(MultiPolygon([Polygon(exterior: outer)])))
        ]
        let polygonHeader = FlatGeobufHeader(geometryType: .polygon, columns: [])
        let bytes = FlatGeobufWriter.encode(polygons, header: polygonHeader)
        #expect(try Self.read(bytes).1 == polygons)
    }

    static let shapes: [Geometry] = {
        let a = Coordinate(longitude: 113.25, latitude: -7.75)
        let b = Coordinate(longitude: 113.5, latitude: -7.5)
        let c = Coordinate(longitude: 114, latitude: -8)
        let polygon = Polygon(exterior: [a, b, c])
        return [
            .point(a), .multiPoint([a, c]), .lineString([a, b, c]),
            .multiLineString([[a, b], [b, c, a]]), .multiLineString([[a, c]]),
            .collection([
                .point(c), .lineString([a, b]), .polygon(polygon),
                .collection([.multiPoint([a]), .multiPolygon(MultiPolygon([polygon]))]),
            ]),
        ]
    }()

    @Test("points, lines and collections stay what they are, mixed or of one kind")
    func shapes() throws {
        let features = Self.shapes.map { FlatGeobufFeature(values: [], geometry: .shape($0)) }
        let mixed = FlatGeobufHeader(geometryType: .unknown, columns: [])
        let (read, found) = try Self.read(
            FlatGeobufWriter.encode(features, header: mixed, indexed: false))
        #expect(found == features)
        #expect(read.envelope == BoundingBox(west: 113.25, south: -8, east: 114, north: -7.5))
        for feature in features {
            guard case .shape(let shape) = feature.geometry else { continue }
            let header = FlatGeobufHeader(
                geometryType: FlatGeobufGeometryType(shape), columns: [])
            let (read, found) = try Self.read(FlatGeobufWriter.encode([feature], header: header))
            #expect(found == [feature])
            #expect(read.indexByteCount == 80)
        }
    }

    @Test("polygons beside other kinds are polygons and multi-polygons, both read as areas")
    func areasAmongShapes() throws {
        let polygon = Polygon(exterior: FlatGeobufReaderTests.ring([(0, 0), (1, 0), (1, 1)]))
        let features = [
            FlatGeobufGeometry.shape(.polygon(polygon)), .area(MultiPolygon([polygon])),
        ].map { FlatGeobufFeature(values: [], geometry: $0) }
        let bytes = FlatGeobufWriter.encode(
            features, header: FlatGeobufHeader(geometryType: .unknown, columns: []))
        #expect(
            try Self.read(bytes).1.map(\.geometry) == [
                .area(MultiPolygon([polygon])), .area(MultiPolygon([polygon])),
            ])
        // A multi-polygon has a table more around its part.
        let (first, second) = (features[0], features[1])
        let mixed = FlatGeobufHeader(geometryType: .unknown, columns: [])
        #expect(
            FlatGeobufWriter.encode([first], header: mixed).count
                < FlatGeobufWriter.encode([second], header: mixed).count)
    }

    @Test("collections in collections are followed a little way only")
    func depth() throws {
        var nested = Geometry.point(Coordinate(longitude: 1, latitude: 2))
        for _ in 0..<Geometry.deepest { nested = .collection([nested]) }
        let header = FlatGeobufHeader(geometryType: .geometryCollection, columns: [])
        func bytes(_ shape: Geometry) -> [UInt8] {
            FlatGeobufWriter.encode(
                [FlatGeobufFeature(values: [], geometry: .shape(shape))], header: header)
        }
        #expect(try Self.read(bytes(nested)).1[0].geometry == .shape(nested))
        #expect(throws: FlatGeobufError.self) { try Self.read(bytes(.collection([nested]))) }
    }

    @Test("the index leads to just the features whose box meets a window")
    func index() throws {
        let lattice = Lattice(columns: 20, rows: 15)
        for count in [1, 16, 17, 300] {
            let header = FlatGeobufHeader(columns: [
                FlatGeobufColumn(name: "nomor", kind: .int)
            ])
            let features = lattice.areas.prefix(count).enumerated().map {
                FlatGeobufFeature(values: [.integer(Int64($0))], geometry: .area($1))
            }
            let bytes = FlatGeobufWriter.encode(features, header: header)
            let (read, stored) = try Self.read(bytes)
            #expect(read.indexByteCount > 0)
            #expect(Set(stored) == Set(features))
            let indexStart = 12 + Int(Self.number(bytes, 8, size: 4))
            let dataStart = indexStart + read.indexByteCount
            let leaves = read.indexByteCount / 40 - count
            var starts: [Int: Int] = [:]
            var place = dataStart
            for index in stored.indices {
                starts[place - dataStart] = index
                place += 4 + Int(Self.number(bytes, place, size: 4))
            }
            #expect(place == bytes.count)
            let window = BoundingBox(west: 113.3, south: -7.98, east: 113.36, north: -7.93)
            var found: Set<Int> = []
            var open = [0]
            while let node = open.popLast() {
                let at = indexStart + 40 * node
                func ordinate(_ index: Int) -> Double {
                    Double(bitPattern: Self.number(bytes, at + 8 * index, size: 8))
                }
                guard ordinate(0) <= window.east, ordinate(2) >= window.west,
                    ordinate(1) <= window.north, ordinate(3) >= window.south
                else { continue }
                let offset = Int(Self.number(bytes, at + 32, size: 8))
                if node >= leaves {
                    found.insert(try #require(starts[offset]))
                } else {
                    // The children of the last node of a level end with the level.
                    let level = Self.levelEnd(of: offset, features: count)
                    open += offset..<min(offset + 16, level)
                }
            }
            let wanted = stored.indices.filter { index in
                guard let box = stored[index].geometry.boundingBox else { return false }
                return box.west <= window.east && box.east >= window.west
                    && box.south <= window.north && box.north >= window.south
            }
            #expect(found == Set(wanted), "\(count) features")
        }
    }

    private static func number(_ bytes: [UInt8], _ place: Int, size: Int) -> UInt64 {
        (0..<size).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }

    private static func levelEnd(of node: Int, features: Int) -> Int {
        var sizes = [features]
        repeat { sizes.append((sizes[sizes.count - 1] + 15) / 16) } while sizes.last != 1
        var end = 0
        for size in sizes.reversed() {
            end += size
            if node < end { break }
        }
        return end
    }

    @Test("neighbours along the Hilbert curve are neighbours in the plane")
    func hilbert() {
        let extent = BoundingBox(west: 0, south: 0, east: 65_535, north: 65_535)
        // The first 256 places fill a square of 16 x 16 cells, each step to an adjoining one.
        var cells: [UInt32: (Int, Int)] = [:]
        for x in 0..<16 {
            for y in 0..<16 {
                let place = FlatGeobufIndex.hilbertPlace(
                    of: Coordinate(longitude: Double(x), latitude: Double(y)), in: extent)
                cells[place] = (x, y)
            }
        }
        #expect(cells.keys.sorted() == Array(0..<256))
        for place: UInt32 in 1..<256 {
            guard let a = cells[place - 1], let b = cells[place] else { continue }
            #expect(abs(a.0 - b.0) + abs(a.1 - b.1) == 1, "place \(place)")
        }
    }
}
