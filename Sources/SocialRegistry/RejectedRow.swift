/// A row that is not stored, with what the sender needs to mend it and no personal data.
public struct RejectedRow: Hashable, Sendable {
    public enum Reason: String, CaseIterable, Sendable {
        /// More or fewer fields than the header has columns.
        case wrongFieldCount = "jumlah kolom salah"
        /// The same keluarga stands in an earlier row.
        case duplicateKeluarga = "keluarga ganda"
        /// A position that belongs to no keluarga, since its number is missing or unreadable.
        case noFamilyCardNumber = "nomor KK tidak terbaca"

        /// What the sender can do, in Indonesian: it goes back in the sender's list.
        public var remedy: String {
            switch self {
            case .wrongFieldCount:
                "Periksa pemisah kolom di dalam nilai tanpa tanda kutip."
            case .duplicateKeluarga:
                "Cukup satu baris untuk setiap keluarga."
            case .noFamilyCardNumber:
                "Tulis 16 angka No KK sebagai teks."
            }
        }
    }

    public let row: Int
    /// The column as its header names it; nil when the whole row is meant.
    public let column: String?
    public let reason: Reason
    /// What was found, such as `53 fields instead of 52`; never a value of the row.
    public let detail: String

    public init(row: Int, column: String?, reason: Reason, detail: String) {
        self.row = row
        self.column = column
        self.reason = reason
        self.detail = detail
    }
}

/// Something odd in a row that is stored all the same.
public enum RowRemark: String, CaseIterable, Sendable {
    case desilMissing = "desil kosong"
    case desilOutOfRange = "desil di luar 1-10"
    case familyCardNumberMissing = "nomor KK kosong"
    case familyCardNumberDamaged = "nomor KK rusak"
}
