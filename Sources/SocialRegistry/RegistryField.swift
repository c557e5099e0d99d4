/// What a column of a household file means to this product, whatever its layout calls it.
public enum RegistryField: String, CaseIterable, Sendable {
    case familyCardNumber
    case p3keID
    case desaCode
    case desaName
    case kecamatanName
    case desil
    case positionX
    case positionY

    /// The spellings in use, reduced by `RegistryHeader.reduced`.
    var spellings: [String] {
        switch self {
        case .familyCardNumber:
            ["nomor kartu keluarga", "nomor kk", "no kk", "nokk", "nomor kk keluarga"]
        case .p3keID:
            ["id keluarga p3ke", "id keluarga"]
        case .desaCode:
            [
                "kode kelurahan desa", "kode kemdagri", "kode kemendagri", "kode desa",
                "kode desa kelurahan", "id desa",
            ]
        case .desaName:
            ["kelurahan desa", "desa kelurahan", "desa", "kelurahan", "nama desa"]
        case .kecamatanName:
            ["kecamatan", "nama kecamatan"]
        case .desil:
            ["desil nasional", "desil kesejahteraan", "desil"]
        case .positionX:
            ["koordinat x", "longitude", "lon", "lng", "bujur"]
        case .positionY:
            ["koordinat y", "latitude", "lat", "lintang"]
        }
    }
}
