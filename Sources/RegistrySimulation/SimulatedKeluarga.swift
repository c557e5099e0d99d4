/// An invented family as it truly is; a writer turns it into a row of its layout.
struct SimulatedKeluarga: Sendable {
    /// Within its desa, from 0.
    let ordinal: Int
    /// `nomor_kartu_keluarga`: 16 digits that begin with 99, a province that does not exist.
    let cardNumber: UInt64
    let desil: Int
    let desilInProvince: Int
    let desilInKabupaten: Int
    let memberCount: Int
    let head: HeadName
    let address: HouseAddress
    let isNationalPBI: Bool
    let isLocalPBI: Bool
    let house: House
    /// One bit for each asset in the order of the layout.
    let assets: UInt16
    let livestock: Livestock
    /// Whether the verval sheet holds it.
    let isInVerval: Bool
}

/// Indices into `NameLists`.
struct HeadName: Sendable {
    let isWoman: Bool
    let given: Int
    let syllables: (Int, Int)
    let ending: Int
    /// `, S.PD` after the name: a value with a comma.
    let title: Int?
}

struct HouseAddress: Sendable {
    let dusun: Int
    let rt: Int
    let rw: Int
    /// `DUSUN KRAJAN, RT 003 RW 001`: a value with a comma.
    let hasComma: Bool
}

/// Codes of DTSEN; nil where the question does not apply.
struct House: Sendable {
    let ownership: Int
    let floor: Int
    let floorAreaM2: Int
    let wall: Int
    let roof: Int
    let water: Int
    let light: Int
    /// Only with a connection to PLN.
    let power: Int?
    /// `id_pelanggan_pln`, only with a meter of PLN; 12 digits that begin with 99.
    let electricityCustomer: UInt64?
    let fuel: Int
    let toilet: Int
    let closet: Int?
    let sewage: Int?
}

struct Livestock: Sendable {
    let cattle: Int
    let buffaloes: Int
    let horses: Int
    let pigs: Int
    let goatsAndSheep: Int
}
