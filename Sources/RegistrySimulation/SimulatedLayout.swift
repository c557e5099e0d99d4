internal import SocialRegistry

/// A kind of household file that a simulated registry can be written as.
///
/// The raw value is the id of the layout, as `peta import --layout` names it.
public enum SimulatedLayout: String, CaseIterable, Sendable {
    case dtsenKeluarga = "dtsen-keluarga"
    case dtsenAnggota = "dtsen-anggota"
    case p3keKeluarga1 = "p3ke-keluarga-1"
    case p3keIndividu1 = "p3ke-individu-1"
    case p3keKeluarga2 = "p3ke-keluarga-2"
    case p3keIndividu2 = "p3ke-individu-2"
    case dtks
    case bdt
    case regsosek
    case verval
    case bsps

    public var columns: [String] {
        switch self {
        case .dtsenKeluarga: DTSENLayout.keluargaColumns
        case .dtsenAnggota: DTSENLayout.anggotaColumns
        case .p3keKeluarga1: P3KELayout.keluarga1Columns
        case .p3keIndividu1: P3KELayout.individu1Columns
        case .p3keKeluarga2: P3KELayout.keluarga2Columns
        case .p3keIndividu2: P3KELayout.individu2Columns
        case .dtks: DTKSLayout.columns
        case .bdt: BDTLayout.columns
        case .regsosek: RegsosekLayout.columns
        case .verval: VervalLayout.columns
        case .bsps: BSPSLayout.columns
        }
    }

    /// What a title row above the header says.
    var title: String {
        switch self {
        case .dtsenKeluarga: "DTSEN KELUARGA"
        case .dtsenAnggota: "DTSEN ANGGOTA KELUARGA"
        case .p3keKeluarga1: "P3KE KELUARGA 2022"
        case .p3keIndividu1: "P3KE INDIVIDU 2022"
        case .p3keKeluarga2: "P3KE KELUARGA 2023"
        case .p3keIndividu2: "P3KE INDIVIDU 2023"
        case .dtks: "DTKS"
        case .bdt: "BASIS DATA TERPADU, RUMAH TANGGA"
        case .regsosek: "REGSOSEK 2022, KELUARGA"
        case .verval: "LEMBAR VERVAL"
        case .bsps: "LEMBAR VERIFIKASI BSPS/RTLH"
        }
    }

    /// The day on which the register was taken; who was born later is not in it.
    ///
    /// Assumed to the day; the years are those of the releases.
    var day: SimulatedDay {
        switch self {
        case .bdt: SimulatedDay(year: 2019, month: 7, day: 1)
        case .p3keKeluarga1, .p3keIndividu1: SimulatedDay(year: 2022, month: 6, day: 30)
        case .regsosek: SimulatedDay(year: 2022, month: 11, day: 14)
        case .p3keKeluarga2, .p3keIndividu2: SimulatedDay(year: 2023, month: 6, day: 30)
        case .dtks: SimulatedDay(year: 2024, month: 6, day: 30)
        case .dtsenKeluarga, .dtsenAnggota, .verval, .bsps:
            SimulatedDay(year: 2026, month: 2, day: 1)
        }
    }
}

/// How a file is written; the default is the plain one.
public struct SimulationWriting: Hashable, Sendable {
    /// DTSEN with the words of its answers instead of their integer codes.
    public var usesLabels: Bool
    /// Comma, semicolon, tab or bar.
    public var delimiter: UInt8
    /// The row of the header, from 1; titles stand above it.
    public var headerRow: Int
    /// Column names with the typos and short forms found in files.
    public var hasHeaderTypos: Bool

    public init(
        usesLabels: Bool = false,
        delimiter: UInt8 = UInt8(ascii: ","),
        headerRow: Int = 1,
        hasHeaderTypos: Bool = false
    ) {
        precondition(Array(",;\t|".utf8).contains(delimiter), "byte \(delimiter) delimits nothing")
        precondition((1...20).contains(headerRow), "a header in row \(headerRow)")
        self.usesLabels = usesLabels
        self.delimiter = delimiter
        self.headerRow = headerRow
        self.hasHeaderTypos = hasHeaderTypos
    }
}

