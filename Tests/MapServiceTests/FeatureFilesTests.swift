import Foundation
import Geospatial
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SpatialStore
import Testing

@testable import MapService

/// Collections as FlatGeobuf and GeoPackage, read again with our own readers.
@Suite struct FeatureFilesTests {
    private static let a = Coordinate(longitude: 113.25, latitude: -7.75)
    private static let b = Coordinate(longitude: 113.5, latitude: -7.5)
    private static let c = Coordinate(longitude: 114, latitude: -8)
    private static let polygon = Polygon(exterior: [a, b, c])
    private static let line = Geometry.lineString([a, b])

    struct Case: CustomTestStringConvertible, Sendable {
        let declared: FeatureCollection.GeometryType
        let shapes: [Geometry?]
        /// What a file holds, of which type; as `shapes` and `declared` when nil.
        var written: [Geometry?]?
        var type: FeatureCollection.GeometryType?

        var testDescription: String { "\(declared), \(shapes.count) shapes" }
    }

    static let cases: [Case] = [
        Case(declared: .point, shapes: [.point(a), .point(c), nil]),
        Case(declared: .multiPoint, shapes: [.multiPoint([a, b])]),
        Case(declared: .lineString, shapes: [line, .lineString([a, b, c])]),
        Case(declared: .multiLineString, shapes: [.multiLineString([[a, b], [b, c, a]]), nil]),
        Case(declared: .polygon, shapes: [.polygon(polygon)]),
        Case(declared: .multiPolygon, shapes: [.multiPolygon(MultiPolygon([polygon]))]),
        Case(
            declared: .any,
            shapes: [
                .point(a), line, .multiPoint([a]), .polygon(polygon), nil,
                .multiPolygon(MultiPolygon([polygon])), .collection([.point(a), line]),
            ]),
        // Without any shape, of a stated type and of none.
        Case(declared: .any, shapes: [nil, nil]),
        Case(declared: .point, shapes: [nil]),
        Case(declared: .any, shapes: []),
        // Where a file does not keep to its type: single among multiple, and something else.
        Case(
            declared: .multiLineString, shapes: [line, .multiLineString([[b, c]])],
            written: [.multiLineString([[a, b]]), .multiLineString([[b, c]])]),
        Case(declared: .point, shapes: [.point(a), .multiPoint([b])], type: .any),
        // A point without a position has none in these formats.
        Case(declared: .point, shapes: [.multiPoint([])], written: [nil]),
    ]

    private static let metadata = FeatureCollection.Metadata(
        licence: "CC0", attribution: ["uji"], keywords: [], lineage: "dibuat untuk uji",
        codeReference: "", period: nil, updated: "2026-01-01T00:00:00Z")

    /// The bytes of a collection of `shapes` in each form; ids from 11.
    private func files(
        _ declared: FeatureCollection.GeometryType,
        _ shapes: [Geometry?],
        properties: [FeatureCollection.Property] = [],
        values: [[FeatureValue]]? = nil,
        _ read: @Sendable @escaping (_ fgb: [UInt8], _ gpkg: String) throws -> Void
    ) async throws {
        let station = try Station()
        let collection = FeatureCollection(
            name: "bentuk", title: "Bentuk", text: "", isSimulated: true, geometryType: declared,
            properties: properties, metadata: Self.metadata)
        try station.database.addCollection(collection) {
            shapes.enumerated().map { number, shape in
                NewFeature(
                    id: Int64(11 + number), values: values?[number] ?? [],
                    shape: shape.map { .wellKnownBinary($0.wellKnownBinary) } ?? .none)
            }
        }
        let file = station.folder.appendingPathComponent("bentuk.gpkg")
        try await station.server().application().test(.router) { client in
            var bodies: [[UInt8]] = []
            for form in ["fgb", "gpkg"] {
                let response = try await client.executeRequest(
                    uri: "/collections/bentuk/items?f=\(form)", method: .get, headers: [:],
                    body: nil)
                #expect(response.status == .ok, "\(form): \(String(buffer: response.body))")
                bodies.append(Array(response.body.readableBytesView))
                let name = response.headers[.contentDisposition]
                #expect(name == "attachment; filename=\"bentuk.\(form)\"")
            }
            try Data(bodies[1]).write(to: file)
            try read(bodies[0], file.path)
        }
    }

