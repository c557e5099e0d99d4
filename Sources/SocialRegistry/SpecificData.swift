/// The kinds of specific personal data, article 4 of UU 27/2022, that household files hold.
///
/// Specific data are stored only when somebody asked for them and has a ground for it. What is
/// marked, column by column, and why:
///
/// - **health**: kondisi_gizi, the ten answers on functions from penglihatan to kesedihan_depresi,
///   penyakit_kronis, keterangan_disabilitas, isAktifHamil, and Resiko Stunting, which speaks of the
///   health of mother and child.
/// - **children**: columns that only speak of the children of a family: the age flags below 19 of
///   P3KE version 1, partisipasi_sekolah, kelas_tertinggi_yang_diduduki, nama_sekolah and the flag
///   of children out of school. The highest schooling of an adult is no such thing, and the criteria of
///   BPS need that of the head, so jenjang and ijazah are not marked.
/// - **finance**: omzet_usaha_utama, pendapatan, and the answer on savings of P3KE, which the
///   explanation of the law names. House, assets and livestock describe how a family lives and are
///   what the poverty criteria are made of: not marked.
///
/// Name, NIK and birth date of a child are data of a child too. They cannot be left out by column,
/// since the rows of adults need them; they are sealed like every identity.
public enum SpecificData: String, CaseIterable, Sendable {
    case health = "kesehatan"
    case children = "anak"
    case finance = "keuangan pribadi"

    /// The kind of a column, by its name as written; nil for one that holds none.
    public static func kind(ofColumn column: String) -> SpecificData? {
        let name = RegistryHeader.reduced(column)
        if let kind = exact[name] { return kind }
        // Local sheets name such columns freely.
        var text = name
        return text.withUTF8 { text in
            let letters = letters(of: text)
            return words.first {
                $0.letters & ~letters == 0 && contains(text, $0.word)
            }?.kind
        }
    }

    private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
        guard text.count >= word.count else { return false }
        return (0...text.count - word.count).contains { start in
            word.indices.allSatisfy { text[start + $0] == word[$0] }
        }
    }

    /// A bit for each of the letters a to z that a text has.
    private static func letters(of text: some Collection<UInt8>) -> UInt32 {
        text.reduce(0) { letters, byte in
            let letter = byte &- UInt8(ascii: "a")
            return letter < 26 ? letters | 1 << UInt32(letter) : letters
        }
    }

    private static let exact: [String: SpecificData] = {
        var kinds: [String: SpecificData] = [
            RegistryHeader.reduced(P3KELayout.stunting): .health,
            RegistryHeader.reduced(P3KELayout.savings): .finance,
            "memiliki simpanan": .finance, "pendapatan": .finance, "penghasilan": .finance,
            "omzet usaha utama": .finance, "partisipasi sekolah": .children,
            "kelas tertinggi yang diduduki": .children, "nama sekolah": .children,
            "anak tidak sekolah": .children,
        ]
        for column in DTSENLayout.health { kinds[RegistryHeader.reduced(column)] = .health }
        // Of the age flags the first four are about children; at 19 nobody is one.
        for column in P3KELayout.ageFlags.prefix(4) {
            kinds[RegistryHeader.reduced(column)] = .children
        }
        return kinds
    }()

    /// Words in a name, and their letters: a name that lacks one of these is not searched.
    private static let words: [(word: [UInt8], letters: UInt32, kind: SpecificData)] =
        ([
            ("disabilitas", .health), ("difabel", .health), ("penyakit", .health),
            ("hamil", .health), ("stunting", .health), ("gizi", .health), ("omzet", .finance),
            ("tabungan", .finance),
        ] as [(String, SpecificData)]).map { word, kind in
            (Array(word.utf8), letters(of: word.utf8), kind)
        }
}

extension RegistryHeader {
    /// The columns with specific data, in the order of the file.
    public var specificColumns: [(index: Int, kind: SpecificData)] {
        columns.enumerated().compactMap { index, name in
            SpecificData.kind(ofColumn: name).map { (index, $0) }
        }
    }
}

extension RegistryLayout {
    /// The names of the columns with specific data that a file of this layout has.
    public var specificColumns: [String] {
        columns.filter { SpecificData.kind(ofColumn: $0) != nil }
    }

    /// All columns of the layout as far as they are known; empty for a mapping.
    public var columns: [String] {
        switch id {
        case Self.dtsenKeluarga.id: DTSENLayout.keluargaColumns
        case Self.dtsenAnggota.id: DTSENLayout.anggotaColumns
        case Self.p3keKeluarga1.id: P3KELayout.keluarga1Columns
        case Self.p3keKeluarga2.id: P3KELayout.keluarga2Columns
        case Self.p3keIndividu1.id: P3KELayout.individu1Columns
        case Self.p3keIndividu2.id: P3KELayout.individu2Columns
        case Self.dtks.id: DTKSLayout.columns
        case Self.bdt.id: BDTLayout.columns
        case Self.regsosek.id: RegsosekLayout.columns
        case Self.verval.id: VervalLayout.columns + VervalLayout.furtherColumns
        case Self.bsps.id: BSPSLayout.columns
        default: []
        }
    }
}
