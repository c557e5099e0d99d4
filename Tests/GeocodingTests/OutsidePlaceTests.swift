import Foundation
import Geospatial
import TestSupport
import Testing

@testable import Geocoding

/// An invented kabupaten with the sea in the north and a neighbour in the south and east.
///
/// ```
///      ~ ~ ~ ~ ~ ~ ~      9 (an island)
///   1     2     3  | neighbour
///   4     5     6  |
///   ---------------
/// ```
@Suite struct OutsidePlaceTests {
    static let side = 2000.0
    static let areas: [(area: Int, polygon: MultiPolygon)] =
        (0..<6).map { number in
            let west = Double(number % 3) * side
            let south = number < 3 ? side : 0
            return (number + 1, MetreDrawing.box(west, south, west + side, south + side))
        } + [(9, MetreDrawing.box(2000, 9000, 2500, 9400))]

    // 1 is open to the west as well: there, too, is the sea.
    static let classification = OutsideClassification(
        index: BorderIndex(areas), bordersOnLand: [3, 4, 5, 6])

    static func place(_ x: Double, _ y: Double) -> OutsidePlace? {
        classification.place(of: MetreDrawing.at(x, y))
    }

    @Test("before a desa that has only a coast lies the sea")
    func sea() {
        for (x, y, metres) in [(3000.0, 4500.0, 500.0), (500, 6000, 2000), (2200, 8500, 500)] {
            guard case .sea(let found) = Self.place(x, y) else {
                Issue.record("\(x), \(y) is \(String(describing: Self.place(x, y)))")
                continue
            }
            #expect(isClose(found, metres, relative: 2e-3))
        }
    }

    @Test("beyond a desa that borders on another kabupaten lies that kabupaten")
    func neighbour() {
        guard case .otherKabupaten(let metres, let beside) = Self.place(3000, -800) else {
            Issue.record("\(String(describing: Self.place(3000, -800)))")
            return
        }
        #expect(isClose(metres, 800, relative: 2e-3))
        #expect(beside == 5)
    }

    @Test("a desa with both a coast and a land border goes by the direction")
    func mixed() {
        func isSea(_ place: OutsidePlace?) -> Bool {
            if case .sea = place { true } else { false }
        }
        func isLand(_ place: OutsidePlace?) -> Bool {
            if case .otherKabupaten(_, beside: 3) = place { true } else { false }
        }
        func isUnclear(_ place: OutsidePlace?) -> Bool {
            if case .unclear = place { true } else { false }
        }
        #expect(isSea(Self.place(5000, 4700)))
        #expect(isLand(Self.place(6700, 3000)) || isUnclear(Self.place(6700, 3000)))
        #expect(isLand(Self.place(6700, 2950)) || isUnclear(Self.place(6700, 2950)))
        #expect(isUnclear(Self.place(7500, 4600)))
    }

    @Test("inside there is nothing to say, and far away nothing is known")
    func insideAndFar() {
        #expect(Self.place(1000, 1000) == nil)
        guard case .farAway(let metres) = Self.place(3000, 60_000) else {
            Issue.record("\(String(describing: Self.place(3000, 60_000)))")
            return
        }
        #expect(isClose(metres, 50_600, relative: 2e-3))
    }

    @Test("between areas that do not quite meet there is a gap, no sea")
    func gap() {
        let apart = OutsideClassification(
            index: BorderIndex([
                (1, MetreDrawing.box(-3000, -3000, -8, 3000)),
                (2, MetreDrawing.box(0, -3000, 3000, 3000)),
            ]),
            bordersOnLand: [])
        guard case .gap = apart.place(of: MetreDrawing.at(-3, 100)) else {
            Issue.record("\(String(describing: apart.place(of: MetreDrawing.at(-3, 100))))")
            return
        }
    }

    @Test("around Probolinggo, sea, neighbours and the island are told apart")
    func probolinggo() throws {
        let own = try ProbolinggoBorders.read()
        let classification = OutsideClassification(
            index: own.index, bordersOnLand: own.bordersOnLand)
        func word(_ longitude: Double, _ latitude: Double) -> String {
            let place = Coordinate(longitude: longitude, latitude: latitude)
            return switch classification.place(of: place) {
            case nil: "inside"
            case .sea: "sea"
            case .otherKabupaten: "other"
            case .gap: "gap"
            case .unclear: "unclear"
            case .farAway: "far"
            }
        }
        #expect(word(113.45, -7.70) == "sea")
        #expect(word(113.35, -7.62) == "sea")
        #expect(word(113.257, -7.679) == "inside")  // Gili Ketapang
        #expect(word(113.217, -7.757) == "other")  // Kota Probolinggo
        #expect(word(113.22, -8.11) == "other")  // Lumajang
        #expect(word(112.95, -7.78) == "other")  // Pasuruan
        #expect(word(113.65, -7.85) == "other")  // Situbondo
        #expect(word(112.75, -7.25) == "far")  // Surabaya
        #expect(word(113.40, -7.85) == "inside")
    }
}

/// The product's own tracing of the desa of Kabupaten Probolinggo.
struct ProbolinggoBorders {
    let index: BorderIndex
    let bordersOnLand: Set<Int>
    let areas: [MultiPolygon]

    static func read() throws -> ProbolinggoBorders {
        let folder = ProjectRoot.folder.appending(path: "geodata")
        let features = try GeoJSONAreas.read(
            Data(contentsOf: folder.appending(path: "desa.geojson")))
        let codes = features.map { $0.properties["kode_desa"] }
        let lines = try String(contentsOf: folder.appending(path: "gazetteer.csv"), encoding: .utf8)
            .split(whereSeparator: \.isNewline)
        // The first field is the code, the last the neighbours outside.
        let onLand = lines.dropFirst().filter { $0.last != "," }.compactMap { line in
            let code = String(line.prefix { $0 != "," })
            return codes.firstIndex(of: code)
        }
        #expect(onLand.count > 50 && onLand.count < codes.count)
        return ProbolinggoBorders(
            index: BorderIndex(features.enumerated().map { ($0, $1.area) }),
            bordersOnLand: Set(onLand),
            areas: features.map(\.area))
    }
}
