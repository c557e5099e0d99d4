import PovertyModel
import TestSupport
import Testing

@testable import Geocoding

struct GazetteerTests {
    static let gazetteer = Fixture.gazetteer

    @Test("a desa is found by its Kemendagri code and by its BPS code, dotted or not")
    func codes() {
        #expect(Self.gazetteer.index(code: "35.13.91.2001") == 0)
        #expect(Self.gazetteer.index(code: "3513912001") == 0)
        #expect(Self.gazetteer.index(code: "3513910001") == 2)
        #expect(Self.gazetteer.index(code: "35.13.910.001") == 2)
        #expect(Self.gazetteer.index(code: "3513920003") == 3)
    }

    @Test(
        "a code of no desa leads nowhere",
        arguments: ["", "3513912009", "3513990001", "351391", "3.513912E+09", "Tamansari"]
    )
    func unknownCodes(_ code: String) {
        #expect(Self.gazetteer.index(code: code) == nil)
    }

    @Test("a made-up kabupaten is found by all of its codes")
    func allCodes() {
        let desa = Lattice(columns: 5, rows: 8).desa
        let gazetteer = Gazetteer(desa)
        for (index, unit) in desa.enumerated() {
            #expect(gazetteer.index(code: unit.code.dotted) == index)
            #expect(gazetteer.index(code: String(unit.code.number)) == index)
            #expect(gazetteer.index(code: unit.bpsCode.text) == index)
        }
    }

    @Test("a name borne once is found without its kecamatan and by its other spellings")
    func names() {
        for name in ["Soka'an", "SOKA LOR", "Desa Sokaan", "soka\"an"] {
            let found = Self.gazetteer.match(desaName: name, kecamatanName: "")
            #expect(found.onlyDesa == 1, "\(name)")
            #expect(found.kecamatan == .none)
        }
    }

    @Test("a name borne twice needs its kecamatan")
    func ambiguous() {
        let both = Self.gazetteer.match(desaName: "Tamansari", kecamatanName: "")
        #expect(both.outcome == .ambiguous([0, 3]))
        let north = Self.gazetteer.match(
            desaName: "TAMANSARI", kecamatanName: "Kec. SumberReka")
        #expect(north.onlyDesa == 3)
        #expect(north.kecamatan == .agrees)
    }

    @Test("a name of another kecamatan than the stated one contradicts it")
    func otherKecamatan() {
        let found = Self.gazetteer.match(desaName: "Wanareka", kecamatanName: "Karangreka")
        #expect(found.onlyDesa == 4)
        #expect(found.kecamatan == .contradicts)
    }

    @Test("an unknown or empty name means no desa")
    func unknownNames() {
        for name in ["", "-", "Atlantis"] {
            let found = Self.gazetteer.match(desaName: name, kecamatanName: "Karangreka")
            #expect(found.onlyDesa == nil, "\(name)")
        }
    }

    @Test("a former code leads to the desa that bore it")
    func formerCodes() {
        let unit = Fixture.desa[0]
        let renumbered = Desa(
            code: unit.code, bpsCode: unit.bpsCode, name: unit.name, kind: .desa,
            kecamatanName: unit.kecamatanName, otherNames: [], labelPoint: unit.labelPoint,
            formerCodes: [3_513_012_099])
        #expect(Gazetteer([renumbered]).index(code: "35.13.01.2099") == 0)
    }

    @Test("a kecamatan is found by its name, or is none of ours")
    func inKecamatan() {
        #expect(Self.gazetteer.desa(ofKecamatan: "KARANGREKA") == [0, 1, 2])
        #expect(Self.gazetteer.desa(ofKecamatan: "Atlantis").isEmpty)
        #expect(Self.gazetteer.desa(ofKecamatan: "").isEmpty)
    }
}
