import PovertyModel
import TestSupport
import Testing

@testable import Geocoding

@Suite("How often damaged names are found")
struct NameRateTests {
    private static let seed: UInt64 = 20_261_124
    private static let cases = 400

    @Test("at least 98 in 100 are right, at most 3 in 1,000 wrong")
    func rates() throws {
        print("seed \(Self.seed)")
        let desa = try GazetteerSample.desa()
        let index = NameIndex(desa)
        var damaged = DamagedNames(desa, seed: Self.seed)
        var count = 0
        var right = 0
        var wrong = 0
        for kind in DamagedNames.Kind.allCases {
            var made = 0
            var found = 0
            while made < Self.cases {
                // One in four rows has no kecamatan.
                guard let each = damaged.make(kind, withKecamatan: made % 4 > 0), !each.isAmbiguous
                else { continue }
                made += 1
                let match = index.match(
                    desaName: each.desaName, kecamatanName: each.kecamatanName)
                guard case .one(let answer) = match.outcome else { continue }
                if answer == each.truth { found += 1 } else { wrong += 1 }
            }
            #expect(found * 100 >= made * 94, "\(kind.rawValue): \(found) of \(made)")
            count += made
            right += found
        }
        #expect(right * 100 >= count * 98, "\(right) of \(count)")
        #expect(wrong * 1000 <= count * 3, "\(wrong) of \(count)")
    }

    /// Desa of other kabupaten, with their kecamatan; some bear the name of one of ours.
    private static let foreign: [(desa: String, kecamatan: String)] = [
        ("Tosari", "Tosari"), ("Wonokitri", "Tosari"), ("Podokoyo", "Tosari"),
        ("Sukorejo", "Sukorejo"), ("Glagahsari", "Sukorejo"), ("Ranuyoso", "Ranuyoso"),
        ("Tegalbangsri", "Ranuyoso"), ("Wonoayu", "Ranuyoso"), ("Jenggrong", "Ranuyoso"),
        ("Senduro", "Senduro"), ("Argosari", "Senduro"), ("Ranupani", "Senduro"),
        ("Burno", "Senduro"), ("Kandangtepus", "Senduro"), ("Klakah", "Klakah"),
        ("Tegalrandu", "Klakah"), ("Papringan", "Klakah"), ("Besuki", "Besuki"),
        ("Pesisir", "Besuki"), ("Demung", "Besuki"), ("Langkap", "Besuki"),
        ("Banyuglugur", "Banyuglugur"), ("Kalianget", "Banyuglugur"),
        ("Selobanteng", "Banyuglugur"),
        ("Jatibanteng", "Jatibanteng"), ("Curahsuri", "Jatibanteng"), ("Suboh", "Suboh"),
        ("Ketah", "Suboh"), ("Mlandingan Kulon", "Mlandingan"), ("Selomukti", "Mlandingan"),
        ("Panarukan", "Panarukan"), ("Kilensari", "Panarukan"), ("Paowan", "Panarukan"),
        ("Grati Tunon", "Grati"), ("Ranuklindungan", "Grati"), ("Kedawungkulon", "Grati"),
        ("Nguling", "Nguling"), ("Sedarum", "Nguling"), ("Mlaten", "Nguling"),
        ("Lekok", "Lekok"), ("Jatirejo", "Lekok"), ("Gempol", "Gempol"), ("Karangrejo", "Gempol"),
        ("Randupitu", "Gempol"), ("Pandaan", "Pandaan"), ("Karangjati", "Pandaan"),
        ("Prigen", "Prigen"), ("Ledug", "Prigen"), ("Puspo", "Puspo"), ("Keduwung", "Puspo"),
        ("Palang", "Palang"), ("Karangagung", "Palang"), ("Rambipuji", "Rambipuji"),
        ("Kaliwining", "Rambipuji"), ("Sumberbaru", "Sumberbaru"), ("Yosorati", "Sumberbaru"),
        ("Tanggul Wetan", "Tanggul"), ("Kramat Sukoharjo", "Tanggul"),
        ("Poncokusumo", "Poncokusumo"),
        ("Ngadas", "Poncokusumo"), ("Gubugklakah", "Poncokusumo"), ("Wonorejo", "Poncokusumo"),
        ("Karanganyar", "Poncokusumo"), ("Pandansari", "Poncokusumo"), ("Cermee", "Cermee"),
        ("Jirek Mas", "Cermee"), ("Mayangan", "Mayangan"), ("Jati", "Mayangan"),
        ("Kedopok", "Kedopok"), ("Jrebeng Lor", "Kedopok"), ("Kanigaran", "Kanigaran"),
        ("Kebonsari Kulon", "Kanigaran"), ("Wonoasih", "Wonoasih"), ("Sumbertaman", "Wonoasih"),
        ("Kademangan", "Kademangan"), ("Pohsangit Kidul", "Kademangan"), ("Cibeunying", "Cimenyan"),
        ("Ubud", "Ubud"), ("Batu Merah", "Sirimau"), ("Lampaseh Kota", "Kuta Raja"),
    ]

    @Test("at least 98 in 100 of other kabupaten are refused under their kecamatan")
    func refused() throws {
        let index = NameIndex(try GazetteerSample.desa())
        let taken = Self.foreign.filter { name in
            guard
                case .one = index.match(
                    desaName: name.desa, kecamatanName: name.kecamatan
                ).outcome
            else { return false }
            return true
        }
        #expect(taken.count * 100 <= Self.foreign.count * 2, "\(taken)")
    }

    @Test("most are refused without a kecamatan, unless one of ours bears the name")
    func refusedWithoutKecamatan() throws {
        let desa = try GazetteerSample.desa()
        let index = NameIndex(desa)
        let ours = Set(desa.flatMap { [$0.name] + $0.otherNames }.map(DamagedNames.plain))
        let others = Self.foreign.filter { !ours.contains(DamagedNames.plain($0.desa)) }
        let taken = others.filter { name in
            guard case .one = index.match(desaName: name.desa, kecamatanName: "").outcome
            else { return false }
            return true
        }
        #expect(taken.count * 100 <= others.count * 3, "\(taken)")
    }
}