    @Test("shapes of every kind, mixed ones and none come as FlatGeobuf", arguments: cases)
    func flatGeobuf(_ example: Case) async throws {
        try await files(example.declared, example.shapes) { bytes, _ in
            var reader = try FlatGeobufReader(bytes)
            let type = example.type ?? example.declared
            let numbers: [FeatureCollection.GeometryType: UInt8] = [
                .any: 0, .point: 1, .lineString: 2, .polygon: 3, .multiPoint: 4,
                .multiLineString: 5, .multiPolygon: 6,
            ]
            #expect(reader.header.geometryType.rawValue == numbers[type])
            #expect(reader.header.featureCount == example.shapes.count)
            var found: [Int64: FlatGeobufGeometry] = [:]
            while let feature = try reader.next() {
                guard case .integer(let id) = feature.values[0] else { continue }
                found[id] = feature.geometry
            }
            for (number, shape) in (example.written ?? example.shapes).enumerated() {
                let expected: FlatGeobufGeometry =
                    switch shape {
                    case nil: .missing
                    case .polygon(let polygon): .area(MultiPolygon([polygon]))
                    case .multiPolygon(let area): .area(area)
                    case .some(let shape): .shape(shape)
                    }
                #expect(found[Int64(11 + number)] == expected)
            }
        }
    }

    @Test("shapes of every kind, mixed ones and none come as GeoPackage", arguments: cases)
    func geoPackage(_ example: Case) async throws {
        try await files(example.declared, example.shapes) { _, path in
            let layer = try GeoPackageLayer(path: path, layer: "bentuk", wanted: nil)
            #expect(layer.geometryType == example.type ?? example.declared)
            #expect(layer.features.map(\.id) == example.shapes.indices.map { Int64(11 + $0) })
            #expect(layer.features.map(\.values) == layer.features.map { [.integer($0.id)] })
            let found = try layer.features.map { feature -> Geometry? in
                guard case .wellKnownBinary(let bytes) = feature.shape else { return nil }
                return try Geometry(wellKnownBinary: bytes)
            }
            #expect(found == example.written ?? example.shapes)
        }
    }

    private static let properties: [FeatureCollection.Property] = [
        .init(name: "nama", type: .string, text: ""),
        .init(name: "nilai", type: .integer, text: ""),
        .init(name: "luas", type: .number, text: ""),
        .init(name: "tepi", type: .boolean, text: ""),
        .init(name: "hari", type: .date, text: ""),
        .init(name: "saat", type: .timestamp, text: ""),
        .init(name: "kapan", type: .date, text: ""),
        // Names that the files need for themselves, and two that differ by case only.
        .init(name: "ID", type: .integer, text: ""),
        .init(name: "fid", type: .string, text: ""),
        .init(name: "geom", type: .string, text: ""),
        .init(name: "Nama", type: .string, text: ""),
    ]
    private static let values: [[FeatureValue]] = [
        [
            .text("Ngabulé"), .integer(9_007_199_254_740_993), .real(0.5), .bool(true),
            .text("2026-02-28"), .text("2026-02-28T23:30:00Z"), .text("2026-01-01"), .integer(7),
            .text("a"), .text("b"), .text("c"),
        ],
        [
            .text("x"), .integer(0), .real(2), .bool(false), .text("2024-02-29"),
            .text("2026-03-01T06:30:00.250+07:00"), .text("awal tahun"), .integer(8), .null,
            .null, .null,
        ],
        Array(repeating: .null, count: 11),
    ]

