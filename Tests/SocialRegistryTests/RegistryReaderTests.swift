import PovertyModel
import SocialRegistry
import TestSupport
import Testing

struct RegistryReaderTests {
    struct Result {
        var keluarga: [KeluargaRecord] = []
        var positions: [PositionRecord] = []
        var rejected: [RejectedRow] = []
        var blank = 0
    }

    /// Reads rows under a header as the importer does.
    static func read(_ columns: [String], _ rows: [[String]]) throws -> Result {
        try read(text: ([columns] + rows).map { Fixture.line($0) }.joined())
    }

    static func read(text: String) throws -> Result {
        let bytes = Array(text.utf8)
        let recognition = try RegistryRecognition(head: bytes)
        var reader = RegistryReader(header: recognition.header)
        var parser = DelimitedTextParser(delimiter: recognition.delimiter)
        var result = Result()
        let body = { (row: DelimitedRow) -> Bool in
            guard row.number > recognition.header.row else { return true }
            switch reader.read(row) {
            case .keluarga(let record): result.keluarga.append(record)
            case .position(let record): result.positions.append(record)
            case .rejected(let row): result.rejected.append(row)
            case .blank: result.blank += 1
            }
            return true
        }
        try parser.feed(bytes, body: body)
        _ = try parser.finish(body: body)
        return result
    }

