/// What a column of a household file means to this product, whatever its layout calls it.
public enum RegistryField: String, CaseIterable, Sendable {
    // The order decides which field gets a column that two could claim.
    case familyCardNumber
    case p3keID
    case bdtID
    case personID
    case headNIK
    case personNIK
    case headName
    case personName
    case relationship
    case birthDate
    case sex
    case desaCode
    case desaName
    case kecamatanCode
    case kecamatanName
    case kabupatenCode
    case kabupatenName
    case provinsiCode
    case desil
    case percentile
    case address
    case rt
    case rw
    case dusun
    case slsCode
    case subSLSCode
    case slsName
    case buildingNumber
    case familyNumber
    case memberCount
    case electricityCustomer
    case dataYear
    case vervalPriority
    case positionX
    case positionY
    case gpsAccuracyMetres
    case distanceMetres
    case verdict

    /// The spellings in use, reduced by `RegistryHeader.reduced`; the earlier one wins.
    ///
    /// `NIK` and `Nama` are the head's in a file of keluarga and anybody's in a file of persons.
    func spellings(in subject: RegistryLayout.Subject) -> [String] {
        let own = spellings
        switch (self, subject) {
        case (.headNIK, .keluarga):
            return own + ["nik", "nomor induk kependudukan"]
        case (.headName, .keluarga):
            return own + ["nama anggota keluarga", "nama penerima", "nama lengkap", "nama"]
        case (.personNIK, .keluarga), (.personName, .keluarga), (.relationship, .keluarga):
            return []
        case (_, .persons):
            // The address of the KTP, of a person the only one there is.
            return own + own.map { $0 + " ktp" }
        default:
            return own
        }
    }

    private var spellings: [String] {
        switch self {
        case .familyCardNumber:
            [
                "nomor kartu keluarga", "nomor kk", "no kk", "nokk", "nomor kk keluarga",
                "no kartu keluarga", "nomor kk kepala keluarga",
            ]
        case .p3keID: ["id keluarga p3ke", "id keluarga"]
        case .bdtID: ["idbdt", "id bdt"]
        case .personID: ["id individu", "id individu p3ke", "idsemesta", "id semesta"]
        case .headNIK: ["nik kepala keluarga", "nik krt", "nik kepala rumah tangga"]
        case .personNIK: ["nomor induk kependudukan", "nik", "no nik", "nik individu"]
        case .headName:
            [
                "nama kepala keluarga", "kepala keluarga", "nama krt",
                "nama kepala rumah tangga", "nama kk",
            ]
        case .personName: ["nama", "nama lengkap", "nama individu", "nama anggota keluarga"]
        case .relationship:
            [
                "hubungan dengan kepala keluarga", "hubungan dengan kpl keluarga",
                "status hubungan keluarga", "hubungan keluarga", "hubungan", "shdk",
            ]
        case .birthDate:
            ["tanggal lahir", "tanggal lahir kepala keluarga", "tgl lahir", "tanggal lahir kk"]
        case .sex:
            ["jenis kelamin", "jenis kelamin kepala keluarga", "jk", "l p"]
        case .desaCode:
            [
                "kode kelurahan desa", "kode kemdagri", "kode kemendagri", "kode desa",
                "kode desa kelurahan", "id desa", "kddesa",
            ]
        case .desaName:
            [
                "kelurahan desa", "desa kelurahan", "desa", "kelurahan", "nama desa",
                "nama desa kelurahan", "nama kelurahan desa", "nama kelurahan",
            ]
        case .kecamatanCode: ["kode kecamatan", "kdkec", "id kec"]
        case .kecamatanName: ["kecamatan", "nama kecamatan"]
        case .kabupatenCode: ["kode kabupaten kota", "kode kabupaten", "kdkab"]
        case .kabupatenName: ["kabupaten kota", "kabupaten", "nama kabupaten"]
        case .provinsiCode: ["kode provinsi", "kdprop"]
        case .desil: ["desil nasional", "desil kesejahteraan", "desil"]
        case .percentile: ["persentil", "percentile"]
        case .address: ["alamat", "alamat lengkap", "alamat domisili", "alamat rumah"]
        case .rt: ["rt", "no rt"]
        case .rw: ["rw", "no rw"]
        case .dusun: ["dusun", "nama dusun", "dusun lingkungan", "lingkungan"]
        case .slsCode: ["kode sls non sls", "kode sls"]
        case .subSLSCode: ["kode sub sls"]
        case .slsName: ["nama sls", "nama sls non sls"]
        case .buildingNumber: ["no urut bangunan tinggal"]
        case .familyNumber: ["no urut keluarga verif"]
        case .memberCount:
            [
                "jumlah anggota keluarga", "jumlah art", "jumlah anggota rumah tangga",
                "jml anggota keluarga",
            ]
        case .electricityCustomer: ["id pelanggan pln", "nomor pln", "no pelanggan pln"]
        case .dataYear: ["dimuktakhirkan tahun", "dimutakhirkan tahun", "tahun"]
        case .vervalPriority: ["prioritas verval"]
        case .positionX: ["koordinat x", "longitude", "lon", "lng", "long", "bujur"]
        case .positionY: ["koordinat y", "latitude", "lat", "lintang"]
        case .gpsAccuracyMetres: ["akurasi gps m", "akurasi gps", "akurasi m", "akurasi"]
        case .distanceMetres: ["jarak m", "jarak"]
        case .verdict: ["hasil verifikasi", "ms tms", "keterangan ms tms"]
        }
    }
}
