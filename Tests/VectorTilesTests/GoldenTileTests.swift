import Foundation
import Geospatial
import Testing

@testable import VectorTiles

/// Tiles of invented squares, kept as files.
///
/// To renew them after a wanted change, run the tests
/// with `PETA_RENEW_GOLDEN=1` and read the difference.
@Suite("Golden tiles")
struct GoldenTileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "References/squares")

    /// Two squares with an enclave, an island across a tile border, and labels.
    private static let areas = [
        Fixture.area(Fixture.corners(600, 600, 1200), holes: [Fixture.corners(900, 900, 300)]),
        Fixture.area(Fixture.corners(900, 900, 300)),
        Fixture.square(1800, 600, 1200),
        Fixture.area([(3900, 3000), (4300, 3100), (4250, 3500), (4000, 3400)]),
    ]

    private static let settings = PyramidSettings(zooms: 12...14)

    @Test("tiles are byte for byte as kept")
    func asKept() throws {
        let polygons = LayerGeometry(
            SimplifiedCoverage(CoverageTopology(Self.areas), settings: Self.settings)
        )
        let labels = LayerGeometry(
            points: [Fixture.coordinate(1050, 1050), Fixture.coordinate(4090, 3250)],
            settings: Self.settings
        )
        let areaAttributes = LayerAttributes(
            name: "petak",
            ids: [1, 2, 3, 4],
            keys: ["nama", "luas", "nilai", "ditahan"],
            rows: [
                [.string("Petak \"Luar\""), .double(1.35), .int(12), .bool(false)],
                [.string("Kantong"), .double(0.09), .null, .bool(true)],
                [.string("Petak Timur"), .double(1.44), .int(-3), .bool(false)],
                [.string("Pulau Kecil\n"), .double(0.1), .int(12), .bool(false)],
            ],
            foreignMembers: [TileProperty("data_simulasi", .bool(true))]
        )
        let labelAttributes = LayerAttributes(
            name: "label",
            ids: [2, 4],
            keys: ["nama"],
            rows: [[.string("Kantong")], [.string("Pulau Kecil")]]
        )
        try expectKept(polygons, areaAttributes)
        try expectKept(labels, labelAttributes)
    }

    private func expectKept(_ layer: LayerGeometry, _ attributes: LayerAttributes) throws {
        for tile in layer.tiles {
            let encoded = TileEncoder.encode(tile, geometry: layer, attributes: attributes)
            let name = "\(attributes.name)-\(tile.zoom)-\(tile.column)-\(tile.row)"
            for (suffix, bytes) in [("geojson", encoded.geoJSON), ("mvt", encoded.mvt)] {
                let file = Self.folder.appending(path: "\(name).\(suffix)")
                if ProcessInfo.processInfo.environment["PETA_RENEW_GOLDEN"] == "1" {
                    try FileManager.default.createDirectory(
                        at: Self.folder,
                        withIntermediateDirectories: true
                    )
                    try Data(bytes).write(to: file)
                }
                #expect(try Data(contentsOf: file) == Data(bytes), "\(name).\(suffix)")
            }
        }
    }
}
