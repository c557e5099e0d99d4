import SocialRegistry
import Testing

@Suite("Codes and labels")
struct CodeListTests {
    @Test(
        "a code and its label are one value",
        arguments: [
            ("8", "Tanah"), ("08", "Tanah"), ("8.0", "Tanah"), (" TANAH ", "Tanah"),
            ("semen / bata merah", "Semen/bata merah"),
            ("Keramik/Granit/Marmer/Ubin/Tegel/Teraso", "Keramik/granit/marmer/ubin/tegel/teraso"),
        ])
    func floor(text: String, label: String) {
        #expect(DTSENCodes.floor.value(of: text)?.label == label)
    }

    @Test(
        "what is in no list is no value",
        arguments: ["0", "10", "99", "", "tanah liat", "-8", "8.5", "12345678901234567890"])
    func unknown(_ text: String) {
        #expect(DTSENCodes.floor.value(of: text) == nil)
    }

    @Test("signs tell powers apart")
    func power() {
        #expect(DTSENCodes.power.value(of: "5")?.label == "> 2.200 watt")
        #expect(DTSENCodes.power.value(of: "2200 Watt")?.code == 4)
        #expect(DTSENCodes.power.value(of: ">2200 watt")?.code == 5)
        #expect(DTSENCodes.power.value(of: "=< 900 WATT")?.label == "<= 900 watt")
        #expect(DTSENCodes.power.value(of: "<= 900 WATT")?.code == nil)
        #expect(DTSENCodes.power.value(of: "900")?.code == 2)
    }

    @Test(
        "each value is found by its own code and label",
        arguments: [
            DTSENCodes.ownership, DTSENCodes.floor, DTSENCodes.wall, DTSENCodes.roof,
            DTSENCodes.water,
            DTSENCodes.lighting, DTSENCodes.power, DTSENCodes.fuel, DTSENCodes.toilet,
            DTSENCodes.closet, DTSENCodes.disposal, DTSENCodes.yesNo,
        ])
    func everyValue(_ list: CodeList) {
        for value in list.values {
            #expect(list.value(of: value.label) == value)
            #expect(list.value(of: value.label.uppercased()) == value)
            if let code = value.code { #expect(list.value(of: String(code)) == value) }
        }
    }

    @Test("each version of P3KE has its own values")
    func p3ke() {
        let column = "Memiliki Fasilitas Buang Air Besar"
        let first = P3KECodes.list(for: column, version: 1)
        let second = P3KECodes.list(for: column, version: 2)
        #expect(first?.value(of: "Ya, dengan Septic Tank") != nil)
        #expect(second?.value(of: "Ya, dengan Septic Tank") == nil)
        #expect(second?.value(of: "UMUM/BERSAMA") != nil)
        let roof = P3KECodes.list(for: "Jenis Atap", version: 2)
        #expect(roof?.value(of: "JERAMI/IJUK/RUMBIA/ DAUN-DAUNAN") != nil)
        #expect(P3KECodes.list(for: "Kelompok Usia 2023", version: 2)?.value(of: "60+") != nil)
        #expect(P3KECodes.list(for: "Alamat", version: 1) == nil)
    }

    @Test("unknown values are counted by column, and the keluarga is stored")
    func counted() throws {
        let columns = DTSENLayout.keluargaColumns
        let good = [
            "jenis_lantai_terluas": "8", "sumber_air_minum_utama": "11", "pbi_nas": "YA",
            "daya_terpasang": "", "aset_bergerak_ac": "2",
        ]
        let odd = ["jenis_lantai_terluas": "77", "sumber_air_minum_utama": "0", "pbi_nas": "YA"]
        let rows = [good, odd, odd].enumerated().map { index, values in
            Fixture.row(
                columns,
                values.merging(
                    ["nomor_kartu_keluarga": "990000000000000\(index)", "desil_nasional": "1"]
                ) { $1 },
                filler: "")
        }
        let text = ([columns] + rows).map { Fixture.line($0) }.joined()
        let result = try RegistryReaderTests.read(text: text)
        #expect(result.keluarga.map(\.remarks) == [[], [.unknownCode], [.unknownCode]])
        #expect(
            result.unknownCodes == [
                "jenis_lantai_terluas": 2, "sumber_air_minum_utama": 2,
            ])
    }
}