extension SimulatedRegistry {
    /// Writes the registry as a file of `layout`: a header, then rows, desa after desa.
    ///
    /// DTSEN and Regsosek list every family, P3KE, DTKS and BDT those of desil 1 to 4, the verval
    /// sheet its share, BSPS some 3,000 (at the published size) poor houses. All tell of the same
    /// families: the same No KK, NIK, names and birth dates.
    ///
    /// - Returns: the number of rows, without the header and what stands above it.
    @discardableResult
    public func write(
        _ layout: SimulatedLayout,
        _ writing: SimulationWriting = SimulationWriting(),
        to emit: (ArraySlice<UInt8>) throws -> Void
    ) rethrows -> Int {
        switch layout {
        case .dtsenKeluarga: try writeDTSEN(writing, to: emit)
        case .verval: try writeVerval(writing, to: emit)
        case .dtsenAnggota: try write(layout, by: DTSENAnggotaWriter.self, writing, to: emit)
        case .p3keKeluarga1, .p3keKeluarga2:
            try write(layout, by: P3KEKeluargaWriter.self, writing, to: emit)
        case .p3keIndividu1, .p3keIndividu2:
            try write(layout, by: P3KEIndividuWriter.self, writing, to: emit)
        case .dtks: try write(layout, by: DTKSWriter.self, writing, to: emit)
        case .bdt: try write(layout, by: BDTWriter.self, writing, to: emit)
        case .regsosek: try write(layout, by: RegsosekWriter.self, writing, to: emit)
        case .bsps: try write(layout, by: BSPSWriter.self, writing, to: emit)
        }
    }

    private func write<Writer: FamilyWriter>(
        _ layout: SimulatedLayout,
        by: Writer.Type,
        _ writing: SimulationWriting,
        to emit: (ArraySlice<UInt8>) throws -> Void
    ) rethrows -> Int {
        var chunks = CSVChunks(delimiter: writing.delimiter)
        chunks.header(of: layout, writing)
        let positions = WrittenPositions(self)
        var rows = 0
        for area in plan.indices {
            let context = AreaContext(
                registry: self,
                area: area,
                layout: layout,
                writing: writing,
                positions: positions
            )
            let writer = Writer(context)
            var later = CSVChunks(smallWithDelimiter: writing.delimiter)
            var precedingHeadNIK: UInt64?
            for keluarga in context.stream where writer.lists(keluarga) {
                let family = context.family(keluarga, after: precedingHeadNIK)
                precedingHeadNIK = family.head.nik
                rows += writer.write(family, after: rows, &chunks, &later)
                try chunks.hand(to: emit)
            }
            chunks.rows(later.bytes)
        }
        try chunks.hand(to: emit, isLast: true)
        return rows
    }
}

extension CSVChunks {
    /// Title rows, then the names of the columns.
    mutating func header(of layout: SimulatedLayout, _ writing: SimulationWriting) {
        let columns = layout.columns
        for row in 1..<writing.headerRow {
            field(row == 1 ? layout.title + " (SIMULASI)" : "")
            for _ in columns.dropFirst() { emptyField() }
            endRow()
        }
        row(writing.hasHeaderTypos ? columns.map { Self.misspelt[$0] ?? $0 } : columns)
    }

    /// Seen in files of other kabupaten.
    private static let misspelt = [
        "ID Keluarga P3KE": "ID Keluarga",
        "Kabupaten/Kota": "Kabupaten",
        "Desa/Kelurahan": "Desa",
        "Kode Kemdagri": "Kode  Kemendagri",
        "Hubungan dengan Kepala Keluarga": "Hubungan Dengan Kpl. Keluarga",
        "Nama": "Nama Lengkap",
        "Penerima BPNT": "Penerima BNPT",
        "Usia 22-59": "Usia 22-50",
        "nomor_kartu_keluarga": "no_kk",
        "nama_anggota_keluarga": "nama_kepala_keluarga",
        "NOKK": "No KK",
    ]
}
