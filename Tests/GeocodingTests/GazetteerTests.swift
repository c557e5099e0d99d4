import Geocoding
import PovertyModel
import TestSupport
import Testing

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
            let named = gazetteer.candidates(
                desaName: unit.name.uppercased(), kecamatanName: "Kec. " + unit.kecamatanName)
            #expect(named.unique == index)
            #expect(named.agreesWithKecamatan)
        }
    }

    @Test("a name borne once is found without its kecamatan and by its other spellings")
    func names() {
        for name in ["Soka'an", "SOKA LOR", "Desa Sokaan", "soka\"an"] {
            let found = Self.gazetteer.candidates(desaName: name, kecamatanName: "")
            #expect(found.unique == 1, "\(name)")
            #expect(!found.agreesWithKecamatan)
        }
    }

    @Test("a name borne twice needs its kecamatan")
    func ambiguous() {
        let both = Self.gazetteer.candidates(desaName: "Tamansari", kecamatanName: "")
        #expect(both.indices == [0, 3])
        #expect(both.unique == nil)
        let north = Self.gazetteer.candidates(
            desaName: "TAMANSARI", kecamatanName: "Kec. SumberReka")
        #expect(north.unique == 3)
        #expect(north.agreesWithKecamatan)
    }

    @Test("a name of another kecamatan than the stated one does not agree with it")
    func otherKecamatan() {
        let found = Self.gazetteer.candidates(desaName: "Wanareka", kecamatanName: "Karangreka")
        #expect(found.unique == 4)
        #expect(!found.agreesWithKecamatan)
    }

    @Test("an unknown or empty name has no candidates")
    func unknownNames() {
        for name in ["", "-", "Atlantis"] {
            let found = Self.gazetteer.candidates(desaName: name, kecamatanName: "Karangreka")
            #expect(found.indices.isEmpty)
            #expect(!found.agreesWithKecamatan)
        }
    }

    @Test("whether a desa lies in a kecamatan is open when the name is none of one")
    func inKecamatan() {
        #expect(Self.gazetteer.isDesa(0, inKecamatan: "KARANGREKA") == true)
        #expect(Self.gazetteer.isDesa(0, inKecamatan: "Sumber Reka") == false)
        #expect(Self.gazetteer.isDesa(0, inKecamatan: "Atlantis") == nil)
        #expect(Self.gazetteer.isDesa(0, inKecamatan: "") == nil)
    }
}
