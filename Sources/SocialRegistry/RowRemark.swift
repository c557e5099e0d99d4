/// Something odd in a row that is stored all the same.
public enum RowRemark: String, CaseIterable, Sendable {
    case desilMissing = "desil kosong"
    case desilOutOfRange = "desil di luar 1-10"
    case familyCardNumberMissing = "nomor KK kosong"
    case familyCardNumberDamaged = "nomor KK rusak"
    /// 3.51301E+15: a spreadsheet kept fewer digits than the number has.
    case familyCardNumberRounded = "nomor KK dibulatkan"
    /// Blanks, dots, dashes or `.0` taken away; no digit was guessed.
    case familyCardNumberRepaired = "nomor KK dirapikan"
    case registerIDMissing = "ID keluarga kosong"
    case registerIDDamaged = "ID keluarga rusak"
    case nikMissing = "NIK kosong"
    case nikDamaged = "NIK rusak"
    case nikRounded = "NIK dibulatkan"
    case nikRepaired = "NIK dirapikan"
    /// The same NIK stands in an earlier row, in another keluarga or with another name.
    case nikRepeated = "NIK ganda"
    /// A value that its code list does not know; `RegistryReader.unknownCodes` counts by column.
    case unknownCode = "kode tidak dikenal"

    /// What the sender can do, in Indonesian; nil when there is nothing to do.
    public var remedy: String? {
        switch self {
        case .desilMissing, .desilOutOfRange:
            "Isi desil dengan angka 1 sampai 10."
        case .familyCardNumberMissing:
            "Isi 16 angka No KK."
        case .familyCardNumberDamaged:
            "Tulis No KK lengkap 16 angka, tanpa huruf."
        case .familyCardNumberRounded:
            "Ubah format kolom No KK menjadi Teks, lalu isi ulang dari data asal."
        case .registerIDMissing, .registerIDDamaged:
            "Isi ID Keluarga seperti dalam data asal."
        case .nikMissing:
            "Isi 16 angka NIK."
        case .nikDamaged:
            "Tulis NIK lengkap 16 angka, tanpa huruf."
        case .nikRounded:
            "Ubah format kolom NIK menjadi Teks, lalu isi ulang dari data asal."
        case .nikRepeated:
            "Periksa baris mana yang benar untuk NIK ini."
        case .unknownCode:
            "Periksa kode pada kolom tersebut; nilai aslinya tetap disimpan."
        case .familyCardNumberRepaired, .nikRepaired:
            nil
        }
    }
}
