import Geocoding
import Geospatial
import PovertyModel
import TestSupport
import Testing

struct GeocoderTests {
    /// Code, desa and kecamatan as written, and a position.
    struct Row {
        var code = ""
        var desa = ""
        var kecamatan = ""
        var position: Coordinate?
        var isDefaultPoint = false
    }

    /// An outcome without its probability.
    enum Decision: Hashable {
        case placed(desa: Int, means: PlacementMeans, match: MatchClass)
        case unplaced(UnplacedReason)

        init(_ outcome: GeocodeOutcome) {
            switch outcome.place {
            case .desa(let desa, let means):
                self = .placed(desa: desa, means: means, match: outcome.match)
            case .nowhere(let reason): self = .unplaced(reason)
            }
        }
    }

    static func outcome(_ row: Row, _ geocoder: Geocoder = Fixture.geocoder) -> GeocodeOutcome {
        let position = row.position.map {
            geocoder.evidence($0, sigmaMetres: 5, isDefaultPoint: row.isDefaultPoint)
        }
        return geocoder.place(
            geocoder.evidence(
                code: row.code, desaName: row.desa, kecamatanName: row.kecamatan),
            position: position ?? .none)
    }

    static func place(_ row: Row) -> Decision { Decision(outcome(row)) }

    static func code(_ index: Int) -> String { Fixture.desa[index].code.dotted }

