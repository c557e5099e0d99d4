import Foundation
import Geospatial
import Testing

@testable import VectorTiles

/// Invented shapes, given on the grid of zoom 14 relative to a tile corner in the Madura Strait.
enum Fixture {
    static let zoom = 14
    static let corner = GridPoint(x: 13_340 * 4096, y: 8_540 * 4096)

    static func coordinate(_ x: Int, _ y: Int) -> Coordinate {
        TileGrid.coordinate(of: GridPoint(x: corner.x + x, y: corner.y + y), zoom: zoom)
    }

    static func ring(_ points: [(Int, Int)]) -> Polygon.Ring {
        points.map { coordinate($0.0, $0.1) }
    }

    static func area(_ exterior: [(Int, Int)], holes: [[(Int, Int)]] = []) -> MultiPolygon {
        MultiPolygon([Polygon(exterior: ring(exterior), holes: holes.map(ring))])
    }

    static func square(_ x: Int, _ y: Int, _ size: Int) -> MultiPolygon {
        area(corners(x, y, size))
    }

    static func corners(_ x: Int, _ y: Int, _ size: Int) -> [(Int, Int)] {
        [(x, y), (x + size, y), (x + size, y + size), (x, y + size)]
    }

    /// A ring of grid points.
    static func points(_ ring: [(Int, Int)]) -> [GridPoint] {
        ring.map { GridPoint(x: $0.0, y: $0.1) }
    }
}

/// The polygons of every area on the grid of one zoom.
func polygons(
    of coverage: SimplifiedCoverage,
    zoom: Int,
    dissolvedBy groups: [Int]? = nil
) throws -> [[GridPolygon]] {
    let grid = try #require(coverage.grids.first { $0.zoom == zoom })
    let areas = groups.map { coverage.topology.areas(dissolvedBy: $0) } ?? coverage.topology.areas
    var assembly = RingAssembly(points: grid.points)
    let polygons = areas.indices.map {
        assembly.polygons(arcs: grid.arcs, references: areas[$0])
    }
    #expect(assembly.doubledEdges == 0)
    return polygons
}

/// Proves exactly that polygons form a valid coverage.
///
/// No two edges meet except in a common vertex, no ring visits a vertex twice, and every directed
/// edge belongs to one area only, so no two areas lie on the same side of it.
func expectCoverage(
    _ areas: [[GridPolygon]],
    _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    var numbers: [GridPoint: Int32] = [:]
    var points: [GridPoint] = []
    var chains = Chains()
    var directed: Set<UInt64> = []
    var doubled = 0
    var badRings = 0
    for area in areas {
        for polygon in area {
            for (index, ring) in polygon.rings.enumerated() {
                let isPositive = RingNesting.doubledArea(ring) > 0
                if Set(ring).count != ring.count || ring.count < 3 || isPositive != (index == 0) {
                    badRings += 1
                }
                var chain: [Int32] = []
                for vertex in ring {
                    let number = numbers[vertex] ?? Int32(points.count)
                    if number == points.count {
                        numbers[vertex] = number
                        points.append(vertex)
                    }
                    chain.append(number)
                }
                chain.append(chain[0])
                chains.append(chain)
                for (a, b) in zip(chain, chain.dropFirst())
                where !directed.insert(UInt64(a) << 32 | UInt64(b)).inserted {
                    doubled += 1
                }
            }
        }
    }
    let conflicts = PlanarityCheck.conflicts(points: points, chains: chains).count
    #expect(badRings == 0, comment, sourceLocation: sourceLocation)
    #expect(doubled == 0, comment, sourceLocation: sourceLocation)
    #expect(conflicts == 0, comment, sourceLocation: sourceLocation)
}

func doubledArea(_ polygons: [GridPolygon]) -> Int {
    polygons.reduce(0) { $0 + $1.doubledArea }
}

/// Desa with the attributes the tests need, read from GeoJSON.
struct DesaFile {
    var areas: [MultiPolygon] = []
    var ids: [UInt64] = []
    var names: [String] = []
    /// The number of each desa's kecamatan.
    var kecamatan: [Int] = []

    static let project: URL = {
        var url = URL(filePath: #filePath)
        while url.path != "/",
            !FileManager.default.fileExists(
                atPath: url.appending(path: "geodata/desa.geojson").path
            )
        {
            url.deleteLastPathComponent()
        }
        return url
    }()
    static let working = project.appending(path: "geodata/desa.geojson")
    static let fullDetail = project.appending(
        path: "../shared/data/probolinggo/probolinggo_desa.geojson"
    ).standardized
    static var hasFullDetail: Bool { FileManager.default.fileExists(atPath: fullDetail.path) }

    init(_ url: URL) throws {
        let root = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
        )
        var codes: [String: Int] = [:]
        for feature in try #require(root["features"] as? [[String: Any]]) {
            let properties = try #require(feature["properties"] as? [String: Any])
            let geometry = try #require(feature["geometry"] as? [String: Any])
            areas.append(try Self.area(geometry))
            let code = try #require(properties["kode_bps"] as? String)
            ids.append(try #require(UInt64(code)))
            names.append(
                try #require(
                    (properties["nama_desa"] ?? properties["nama_kemendagri"]) as? String
                )
            )
            let group = String(code.prefix(7))
            let number = codes[group] ?? codes.count
            codes[group] = number
            kecamatan.append(number)
        }
    }

    private static func area(_ geometry: [String: Any]) throws -> MultiPolygon {
        let polygons: [[[[Double]]]]
        if geometry["type"] as? String == "Polygon" {
            polygons = [try #require(geometry["coordinates"] as? [[[Double]]])]
        } else {
            polygons = try #require(geometry["coordinates"] as? [[[[Double]]]])
        }
        return MultiPolygon(
            polygons.map { rings in
                let rings = rings.map { ring in
                    ring.dropLast().map { Coordinate(longitude: $0[0], latitude: $0[1]) }
                }
                return Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
            }
        )
    }
}

/// A small generator with a seed (SplitMix64), so that a failing case can be had again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
