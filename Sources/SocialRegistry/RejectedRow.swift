/// A row that is not stored, with what the sender needs to mend it and no personal data.
public struct RejectedRow: Hashable, Sendable {
    public enum Reason: String, CaseIterable, Sendable {
        /// More or fewer fields than the header has columns.
        case wrongFieldCount = "jumlah kolom salah"
        /// The same keluarga stands in an earlier row.
        case duplicateKeluarga = "keluarga ganda"
        /// The same NIK and name stand in an earlier row of the same keluarga.
        case duplicatePerson = "orang ganda"
        /// A row that belongs to no keluarga, since its number is missing or unreadable.
        case noFamilyCardNumber = "nomor KK tidak terbaca"
        /// The same, with a number that a spreadsheet rounded.
        case familyCardNumberRounded = "nomor KK dibulatkan"
        /// A person that belongs to no keluarga, since the ID of the register is missing.
        case noRegisterID = "ID keluarga kosong"

        /// What the sender can do, in Indonesian: it goes back in the sender's list.
        public var remedy: String {
            switch self {
            case .wrongFieldCount:
                "Periksa pemisah kolom di dalam nilai tanpa tanda kutip."
            case .duplicateKeluarga:
                "Cukup satu baris untuk setiap keluarga."
            case .duplicatePerson:
                "Cukup satu baris untuk setiap anggota keluarga."
            case .noFamilyCardNumber:
                "Tulis 16 angka No KK sebagai teks."
            case .familyCardNumberRounded:
                "Ubah format kolom No KK menjadi Teks, lalu isi ulang dari data asal."
            case .noRegisterID:
                "Isi ID Keluarga seperti dalam data asal."
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
