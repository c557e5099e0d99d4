import Geocoding
import Testing

struct NameNormalizationTests {
    /// Official names and the spellings found beside them.
    static let variants: [(name: String, spellings: [String])] = [
        ("Soka'an", ["Sokaan", "SOKA\"AN", "Soka’an", "soka`an", "DESA SOKA'AN", "Soka´an"]),
        ("Opo Opo", ["Opo - Opo", "OPO-OPO", "OpoOpo", "Ds. Opo  Opo"]),
        (
            "Klenangkidul",
            [
                "KLENANG KIDUL", "Klenang Kidul", "DESA KLENANG KIDUL", "Ds. KlenangKidul",
                "ds klenang-kidul", " Desa/Kel. Klenang Kidul ", "Klenang\u{A0}Kidul",
            ]
        ),
        ("Remba'an", ["REMBAAN", "Rembaan", "desa: Remba'an"]),
        (
            "Kandang Jati Wetan",
            ["Kandangjati Wetan", "KEL. KANDANGJATI WETAN", "Kelurahan Kandangjatiwetan"]
        ),
        ("Kraksaan", ["KECAMATAN KRAKSAAN", "Kec. Kraksaan", "kec kraksaan"]),
        ("Bhinor", ["BHINOR", "Dusun Bhinor", "DSN. BHINOR"]),
    ]

    @Test("all spellings of a place have one key", arguments: variants.indices)
    func oneKey(_ index: Int) {
        let (name, spellings) = Self.variants[index]
        let key = NameNormalization.key(of: name)
        #expect(!key.isEmpty)
        for spelling in spellings {
            #expect(NameNormalization.key(of: spelling) == key, "\(spelling)")
        }
    }

    @Test("different places keep different keys")
    func differentKeys() {
        let names = Self.variants.map(\.name) + ["Klenanglor", "Kandang Jati Kulon", "Patokan"]
        #expect(Set(names.map(NameNormalization.key)).count == names.count)
    }

    @Test("a word for a kind of place stays when it is the whole name, or stands later")
    func kindWords() {
        #expect(NameNormalization.key(of: "Kel") == "kel")
        #expect(NameNormalization.key(of: "Desa Desa") == "desa")
        #expect(NameNormalization.key(of: "Sumber Desa") == "sumberdesa")
        #expect(NameNormalization.key(of: "Desaku") == "desaku")
        #expect(NameNormalization.key(of: "Kelompok") == "kelompok")
    }

    @Test("what holds neither letter nor digit has no key", arguments: ["", " ", "-", "...", "'"])
    func empty(_ name: String) {
        #expect(NameNormalization.key(of: name).isEmpty)
    }
}