    @Test("one kind of evidence makes a likely placement")
    func single() {
        #expect(
            Self.place(Row(code: Self.code(4)))
                == .placed(desa: 4, means: .code, match: .likely))
        #expect(
            Self.place(Row(position: Fixture.point(in: 5)))
                == .placed(desa: 5, means: .coordinate, match: .likely))
        #expect(
            Self.place(Row(desa: "OPO-OPO"))
                == .placed(desa: 5, means: .name, match: .likely))
    }

    @Test("two or three that agree make a certain one, by the strongest means")
    func agreement() {
        #expect(
            Self.place(Row(code: Self.code(1), desa: "Soka'an", position: Fixture.point(in: 1)))
                == .placed(desa: 1, means: .code, match: .certain))
        #expect(
            Self.place(Row(code: "3513910002", desa: "Sokaan"))
                == .placed(desa: 1, means: .code, match: .certain))
        #expect(
            Self.place(Row(desa: "Sokaan", position: Fixture.point(in: 1)))
                == .placed(desa: 1, means: .coordinate, match: .certain))
    }

    @Test("two win against the third, whichever it is")
    func majority() {
        #expect(
            Self.place(Row(code: Self.code(4), desa: "Sokaan", position: Fixture.point(in: 1)))
                == .placed(desa: 1, means: .coordinate, match: .conflict))
        #expect(
            Self.place(Row(code: Self.code(1), desa: "Sokaan", position: Fixture.point(in: 4)))
                == .placed(desa: 1, means: .code, match: .conflict))
        #expect(
            Self.place(Row(code: Self.code(1), desa: "Wanareka", position: Fixture.point(in: 1)))
                == .placed(desa: 1, means: .code, match: .conflict))
    }

    @Test("alone against each other, code beats position and position beats name")
    func strength() {
        #expect(
            Self.place(Row(code: Self.code(1), position: Fixture.point(in: 4)))
                == .placed(desa: 1, means: .code, match: .conflict))
        #expect(
            Self.place(Row(desa: "Wanareka", position: Fixture.point(in: 1)))
                == .placed(desa: 1, means: .coordinate, match: .conflict))
        #expect(
            Self.place(Row(code: Self.code(0), desa: "Wanareka"))
                == .placed(desa: 0, means: .code, match: .conflict))
        #expect(
            Self.place(Row(code: Self.code(0), desa: "Wanareka", position: Fixture.point(in: 2)))
                == .placed(desa: 0, means: .code, match: .conflict))
    }

    @Test("a name in its stated kecamatan beats a code of another one")
    func nameBeatsCode() {
        #expect(
            Self.place(Row(code: Self.code(0), desa: "Wanareka", kecamatan: "Sumber Reka"))
                == .placed(desa: 4, means: .name, match: .conflict))
        // The kecamatan speaks for the code.
        #expect(
            Self.place(Row(code: Self.code(0), desa: "Sokaan", kecamatan: "Karangreka"))
                == .placed(desa: 0, means: .code, match: .conflict))
        // The name is not found in the stated kecamatan.
        #expect(
            Self.place(Row(code: Self.code(0), desa: "Wanareka", kecamatan: "Karangreka"))
                == .placed(desa: 0, means: .code, match: .conflict))
        // Neither code nor name lies in the stated kecamatan.
        #expect(
            Self.place(Row(code: Self.code(3), desa: "Wanareka", kecamatan: "Karangreka"))
                == .placed(desa: 3, means: .code, match: .conflict))
        // Code and position are two again.
        #expect(
            Self.place(
                Row(
                    code: Self.code(0), desa: "Wanareka", kecamatan: "Sumber Reka",
                    position: Fixture.point(in: 0)))
                == .placed(desa: 0, means: .code, match: .conflict))
    }

    @Test("the kecamatan settles a name that two desa bear, or nothing does")
    func ambiguousName() {
        #expect(
            Self.place(Row(desa: "Tamansari", kecamatan: "Sumber Reka"))
                == .placed(desa: 3, means: .name, match: .likely))
        #expect(Self.place(Row(desa: "Tamansari")) == .unplaced(.ambiguousName))
        #expect(
            Self.place(Row(desa: "Tamansari", position: Fixture.elsewhere))
                == .unplaced(.ambiguousName))
        #expect(
            Self.place(Row(desa: "Tamansari", position: Fixture.point(in: 3)))
                == .placed(desa: 3, means: .coordinate, match: .certain))
    }

    @Test("a default point moves nobody: it counts alone, and beside what agrees")
    func defaultPoint() {
        let office = Fixture.point(in: 2)
        #expect(
            Self.place(Row(position: office, isDefaultPoint: true))
                == .placed(desa: 2, means: .coordinate, match: .likely))
        #expect(
            Self.place(Row(code: Self.code(1), position: office, isDefaultPoint: true))
                == .placed(desa: 1, means: .code, match: .likely))
        #expect(
            Self.place(Row(code: Self.code(2), position: office, isDefaultPoint: true))
                == .placed(desa: 2, means: .code, match: .certain))
        #expect(
            Self.place(Row(desa: "Atlantis", position: office, isDefaultPoint: true))
                == .placed(desa: 2, means: .coordinate, match: .likely))
        #expect(
            Self.place(Row(position: Fixture.elsewhere, isDefaultPoint: true))
                == .unplaced(.outside))
    }

    @Test("a position outside does not disturb a code or a name")
    func outside() {
        #expect(
            Self.place(Row(code: Self.code(1), position: Fixture.elsewhere))
                == .placed(desa: 1, means: .code, match: .likely))
        #expect(Self.place(Row(position: Fixture.elsewhere)) == .unplaced(.outside))
    }

    @Test("what leads nowhere is told apart from what is not there")
    func nothing() {
        #expect(Self.place(Row()) == .unplaced(.noEvidence))
        #expect(Self.place(Row(kecamatan: "Karangreka")) == .unplaced(.noEvidence))
        #expect(Self.place(Row(code: "3513990001")) == .unplaced(.unknownPlace))
        // A name of no desa in a kecamatan of no name here is a place elsewhere.
        #expect(Self.place(Row(desa: "Atlantis", kecamatan: "Utopia")) == .unplaced(.outside))
    }

    @Test("a position at a border belongs to both sides, and the rest of the evidence decides")
    func border() {
        let index = BorderIndex(
            Fixture.desa.indices.map { (area: $0, polygon: Fixture.square($0)) })
        let geocoder = Geocoder(
            gazetteer: Fixture.gazetteer,
            polygons: Fixture.desa.indices.map { ($0, Fixture.square($0)) },
            borders: BorderUncertainty(sets: [(index: index, accuracyMetres: 10, weight: 1)]))
        // Some 11 m east of the border between 0 and 1.
        let near = Coordinate(longitude: 113.2501, latitude: -7.9)
        let alone = Self.outcome(Row(position: near), geocoder)
        #expect(alone.desa == 1)
        #expect(alone.match == .ambiguous)
        #expect((0.6..<0.9).contains(alone.probability), "\(alone.probability)")
        #expect(alone.alternatives.map(\.desa) == [0])
        #expect(abs(alone.probability + alone.alternatives[0].share - 1) < 0.02)
        // A code of the other side is believed, and the position does not contradict it.
        let withCode = Self.outcome(Row(code: Self.code(0), position: near), geocoder)
        #expect(withCode.desa == 0)
        #expect(withCode.match == .likely)
        // Far from every border one set is enough to be sure.
        let inside = Self.outcome(Row(position: Fixture.point(in: 2)), geocoder)
        #expect(inside.desa == 2 && inside.alternatives.isEmpty)
    }

    @Test("where two boundary sets disagree, each side keeps the weight of its set")
    func twoSets() {
        // The second set draws the border between 0 and 1 some 2 km farther east.
        let moved = Fixture.desa.indices.map { number -> (area: Int, polygon: MultiPolygon) in
            let area = Fixture.square(number)
            let shifted = area.polygons[0].exterior.map { corner in
                corner.longitude == 113.25
                    ? Coordinate(longitude: 113.27, latitude: corner.latitude) : corner
            }
            return (number, MultiPolygon([Polygon(exterior: shifted)]))
        }
        let sets = [
            (
                index: BorderIndex(
                    Fixture.desa.indices.map { (area: $0, polygon: Fixture.square($0)) }),
                accuracyMetres: 0.0, weight: 2.0
            ),
            (index: BorderIndex(moved), accuracyMetres: 0.0, weight: 1.0),
        ]
        let geocoder = Geocoder(
            gazetteer: Fixture.gazetteer,
            polygons: Fixture.desa.indices.map { ($0, Fixture.square($0)) },
            borders: BorderUncertainty(sets: sets))
        let between = Self.outcome(
            Row(position: Coordinate(longitude: 113.26, latitude: -7.9)), geocoder)
        #expect(between.desa == 1)
        #expect(abs(between.probability - 2.0 / 3) < 0.01)
        #expect(between.alternatives.map(\.desa) == [0])
    }

    @Test("the surveyor's desa and one named in the address are evidence as well")
    func furtherEvidence() {
        let geocoder = Fixture.geocoder
        let nothing = geocoder.evidence(code: "", desaName: "", kecamatanName: "")
        let wanareka = geocoder.evidence(code: "", desaName: "Wanareka", kecamatanName: "")
        let surveyed = geocoder.place(nothing, survey: wanareka)
        #expect(surveyed.place == .desa(4, means: .survey))
        #expect(geocoder.place(nothing, address: wanareka).place == .desa(4, means: .address))
        // Two of them settle a name that two desa bear.
        let tamansari = geocoder.evidence(code: "", desaName: "Tamansari", kecamatanName: "")
        let north = geocoder.evidence(
            code: "", desaName: "Tamansari", kecamatanName: "Sumber Reka")
        #expect(geocoder.place(tamansari).desa == nil)
        #expect(geocoder.place(tamansari, survey: north).desa == 3)
    }

    @Test("every point of the map, and of the borders in it, lies in one desa")
    func positions() {
        let seed: UInt64 = 10
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            // Multiples of 1/16 lie on borders and corners.
            let coordinate = Coordinate(
                longitude: 113 + Double(Int.random(in: 0..<12, using: &generator)) / 16,
                latitude: -8 + Double(Int.random(in: 0..<8, using: &generator)) / 16)
            let evidence = Fixture.geocoder.evidence(
                coordinate, sigmaMetres: 5, isDefaultPoint: false)
            guard let desa = evidence.desa else {
                Issue.record("seed \(seed): \(coordinate) is \(evidence)")
                continue
            }
            #expect(Fixture.square(desa).boundingBox!.contains(coordinate), "seed \(seed)")
        }
    }
}
