import PovertyModel
import SocialRegistry
import TestSupport
import Testing

struct RegistryReaderTests {
    struct Result {
        var keluarga: [KeluargaRecord] = []
        var persons: [PersonRecord] = []
        var positions: [PositionRecord] = []
        var rejected: [RejectedRow] = []
        var blank = 0
        var unknownCodes: [String: Int] = [:]
    }

    /// Reads rows under a header as the importer does.
    static func read(_ columns: [String], _ rows: [[String]]) throws -> Result {
        try read(text: ([columns] + rows).map { Fixture.line($0) }.joined())
    }

    static func read(text: String, year: Int? = nil) throws -> Result {
        let bytes = Array(text.utf8)
        let recognition = try RegistryRecognition(head: bytes)
        var reader = RegistryReader(header: recognition.header, year: year)
        var parser = DelimitedTextParser(delimiter: recognition.delimiter)
        var result = Result()
        let body = { (row: DelimitedRow) -> Bool in
            guard row.number > recognition.header.row else { return true }
            switch reader.read(row) {
            case .keluarga(let record): result.keluarga.append(record)
            case .person(let record): result.persons.append(record)
            case .position(let record): result.positions.append(record)
            case .rejected(let row): result.rejected.append(row)
            case .blank: result.blank += 1
            }
            return true
        }
        try parser.feed(bytes, body: body)
        _ = try parser.finish(body: body)
        for (column, count) in reader.unknownCodes { result.unknownCodes[column] = count }
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
                        ],
                        filler: "")
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
        #expect(
            result.rejected.map(\.reason) == [
                .noFamilyCardNumber, .familyCardNumberRounded, .noFamilyCardNumber,
            ])
        #expect(result.rejected.allSatisfy { $0.column == "nomor_KK" })
        #expect(result.rejected.map(\.detail) == ["empty", "digits lost to E+15", "not 16 digits"])
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
        let remark: RowRemark =
            card.contains("E") ? .familyCardNumberRounded : .familyCardNumberDamaged
        #expect(result.keluarga.allSatisfy { $0.remarks == [remark] })
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
        #expect(keluarga.map { $0.desil?.number } == [nil, nil, nil, nil, 1, nil, 10, 1])
        #expect(
            keluarga.map(\.remarks) == [
                [.desilMissing], [.desilOutOfRange], [.desilOutOfRange], [.desilOutOfRange], [],
                [.desilOutOfRange], [], [],
            ])
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
            (BSPSLayout.columns, "NIK"), (BDTLayout.columns, "IDBDT"),
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

    @Test("no text about a person's row contains a value of it either")
    func nothingPersonalOfPersons() throws {
        let columns = DTSENLayout.anggotaColumns
        let secret = "99RAHASIA77"
        let known = ["nomor_kartu_keluarga": "9900000000000001"]
        let rows = [
            Fixture.row(columns, known, filler: secret),
            Fixture.row(columns, [:], filler: secret),
            Fixture.row(
                columns, known.merging(["nomor_induk_kependudukan": "9913910101800001"]) { $1 }),
            Fixture.row(
                columns, known.merging(["nomor_induk_kependudukan": "9913910101800001"]) { $1 }),
            Fixture.row(columns, ["nomor_kartu_keluarga": "9.9E+15"], filler: secret),
        ]
        let result = try Self.read(columns, rows)
        #expect(result.persons.count == 2 && result.rejected.count == 3)
        let texts =
            result.rejected.flatMap {
                [$0.column ?? "", $0.detail, $0.reason.rawValue, $0.reason.remedy]
            }
            + result.persons.flatMap { $0.remarks.flatMap { [$0.rawValue, $0.remedy ?? ""] } }
        for text in texts {
            #expect(!text.contains("RAHASIA") && !text.contains("990") && !text.contains("9913"))
        }
    }

    @Test("empty fields beyond the last column do not matter, others do")
    func trailingFields() throws {
        let row = Fixture.dtsen(card: "9900000000000001", desil: "1")
        let next = Fixture.dtsen(card: "9900000000000002", desil: "1")
        let result = try Self.read(
            DTSENLayout.keluargaColumns, [row + ["", " "], next + ["", "x"]])
        #expect(result.keluarga.map(\.row) == [2])
        #expect(result.rejected.map(\.reason) == [.wrongFieldCount])
    }

    @Test("numbers that lost their last digit show in the count of the column")
    func roundedColumn() throws {
        let cards = (100..<240).map { "99000000000\($0)00" }
        let rows = cards.map { Fixture.dtsen(card: $0, desil: "1") }
        let text = ([DTSENLayout.keluargaColumns] + rows).map { Fixture.line($0) }.joined()
        let recognition = try RegistryRecognition(head: Array(text.utf8))
        var reader = RegistryReader(header: recognition.header)
        var parser = DelimitedTextParser(delimiter: recognition.delimiter)
        try parser.feed(Array(text.utf8)) { row in
            if row.number > 1 { _ = reader.read(row) }
            return true
        }
        #expect(reader.cardNumberRounding.numbers == 140)
        #expect(reader.cardNumberRounding.looksRounded)
        #expect(!reader.nikRounding.looksRounded)
    }

    @Test("mutated files neither stop the reader nor lose a row")
    func fuzz() throws {
        let seed: UInt64 = 48
        var generator = SeededGenerator(seed: seed)
        let layouts = RegistryLayout.all.filter { !$0.columns.isEmpty }
        let cells = [
            "", "9900000000000001", "9.9E+15", "1", "11", "-7,77", "Ya", "\u{FFFD}", "35", "x",
            "3513910001", "28/2/1990", "Kepala Keluarga", "(1)",
        ]
        for round in 0..<400 {
            let columns = layouts[round % layouts.count].columns
            let rows = (0..<8).map { _ in
                columns.map { _ in cells[Int.random(in: 0..<cells.count, using: &generator)] }
            }
            var bytes = Array(rows.map { Fixture.line($0) }.joined().utf8)
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
                    UInt8.random(in: 0...255, using: &generator)
            }
            let header = try #require(RegistryHeader(cells: columns, row: 1))
            var reader = RegistryReader(header: header, year: 2023)
            let identities = IdentityReader(header: header, year: 2023)
            let redaction = RowRedaction(header: header, delimiter: UInt8(ascii: ","))
            var parser = DelimitedTextParser(delimiter: UInt8(ascii: ","))
            var taken = 0
            var seen = 0
            let take = { (row: DelimitedRow) -> Bool in
                seen += 1
                _ = identities.read(row)
                #expect(redaction.redacted(row.raw).count <= row.raw.count)
                switch reader.read(row) {
                case .keluarga, .person, .position, .rejected, .blank: taken += 1
                }
                return true
            }
            try parser.feed(Fixture.line(columns).utf8, body: take)
            _ = try? parser.feed(bytes, body: take)
            _ = try? parser.finish(body: take)
            #expect(taken == seen, "seed \(seed), round \(round)")
        }
    }
}
