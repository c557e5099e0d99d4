import Foundation
import Geospatial
import PovertyModel

@testable import RegistrySimulation

/// Square desa of an invented kecamatan, 0.02 degrees wide, on a lattice south of Kraksaan.
func squareDesa(columns: Int, rows: Int) -> [SimulationArea] {
    func corner(_ column: Int, _ row: Int) -> Coordinate {
        Coordinate(
            longitude: 113.2 + Double(column) * 0.02,
            latitude: -8.0 + Double(row) * 0.02
        )
    }
    return (0..<rows).flatMap { row in
        (0..<columns).map { column in
            let index = row * columns + column
            let kecamatan = 91 + index / 90
            let serial = index % 90 + 1
            let square = [
                corner(column, row), corner(column + 1, row), corner(column + 1, row + 1),
                corner(column, row + 1),
            ]
            return SimulationArea(
                desa: Desa(
                    code: DesaCode(number: 3_513_002_000 + kecamatan * 10_000 + serial)!,
                    bpsCode: BPSDesaCode(
                        number: 3_513_000_000 + kecamatan * 10_000 + (91 - serial)
                    )!,
                    name: index.isMultiple(of: 2) ? "Rekaan Lor \(index)" : "Tanah'reka\(index)",
                    kind: .desa,
                    kecamatanName: "Kecamatan \(kecamatan)",
                    otherNames: index.isMultiple(of: 2) ? ["Rekan Lor \(index)"] : [],
                    labelPoint: Coordinate(
                        longitude: square[0].longitude + 0.01,
                        latitude: square[0].latitude + 0.01
                    )
                ),
                geometry: MultiPolygon([Polygon(exterior: square)])
            )
        }
    }
}

/// The 330 desa of the project's own map.
enum RealDesa {
    static let areas: [SimulationArea] = {
        do {
            return try load()
        } catch {
            fatalError("geodata/desa.geojson and gazetteer.csv cannot be read: \(error)")
        }
    }()

    private struct Collection: Decodable {
        struct Feature: Decodable {
            struct Geometry: Decodable { let coordinates: [[[[Double]]]] }
            let id: String
            let geometry: Geometry
        }
        let features: [Feature]
    }

    private static func load() throws -> [SimulationArea] {
        var root = URL(fileURLWithPath: #filePath)
        repeat {
            root.deleteLastPathComponent()
        } while root.path != "/"
            && !FileManager.default.fileExists(
                atPath: root.appendingPathComponent("geodata/desa.geojson").path
            )
        let map = try JSONDecoder().decode(
            Collection.self,
            from: Data(contentsOf: root.appendingPathComponent("geodata/desa.geojson"))
        )
        let shapes = Dictionary(uniqueKeysWithValues: map.features.map { ($0.id, $0.geometry) })
        let table = try String(
            contentsOf: root.appendingPathComponent("geodata/gazetteer.csv"),
            encoding: .utf8
        )
        return table.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init)
            return SimulationArea(
                desa: Desa(
                    code: DesaCode(cells[0])!,
                    bpsCode: BPSDesaCode(cells[1])!,
                    name: cells[2],
                    kind: Desa.Kind(rawValue: cells[3])!,
                    kecamatanName: cells[5],
                    otherNames: cells[11].split(separator: "|").map(String.init),
                    labelPoint: Coordinate(
                        longitude: Double(cells[8])!,
                        latitude: Double(cells[9])!
                    )
                ),
                geometry: MultiPolygon(
                    shapes[cells[0]]!.coordinates.map { rings in
                        let open = rings.map { ring in
                            ring.dropLast().map { Coordinate(longitude: $0[0], latitude: $0[1]) }
                        }
                        return Polygon(exterior: open[0], holes: Array(open.dropFirst()))
                    }
                )
            )
        }
    }
}

/// Bytes of a file that a registry writes.
func written(
    _ write: ((ArraySlice<UInt8>) -> Void) -> Void
) -> [UInt8] {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return bytes
}

/// Rows of a file as dictionaries by column.
func table(_ bytes: [UInt8]) -> [[String: String]] {
    let rows = parsedCSV(bytes)
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
}

/// A strict reader of RFC 4180 with line feeds: quotes only around whole fields.
func parsedCSV(_ bytes: [UInt8]) -> [[String]] {
    let (quote, comma, lineFeed) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\n"))
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var index = 0
    while index < bytes.count {
        if field.isEmpty, bytes[index] == quote {
            index += 1
            while index < bytes.count {
                if bytes[index] == quote {
                    guard index + 1 < bytes.count, bytes[index + 1] == quote else { break }
                    index += 1
                }
                field.append(bytes[index])
                index += 1
            }
            index += 1
            precondition(bytes[index] == comma || bytes[index] == lineFeed, "text after a quote")
        }
        switch bytes[index] {
        case comma, lineFeed:
            row.append(String(decoding: field, as: UTF8.self))
            field = []
            if bytes[index] == lineFeed {
                rows.append(row)
                row = []
            }
        default:
            precondition(bytes[index] != quote, "a quote inside a bare field")
            field.append(bytes[index])
        }
        index += 1
    }
    precondition(row.isEmpty && field.isEmpty, "the last row has no line feed")
    return rows
}

/// FNV-1a, 64 bits.
func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

/// Whether `count` of `trials` is within five standard deviations of what `share` gives.
func isLikely(_ count: Int, of trials: Int, share: Double) -> Bool {
    let expected = Double(trials) * share
    return abs(Double(count) - expected) <= 5 * (expected * (1 - share)).squareRoot() + 1
}

/// Ray casting, written apart from the code under test.
func isInside(_ point: Coordinate, _ area: MultiPolygon) -> Bool {
    area.polygons.contains { polygon in
        func inRing(_ ring: Polygon.Ring) -> Bool {
            var inside = false
            var before = ring.count - 1
            for index in ring.indices {
                let (a, b) = (ring[index], ring[before])
                if (a.latitude > point.latitude) != (b.latitude > point.latitude),
                    point.longitude
                        < (b.longitude - a.longitude) * (point.latitude - a.latitude)
                        / (b.latitude - a.latitude) + a.longitude
                {
                    inside.toggle()
                }
                before = index
            }
            return inside
        }
        return inRing(polygon.exterior) && !polygon.holes.contains(where: inRing)
    }
}

/// A registry and everything it writes, made once for the tests that look at it.
struct WrittenRegistry: Sendable {
    let areas: [SimulationArea]
    let registry: SimulatedRegistry
    let dtsen: [UInt8]
    let verval: [UInt8]
    let truth: [UInt8]

    init(areas: [SimulationArea], configuration: SimulationConfiguration, seed: UInt64) {
        self.areas = areas
        let registry = SimulatedRegistry(areas: areas, configuration: configuration, seed: seed)
        self.registry = registry
        dtsen = written { registry.writeDTSEN(to: $0) }
        verval = written { registry.writeVerval(to: $0) }
        truth = written { registry.writePlacementTruth(to: $0) }
    }

    /// 8,000 families in 40 squares with the usual dirt.
    static let squares = WrittenRegistry(
        areas: squareDesa(columns: 8, rows: 5),
        configuration: configured(8000),
        seed: 41
    )
    /// 6,000 families in the 330 desa without dirt.
    static let cleanKabupaten = WrittenRegistry(
        areas: RealDesa.areas,
        configuration: configured(6000, dirt: .none),
        seed: 42
    )
}

func configured(_ keluarga: Int, dirt: DirtRates = .usual) -> SimulationConfiguration {
    var configuration = SimulationConfiguration()
    configuration.keluargaCount = keluarga
    configuration.dirt = dirt
    return configuration
}