    @Test("a DTSEN row becomes a keluarga")
    func dtsen() throws {
        let result = try Self.read(
            DTSENLayout.keluargaColumns, [Fixture.dtsen(card: "9900000000000001", desil: "3")])
        let keluarga = try #require(result.keluarga.first)
        #expect(keluarga.row == 2)
        #expect(keluarga.key == "9900000000000001")
        #expect(keluarga.desil == Desil(3))
        #expect(
            keluarga.place
                == WrittenPlace(
                    code: "3513910001", desaName: "REKAAN LOR", kecamatanName: "KARANGREKA"))
        #expect(keluarga.remarks.isEmpty)
        #expect(result.rejected.isEmpty)
    }

    @Test("P3KE rows of both versions become keluarga with their ID as key")
    func p3ke() throws {
        for columns in [Fixture.p3ke1, Fixture.p3ke2] {
            let result = try Self.read(
                columns,
                ["990000001", "990000002"].map {
                    Fixture.row(
                        columns,
                        [
                            "ID Keluarga P3KE": $0, "Kode Kemdagri": "35.13.91.2001",
                            "Desa/Kelurahan": "Rekaan Lor", "Kecamatan": "Karangreka",
                            "Desil Kesejahteraan": "1",
                        ])
                })
            #expect(result.keluarga.map(\.key) == ["990000001", "990000002"])
            #expect(result.keluarga.map(\.place.code) == ["35.13.91.2001", "35.13.91.2001"])
            #expect(result.keluarga.allSatisfy { $0.desil == Desil(1) && $0.remarks.isEmpty })
        }
    }

    @Test("a verval row becomes a position, as it is written")
    func verval() throws {
        let row = Fixture.row(
            VervalLayout.columns,
            ["nomor_KK": "'9900000000000001", "Koordinat_X": "113,41", "Koordinat_Y": "-7,77"])
        let result = try Self.read(VervalLayout.columns, [row])
        #expect(result.keluarga.isEmpty)
        #expect(result.positions.map(\.key) == ["9900000000000001"])
        #expect(result.positions.map(\.x) == ["113,41"])
        #expect(result.positions.map(\.y) == ["-7,77"])
    }

    @Test("a verval row whose number is missing or damaged is rejected")
    func vervalWithoutNumber() throws {
        let cards = ["", "9.9E+15", "99000000000000011"]
        let result = try Self.read(
            VervalLayout.columns,
            cards.map { Fixture.row(VervalLayout.columns, ["nomor_KK": $0]) })
        #expect(result.positions.isEmpty)
        #expect(result.rejected.map(\.row) == [2, 3, 4])
        #expect(result.rejected.allSatisfy { $0.reason == .noFamilyCardNumber })
        #expect(result.rejected.allSatisfy { $0.column == "nomor_KK" })
        #expect(result.rejected.map(\.detail) == ["empty", "not 16 digits", "not 16 digits"])
    }

    @Test("the second row of a keluarga is rejected, whatever stands around its number")
    func duplicates() throws {
        let cards = [
            "9900000000000001", "9900000000000002", "'9900000000000001", " 9900000000000002 ",
            "9900000000000003",
        ]
        let result = try Self.read(
            DTSENLayout.keluargaColumns, cards.map { Fixture.dtsen(card: $0, desil: "1") })
        #expect(result.keluarga.map(\.row) == [2, 3, 6])
        #expect(result.rejected.map(\.row) == [4, 5])
        #expect(result.rejected.allSatisfy { $0.reason == .duplicateKeluarga })
    }

    @Test("P3KE numbers that differ only in leading zeros are two keluarga")
    func leadingZeros() throws {
        let ids = ["990001", "0990001", "A990001", "0990001", "+990001"]
        let result = try Self.read(
            Fixture.p3ke1, ids.map { Fixture.row(Fixture.p3ke1, ["ID Keluarga P3KE": $0]) })
        #expect(result.keluarga.map(\.key) == ["990001", "0990001", "A990001", "+990001"])
        #expect(result.rejected.map(\.row) == [5])
    }

    @Test(
        "a number that a spreadsheet damaged identifies nobody, and its keluarga still counts",
        arguments: ["9.9E+15", "9,9E+15", "990000000000000", "99000000000000012", "99 0000"]
    )
    func damagedNumber(_ card: String) throws {
        let rows = [card, card].map { Fixture.dtsen(card: $0, desil: "2") }
        let result = try Self.read(DTSENLayout.keluargaColumns, rows)
        #expect(result.keluarga.count == 2)
        #expect(result.keluarga.allSatisfy { $0.key == nil && $0.desil == Desil(2) })
        #expect(result.keluarga.allSatisfy { $0.remarks == [.familyCardNumberDamaged] })
    }

    @Test("keluarga without a number count, and are no duplicates of each other")
    func missingNumber() throws {
        let rows = ["", "'"].map { Fixture.dtsen(card: $0, desil: "2") }
        let result = try Self.read(DTSENLayout.keluargaColumns, rows)
        #expect(
            result.keluarga.map(\.remarks) == [
                [.familyCardNumberMissing], [.familyCardNumberMissing],
            ])
    }

    @Test("a desil that is none is remarked and kept apart")
    func desil() throws {
        let written = ["", "0", "11", "-1", "1.0", "satu", "10", " 1 "]
        let rows = written.enumerated().map {
            Fixture.dtsen(card: "990000000000010\($0.offset)", desil: $0.element)
        }
        let keluarga = try Self.read(DTSENLayout.keluargaColumns, rows).keluarga
        #expect(keluarga.map { $0.desil?.number } == [nil, nil, nil, nil, nil, nil, 10, 1])
        #expect(
            keluarga.map(\.remarks)
                == [[.desilMissing]] + Array(repeating: [.desilOutOfRange], count: 5) + [[], []])
    }

    @Test("a row with too many or too few fields is rejected as a whole")
    func ragged() throws {
        let good = Fixture.dtsen(card: "9900000000000001", desil: "1")
        let result = try Self.read(
            DTSENLayout.keluargaColumns, [Array(good.dropLast()), good, good + ["x"]])
        #expect(result.keluarga.map(\.row) == [3])
        #expect(result.rejected.map(\.row) == [2, 4])
        #expect(result.rejected.allSatisfy { $0.reason == .wrongFieldCount && $0.column == nil })
        #expect(
            result.rejected.map(\.detail)
                == ["51 fields instead of 52", "53 fields instead of 52"])
    }

    @Test(
        "blank rows count nowhere",
        arguments: [DTSENLayout.keluargaColumns, Fixture.p3ke2, VervalLayout.columns])
    func blank(_ columns: [String]) throws {
        let text =
            Fixture.line(columns) + "\n" + String(repeating: ",", count: columns.count - 1) + "\r\n"
            + ",,\n \n"
        let result = try Self.read(text: text)
        #expect(result.blank == 4)
        #expect(result.keluarga.isEmpty && result.positions.isEmpty && result.rejected.isEmpty)
    }

    @Test("a value with a line end in it does not shift the rows")
    func embeddedLineEnd() throws {
        var row = Fixture.dtsen(card: "9900000000000001", desil: "1")
        row[8] = "DUSUN \"RAHASIA\",\nRT 1"
        let next = Fixture.dtsen(card: "9900000000000002", desil: "2")
        let result = try Self.read(DTSENLayout.keluargaColumns, [row, next])
        #expect(result.keluarga.map(\.row) == [2, 3])
        #expect(result.keluarga.map { $0.desil?.number } == [1, 2])
    }

    @Test("no text about a rejected or remarked row contains a value of it")
    func nothingPersonal() throws {
        let layouts: [(columns: [String], key: String)] = [
            (DTSENLayout.keluargaColumns, "nomor_kartu_keluarga"),
            (Fixture.p3ke1, "ID Keluarga P3KE"), (VervalLayout.columns, "nomor_KK"),
        ]
        for (columns, key) in layouts {
            let secret = "99RAHASIA77"
            let full = Fixture.row(columns, [key: "9900000000000001"], filler: secret)
            let rows = [
                full, full, full + [secret], Array(full.dropLast()),
                Fixture.row(columns, [key: secret], filler: secret),
                Fixture.row(columns, [key: ""], filler: secret),
            ]
            let result = try Self.read(columns, rows)
            let texts =
                result.rejected.flatMap {
                    [$0.column ?? "", $0.detail, $0.reason.rawValue, $0.reason.remedy]
                } + result.keluarga.flatMap { $0.remarks.map(\.rawValue) }
            #expect(result.rejected.count >= 3)
            for text in texts {
                #expect(!text.contains("RAHASIA") && !text.contains("99000"), "\(columns[0])")
                #expect(text.isEmpty || columns.contains(text) || !text.contains("77"))
            }
        }
    }
}
