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

    static func place(_ row: Row) -> GeocodeOutcome {
        let geocoder = Fixture.geocoder
        let position = row.position.map {
            geocoder.evidence($0, isDefaultPoint: row.isDefaultPoint)
        }
        return geocoder.place(
            geocoder.evidence(
                code: row.code, desaName: row.desa, kecamatanName: row.kecamatan),
            position: position ?? .none)
    }

    static func code(_ index: Int) -> String { Fixture.desa[index].code.dotted }

    @Test("one kind of evidence makes a likely placement")
    func single() {
        #expect(
            Self.place(Row(code: Self.code(4)))
                == .placed(desa: 4, means: .code, certainty: .likely))
        #expect(
            Self.place(Row(position: Fixture.point(in: 5)))
                == .placed(desa: 5, means: .coordinate, certainty: .likely))
        #expect(
            Self.place(Row(desa: "OPO-OPO"))
                == .placed(desa: 5, means: .name, certainty: .likely))
    }

    @Test("two or three that agree make a certain one, by the strongest means")
    func agreement() {
        #expect(
            Self.place(Row(code: Self.code(1), desa: "Soka'an", position: Fixture.point(in: 1)))
                == .placed(desa: 1, means: .code, certainty: .certain))
        #expect(
            Self.place(Row(code: "3513910002", desa: "Sokaan"))
                == .placed(desa: 1, means: .code, certainty: .certain))
        #expect(
            Self.place(Row(desa: "Sokaan", position: Fixture.point(in: 1)))
                == .placed(desa: 1, means: .coordinate, certainty: .certain))
    }

    @Test("two win against the third, whichever it is")
    func majority() {
        #expect(
            Self.place(Row(code: Self.code(4), desa: "Sokaan", position: Fixture.point(in: 1)))
                == .placed(desa: 1, means: .coordinate, certainty: .disputed))
        #expect(
            Self.place(Row(code: Self.code(1), desa: "Sokaan", position: Fixture.point(in: 4)))
                == .placed(desa: 1, means: .code, certainty: .disputed))
        #expect(
            Self.place(Row(code: Self.code(1), desa: "Wanareka", position: Fixture.point(in: 1)))
                == .placed(desa: 1, means: .code, certainty: .disputed))
    }

    @Test("alone against each other, code beats position and position beats name")
    func strength() {
        #expect(
            Self.place(Row(code: Self.code(1), position: Fixture.point(in: 4)))
                == .placed(desa: 1, means: .code, certainty: .disputed))
        #expect(
            Self.place(Row(desa: "Wanareka", position: Fixture.point(in: 1)))
                == .placed(desa: 1, means: .coordinate, certainty: .disputed))
        #expect(
            Self.place(Row(code: Self.code(0), desa: "Wanareka"))
                == .placed(desa: 0, means: .code, certainty: .disputed))
        #expect(
            Self.place(Row(code: Self.code(0), desa: "Wanareka", position: Fixture.point(in: 2)))
                == .placed(desa: 0, means: .code, certainty: .disputed))
    }

    @Test("a name in its stated kecamatan beats a code of another one")
    func nameBeatsCode() {
        #expect(
            Self.place(Row(code: Self.code(0), desa: "Wanareka", kecamatan: "Sumber Reka"))
                == .placed(desa: 4, means: .name, certainty: .disputed))
        // The kecamatan speaks for the code.
        #expect(
            Self.place(Row(code: Self.code(0), desa: "Sokaan", kecamatan: "Karangreka"))
                == .placed(desa: 0, means: .code, certainty: .disputed))
        // The name is not found in the stated kecamatan.
        #expect(
            Self.place(Row(code: Self.code(0), desa: "Wanareka", kecamatan: "Karangreka"))
                == .placed(desa: 0, means: .code, certainty: .disputed))
        // Neither code nor name lies in the stated kecamatan.
        #expect(
            Self.place(Row(code: Self.code(3), desa: "Wanareka", kecamatan: "Karangreka"))
                == .placed(desa: 3, means: .code, certainty: .disputed))
        // Code and position are two again.
        #expect(
            Self.place(
                Row(
                    code: Self.code(0), desa: "Wanareka", kecamatan: "Sumber Reka",
                    position: Fixture.point(in: 0)))
                == .placed(desa: 0, means: .code, certainty: .disputed))
    }

    @Test("the kecamatan settles a name that two desa bear, or nothing does")
    func ambiguousName() {
        #expect(
            Self.place(Row(desa: "Tamansari", kecamatan: "Sumber Reka"))
                == .placed(desa: 3, means: .name, certainty: .likely))
        #expect(Self.place(Row(desa: "Tamansari")) == .unplaced(.ambiguousName))
        #expect(
            Self.place(Row(desa: "Tamansari", position: Fixture.elsewhere))
                == .unplaced(.ambiguousName))
        #expect(
            Self.place(Row(desa: "Tamansari", position: Fixture.point(in: 3)))
                == .placed(desa: 3, means: .coordinate, certainty: .likely))
    }

    @Test("a default point counts only when there is nothing else")
    func defaultPoint() {
        let office = Fixture.point(in: 2)
        #expect(
            Self.place(Row(position: office, isDefaultPoint: true))
                == .placed(desa: 2, means: .coordinate, certainty: .likely))
        #expect(
            Self.place(Row(code: Self.code(1), position: office, isDefaultPoint: true))
                == .placed(desa: 1, means: .code, certainty: .likely))
        #expect(
            Self.place(Row(code: Self.code(2), position: office, isDefaultPoint: true))
                == .placed(desa: 2, means: .code, certainty: .likely))
        #expect(
            Self.place(Row(desa: "Atlantis", position: office, isDefaultPoint: true))
                == .placed(desa: 2, means: .coordinate, certainty: .likely))
        #expect(
            Self.place(Row(position: Fixture.elsewhere, isDefaultPoint: true))
                == .unplaced(.outside))
    }

    @Test("a position outside does not disturb a code or a name")
    func outside() {
        #expect(
            Self.place(Row(code: Self.code(1), position: Fixture.elsewhere))
                == .placed(desa: 1, means: .code, certainty: .likely))
        #expect(Self.place(Row(position: Fixture.elsewhere)) == .unplaced(.outside))
    }

    @Test("what leads nowhere is told apart from what is not there")
    func nothing() {
        #expect(Self.place(Row()) == .unplaced(.noEvidence))
        #expect(Self.place(Row(kecamatan: "Karangreka")) == .unplaced(.noEvidence))
        #expect(Self.place(Row(code: "3513990001")) == .unplaced(.unknownPlace))
        #expect(Self.place(Row(desa: "Atlantis", kecamatan: "X")) == .unplaced(.unknownPlace))
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
            let evidence = Fixture.geocoder.evidence(coordinate, isDefaultPoint: false)
            guard case .inside(let desa) = evidence else {
                Issue.record("seed \(seed): \(coordinate) is \(evidence)")
                continue
            }
            #expect(Fixture.square(desa).boundingBox!.contains(coordinate), "seed \(seed)")
        }
    }
}
