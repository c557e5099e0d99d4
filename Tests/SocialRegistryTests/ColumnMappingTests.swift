import PovertyModel
import SocialRegistry
import Testing

@Suite("Tables read through a mapping")
struct ColumnMappingTests {
    static func mapping(
        _ role: RegistryLayout.Role = .partialRegister,
        _ fields: [(name: String, columns: [String])],
        delimiter: UInt8? = nil,
        headerRow: Int? = nil
    ) -> ColumnMapping {
        ColumnMapping(
            role: role, source: "RTLH", title: "data rumah", fields: fields, delimiter: delimiter,
            headerRow: headerRow)
    }

    static let fields: [(name: String, columns: [String])] = [
        ("familyCardNumber", ["No. Kartu"]), ("desaName", ["Kampung", "Tempat"]),
        ("desil", ["Tingkat"]),
    ]

    @Test("the sender's own names are used, in any row and with any delimiter")
    func reads() throws {
        let text = "DATA;;\nTINGKAT;No. kartu;Tempat\n2;9900000000000001;Rekaan Lor\n"
        let found = try RegistryRecognition.mapped(
            head: Array(text.utf8), by: Self.mapping(.partialRegister, Self.fields))
        let recognition = try found.get()
        #expect(recognition.header.row == 2)
        #expect(recognition.delimiter == UInt8(ascii: ";"))
        #expect(recognition.header.layout.title == "data rumah")
        #expect(recognition.header.layout.role == .partialRegister)
        var reader = RegistryReader(header: recognition.header)
        var parser = DelimitedTextParser(delimiter: recognition.delimiter)
        var records: [KeluargaRecord] = []
        try parser.feed(Array(text.utf8)) { row in
            if row.number > 2, case .keluarga(let record) = reader.read(row) {
                records.append(record)
            }
            return true
        }
        #expect(records.map(\.key) == ["9900000000000001"])
        #expect(records.map(\.desil) == [Desil(2)])
        #expect(records.map(\.place.desaName) == ["Rekaan Lor"])
    }

    @Test("everything that is wrong is told at once, in words")
    func problems() throws {
        let mapping = Self.mapping(
            .positions,
            [
                ("kartu", ["No. Kartu"]), ("positionX", ["X"]), ("headNIK", ["X"]),
                ("desil", ["Tingkat"]),
            ])
        let result = mapping.header(cells: ["X", "Y"], row: 1)
        guard case .failure(let problems) = result else {
            Issue.record("such a mapping cannot be used")
            return
        }
        #expect(
            problems.all == [
                .unknownField("kartu"), .fieldMissing("positionY"),
                .columnUsedTwice(column: "X", fields: ["positionX", "headNIK"]),
                .columnMissing(field: "desil", columns: ["Tingkat"]),
            ])
        #expect(problems.all.allSatisfy { $0.text.hasSuffix(".") })
        #expect(Self.mapping(.members, [("personNIK", ["NIK"])]).problems.count == 1)
        #expect(Self.mapping(.partialRegister, []).problems.count == 1)
    }

    @Test("the row with the fewest problems is taken for the header that was meant")
    func bestRow() throws {
        let text = "DATA RUMAH\nNo. Kartu,Tempat,Golongan\n1,2,3\n"
        let found = try RegistryRecognition.mapped(
            head: Array(text.utf8), by: Self.mapping(.partialRegister, Self.fields))
        guard case .failure(let problems) = found else {
            Issue.record("the column Tingkat is not there")
            return
        }
        #expect(problems.all == [.columnMissing(field: "desil", columns: ["Tingkat"])])
    }

    @Test("a header row that is named counts alone")
    func namedRow() throws {
        let text = "No. Kartu,Tempat,Tingkat\nNo. Kartu,Tempat,Tingkat\n"
        let found = try RegistryRecognition.mapped(
            head: Array(text.utf8), by: Self.mapping(.partialRegister, Self.fields, headerRow: 2))
        #expect(try found.get().header.row == 2)
    }

    @Test("keluarga without any number are all kept")
    func withoutKey() throws {
        let mapping = Self.mapping(.partialRegister, [("desaName", ["Desa"])])
        let header = try mapping.header(cells: ["Desa"], row: 1).get()
        var reader = RegistryReader(header: header)
        var parser = DelimitedTextParser(delimiter: UInt8(ascii: ","))
        var count = 0
        try parser.feed(Array("Desa\nRekaan\nRekaan\n\n".utf8)) { row in
            if row.number > 1, case .keluarga(let record) = reader.read(row) {
                #expect(record.key == nil && record.remarks.isEmpty)
                count += 1
            }
            return true
        }
        #expect(count == 2)
    }
}
