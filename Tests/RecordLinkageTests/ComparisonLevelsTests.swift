import PovertyModel
import Testing

@testable import RecordLinkage

@Suite struct ComparisonLevelsTests {
    private func nameLevel(_ a: String, _ b: String) -> NameLevel {
        var table = NameTable()
        let (first, second) = (table.insert(a, inSecond: false), table.insert(b, inSecond: true))
        table.finish()
        return NameComparison.with(table) { $0.level(first, second) }
    }

    @Test(
        "names",
        arguments: [
            ("BUDI REKATO", "Budi Rekato, S.E", NameLevel.equal),
            ("M. REKADI", "MUHAMMAD REKADI", .equal),
            ("REKATO BUDI", "BUDI REKATO", .rearranged),
            ("ABDUL ROHMAN", "ABDULROHMAN", .rearranged),
            ("SUTRISNO", "SUTRISNA", .close),
            ("SUTRISNO WAHYUDI", "SUTRSNO WAHYUDI", .close),
            ("SITI REKASARI", "REKASARI", .partial),
            ("BUDI REKATO", "B. REKATO", .partial),
            ("SUTRISNO", "WIDODO", .different),
            ("SUTRISNO WIDODO", "SUTRISNO BAGAS", .oneWord),
            ("", "SUTRISNO", .missing),
        ])
    func names(_ a: String, _ b: String, _ expected: NameLevel) {
        #expect(nameLevel(a, b) == expected)
        #expect(nameLevel(b, a) == expected)
    }

    @Test(
        "dates",
        arguments: [
            (0x1972_0315, 0x1972_0315, DateLevel.equal),
            (0x1972_0315, 0x1972_0316, .slip),
            (0x1972_0315, 0x1992_0315, .slip),
            (0x1972_0305, 0x1972_0503, .slip),
            (0x1972_0315, 0x1972_0351, .slip),
            (0x1927_0315, 0x1972_0315, .slip),
            (0x1972_0315, 0x1972_0328, .twoParts),
            (0x1972_0315, 0x1972_1215, .twoParts),
            (0x1972_0315, 0x1985_0315, .twoParts),
            (0x1972_0315, 0x1972_1128, .sameYear),
            (0x1972_0315, 0x1985_1128, .different),
            (0, 0x1985_1128, .missing),
        ] as [(UInt32, UInt32, DateLevel)])
    func dates(_ a: UInt32, _ b: UInt32, _ expected: DateLevel) {
        #expect(DateLevel(a, b) == expected)
        #expect(DateLevel(b, a) == expected)
    }

    @Test("one address has one form, however it is written")
    func addresses() {
        let form = AddressForm("DUSUN KRAJAN RT 003 RW 001")
        #expect(form.rt == 3 && form.rw == 1 && form.dusun != 0)
        for written in [
            "Dsn. Krajan RT.003/RW.001", "DUSUN KRAJAN, RT 3 RW 1", "KRAJAN 03/01",
            "dusun krajan rt03rw01", "DSN KRAJAN RT 003/001", "RW 1 RT 3 DUSUN KRAJAN",
        ] {
            #expect(AddressForm(written) == form, "\(written)")
        }
        #expect(AddressForm("DUSUN KIDUL RT 003 RW 001").dusun != form.dusun)
        #expect(AddressForm("") == AddressForm())
        #expect(AddressForm("RT RW 99999") == AddressForm())
    }

    @Test("places: the desa first, then what both addresses have")
    func places() {
        func record(_ desa: Int, _ address: String) -> PreparedRecord {
            var record = PreparedRecord()
            (record.desa, record.address) = (desa, AddressForm(address))
            return record
        }
        let home = record(3_599_012_001, "DUSUN KRAJAN RT 003 RW 001")
        func level(_ desa: Int, _ address: String) -> PlaceLevel {
            PlaceLevel(home, record(desa, address))
        }
        #expect(level(3_599_012_001, "KRAJAN RT 3 RW 1") == .sameNeighbourhood)
        #expect(level(3_599_012_001, "RT 3 RW 1") == .sameNeighbourhood)
        #expect(level(3_599_012_001, "KRAJAN RT 9 RW 1") == .sameInPart)
        #expect(level(3_599_012_001, "KRAJAN") == .sameInPart)
        #expect(level(3_599_012_001, "") == .sameDesa)
        #expect(level(3_599_012_001, "KIDUL RT 9 RW 5") == .otherAddress)
        #expect(level(3_599_012_002, "KRAJAN RT 3 RW 1") == .sameKecamatan)
        #expect(level(3_599_022_001, "KRAJAN RT 3 RW 1") == .different)
        #expect(level(0, "KRAJAN RT 3 RW 1") == .missing)
    }

    @Test("a pattern keeps the level of every field")
    func patterns() {
        for name in NameLevel.allCases {
            for place in PlaceLevel.allCases {
                let pattern = ComparisonPattern(
                    name: name, date: .twoParts, sex: .different, place: place)
                #expect(pattern.levels == [Int(name.rawValue), 3, 2, Int(place.rawValue)])
                #expect(pattern.name == name && pattern.date == .twoParts)
                #expect(Int(pattern.bits) < ComparisonPattern.count)
            }
        }
    }

    @Test("a rare name that agrees says more than a frequent one")
    func rarity() {
        var table = NameTable()
        for _ in 0..<500 { _ = table.insert("BUDI REKATO", inSecond: false) }
        for number in 0..<500 {
            let letters = String(UnicodeScalar(UInt8(65 + number % 26)))
            _ = table.insert("SITI \(letters)\(letters)REKA", inSecond: true)
        }
        let often = table.insert("BUDI REKATO", inSecond: true)
        let seldom = table.insert("WAGIMAN REKANTO", inSecond: true)
        table.finish()
        NameComparison.with(table) { names in
            #expect(names.rarity(often, often, at: .equal) < 0)
            #expect(names.rarity(seldom, seldom, at: .equal) > 0)
            #expect(names.rarity(seldom, often, at: .close) < 0)
            #expect(names.rarity(seldom, seldom, at: .different) == 0)
        }
    }
}