    @Test("a GeoPackage has the types of the schema, days and instants too")
    func typesOfGeoPackage() async throws {
        try await files(
            .point, [.point(Self.a), .point(Self.b), nil], properties: Self.properties,
            values: Self.values
        ) { _, path in
            let layer = try GeoPackageLayer(path: path, layer: "bentuk", wanted: nil)
            #expect(
                layer.properties.map { "\($0.name) \($0.type.rawValue)" } == [
                    "id_fitur integer", "nama string", "nilai integer", "luas number",
                    "tepi boolean", "hari date", "saat timestamp",
                    // One of its values is no day.
                    "kapan string",
                    "ID integer", "fid string", "geom_ string", "Nama_2 string",
                ])
            #expect(layer.features.map(\.id) == [11, 12, 13])
            var expected = Self.values
            expected[1][5] = .text("2026-02-28T23:30:00.250Z")
            #expect(layer.features.map { Array($0.values.dropFirst()) } == expected)
        }
    }

    @Test("a FlatGeobuf has the same values")
    func valuesOfFlatGeobuf() async throws {
        try await files(
            .point, [.point(Self.a), .point(Self.b), nil], properties: Self.properties,
            values: Self.values
        ) { bytes, _ in
            var reader = try FlatGeobufReader(bytes)
            #expect(
                reader.header.columns.map(\.kind) == [
                    .long, .string, .long, .double, .bool, .dateTime, .dateTime, .dateTime, .long,
                    .string, .string, .string,
                ])
            #expect(reader.header.columns.map(\.name).last == "Nama_2")
            let features = try reader.rest()
            #expect(
                Array(features[0].values.prefix(7)) == [
                    .integer(11), .string("Ngabulé"), .integer(9_007_199_254_740_993), .double(0.5),
                    .bool(true), .dateTime("2026-02-28"), .dateTime("2026-02-28T23:30:00Z"),
                ])
            #expect(features[2].values == [.integer(13)] + Array(repeating: nil, count: 11))
        }
    }

    @Test("the squares come whole, with their ids and types")
    func squares() async throws {
        let station = try Station()
        try station.addSquares()
        let file = station.folder.appendingPathComponent("petak.gpkg")
        try await station.server().application().test(.router) { client in
            let flat = try await client.executeRequest(
                uri: "/collections/petak/items?f=fgb", method: .get, headers: [:], body: nil)
            var reader = try FlatGeobufReader(Array(flat.body.readableBytesView))
            #expect(reader.header.indexByteCount > 0)
            #expect(try reader.rest().count == Station.cells)
            let package = try await client.executeRequest(
                uri: "/collections/petak/items?f=gpkg", method: .get, headers: [:], body: nil)
            try Data(package.body.readableBytesView).write(to: file)
            let layer = try GeoPackageLayer(path: file.path, layer: "petak", wanted: nil)
            #expect(layer.features.count == Station.cells)
            #expect(layer.geometryType == .multiPolygon)
            #expect(
                layer.properties.map { "\($0.name) \($0.type.rawValue)" } == [
                    "id integer", "nama string", "nilai integer", "luas number", "tanggal date",
                ])
            #expect(layer.features.map(\.id) == (0..<Station.cells).map { Int64(100 + $0) })
        }
    }

    @Test("a collection of points says in its documents that it comes as these files")
    func documents() async throws {
        let station = try Station()
        let collection = FeatureCollection(
            name: "titik", title: "Titik", text: "", isSimulated: true, geometryType: .point,
            properties: [], metadata: Self.metadata)
        try station.database.addCollection(collection) {
            [
                NewFeature(
                    id: 1, values: [],
                    shape: .wellKnownBinary(Geometry.point(Self.a).wellKnownBinary))
            ]
        }
        try await station.server().application().test(.router) { client in
            for path in [
                "/collections/titik?f=json", "/collections/titik/items?f=html",
                "/collections/titik/items?f=json",
            ] {
                let response = try await client.executeRequest(
                    uri: path, method: .get, headers: [:], body: nil)
                let text = String(buffer: response.body)
                #expect(text.contains("f=fgb") && text.contains("f=gpkg"), "\(path)")
            }
        }
    }
}
