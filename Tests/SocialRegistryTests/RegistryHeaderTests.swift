import SocialRegistry
import Testing

struct RegistryHeaderTests {
    static func layout(_ columns: [String]) -> String? {
        RegistryHeader(cells: columns, row: 1)?.layout.id
    }

    @Test("each layout is recognised by its header")
    func layouts() {
        #expect(Self.layout(DTSENLayout.keluargaColumns) == "dtsen-keluarga")
        #expect(Self.layout(Fixture.p3ke1) == "p3ke-keluarga-1")
        #expect(Self.layout(Fixture.p3ke2) == "p3ke-keluarga-2")
        #expect(Self.layout(VervalLayout.columns) == "verval")
    }

    /// The set of Inpres 4/2025 has 52 variables.
    @Test("the DTSEN keluarga set has 52 different variables")
    func dtsenColumns() {
        #expect(DTSENLayout.keluargaColumns.count == 52)
        #expect(Set(DTSENLayout.keluargaColumns).count == 52)
    }

    @Test("a field stands where its column stands")
    func positions() throws {
        let header = try #require(RegistryHeader(cells: DTSENLayout.keluargaColumns, row: 4))
        #expect(header.row == 4)
        #expect(header.position(of: .desaCode) == 6)
        #expect(header.position(of: .desaName) == 7)
        #expect(header.position(of: .kecamatanName) == 5)
        #expect(header.position(of: .familyCardNumber) == 9)
        #expect(header.position(of: .desil) == 13)
        #expect(header.position(of: .positionX) == nil)
        #expect(header.columns == DTSENLayout.keluargaColumns)
    }

    @Test(
        "spellings in use mean the same column",
        arguments: [
            ("Kode Kemdagri", "KODE KEMENDAGRI"), ("Kode Kemdagri", "Kode_Desa"),
            ("Kode Kemdagri", "  kode   kemdagri "), ("Desa/Kelurahan", "Kelurahan/Desa"),
            ("Desa/Kelurahan", "Desa"), ("Desa/Kelurahan", "DESA / KELURAHAN"),
            ("ID Keluarga P3KE", "ID Keluarga"), ("Desil Kesejahteraan", "desil_kesejahteraan"),
            ("Kecamatan", "Nama Kecamatan"), ("Kabupaten/Kota", "Kabupaten"),
        ]
    )
    func spellings(usual: String, variant: String) throws {
        let header = try #require(RegistryHeader(cells: Fixture.p3ke1, row: 1))
        let index = try #require(Fixture.p3ke1.firstIndex(of: usual))
        var columns = Fixture.p3ke1
        columns[index] = variant
        let varied = try #require(RegistryHeader(cells: columns, row: 1))
        #expect(varied.layout == header.layout)
        for field in RegistryField.allCases {
            #expect(varied.position(of: field) == header.position(of: field))
        }
    }

    @Test("columns may stand in any order and extra ones among them")
    func order() throws {
        let columns = ["Pensasaran"] + Fixture.p3ke2.reversed() + ["Keterangan"]
        let header = try #require(RegistryHeader(cells: columns, row: 1))
        #expect(header.layout.id == "p3ke-keluarga-2")
        #expect(header.position(of: .desil) == columns.firstIndex(of: "Desil Kesejahteraan"))
    }

    @Test(
        "a header without a column that the layout needs is none",
        arguments: ["kode_kelurahan_desa", "nomor_kartu_keluarga", "desil_nasional"]
    )
    func missing(_ column: String) {
        #expect(Self.layout(DTSENLayout.keluargaColumns.filter { $0 != column }) == nil)
        let typo = DTSENLayout.keluargaColumns.map { $0 == column ? $0 + "x" : $0 }
        #expect(Self.layout(typo) == nil)
    }

    @Test("a row of values or of nothing is no header")
    func noHeader() {
        #expect(Self.layout([]) == nil)
        #expect(Self.layout(["", "", ""]) == nil)
        #expect(Self.layout(Fixture.dtsen(card: "9900000000000001", desil: "1")) == nil)
        #expect(Self.layout(["desil", "desa", "kode desa"]) == nil)
    }

    @Test("names are reduced to lower case with single blanks")
    func reduced() {
        #expect(RegistryHeader.reduced(" Desa/Kelurahan ") == "desa kelurahan")
        #expect(RegistryHeader.reduced("NIK__Kepala-Keluarga (2023)") == "nik kepala keluarga 2023")
        #expect(RegistryHeader.reduced("Kode\nKemdagri") == "kode kemdagri")
        #expect(RegistryHeader.reduced("...") == "")
    }
}
