/// From all families of one desa to rows of the keluarga file of Regsosek.
///
/// Its answers are taken to be the codes of DTSEN, which grew out of it.
struct RegsosekWriter: FamilyWriter {
    private let context: AreaContext
    private let pieces: PlaceCodePieces

    private static let noSubSLS = Array("00".utf8)

    init(_ context: AreaContext) {
        self.context = context
        pieces = PlaceCodePieces(context)
    }

    func lists(_ keluarga: SimulatedKeluarga) -> Bool { true }

    func write(
        _ family: SimulatedFamily,
        after count: Int,
        _ rows: inout CSVChunks,
        _ later: inout CSVChunks
    ) -> Int {
        let keluarga = family.keluarga
        let address = keluarga.address
        var (dirt, generator) = context.dirt(PlaceCodePieces.groups, of: keluarga)
        pieces.write(dirt, &generator, to: &rows)
        // A satuan lingkungan setempat is an RT here; its number is unique within the desa.
        rows.field(PlaceCodePieces.digits(address.rt, count: 4))
        rows.field(Self.noSubSLS)
        rows.field(family.address)
        rows.field(keluarga.ordinal + 1)
        rows.field(keluarga.ordinal + 1)
        rows.field(PlaceCodePieces.digits(1 + generator.index(below: 9999), count: 6))
        rows.field(family.head.name.bytes)
        rows.field(keluarga.cardNumber)
        rows.field(family.address)
        rows.field(family.members.count)
        let house = keluarga.house
        rows.field(house.ownership)
        rows.field(house.floorAreaM2)
        rows.field(house.floor)
        rows.field(house.wall)
        rows.field(house.roof)
        rows.field(house.water)
        rows.field(house.light)
        rows.field(house.power)
        rows.field(house.fuel)
        rows.field(house.toilet)
        rows.field(house.closet)
        rows.field(house.sewage)
        rows.endRow()
        return 1
    }
}
