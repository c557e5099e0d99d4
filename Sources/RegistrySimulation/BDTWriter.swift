internal import PovertyModel

/// From the families of desil 1 to 4 of one desa to rows of the rumah tangga file of BDT.
///
/// Each keluarga is a rumah tangga of its own. The code lists are assumed: they follow the
/// questionnaire of 2015 (PBDT).
struct BDTWriter: FamilyWriter {
    private let context: AreaContext
    private let pieces: PlaceCodePieces
    private let serialBase: UInt64

    init(_ context: AreaContext) {
        self.context = context
        pieces = PlaceCodePieces(context)
        // 99 in the place of the province: nobody may take it for a real list.
        let desaInProvince = UInt64(context.plan.desa.bpsCode.number % 100_000_000)
        serialBase = 9_900_000_000_000_000 + desaInProvince * 1_000_000
    }

    func lists(_ keluarga: SimulatedKeluarga) -> Bool { keluarga.desil <= 4 }

    func write(
        _ family: SimulatedFamily,
        after count: Int,
        _ rows: inout CSVChunks,
        _ later: inout CSVChunks
    ) -> Int {
        let keluarga = family.keluarga
        let (dirt, start) = context.dirt(PlaceCodePieces.groups, of: keluarga)
        var generator = start
        let programmes = family.details.programmes
        let number = UInt64(keluarga.ordinal + 1)
        rows.field(serialBase + number)
        rows.field(PlaceCodePieces.digits(keluarga.ordinal + 1, count: 6))
        rows.field(serialBase + number)
        rows.field(programmes.contains(.pkh) ? serialBase + number : nil)
        rows.field(programmes.contains(.bpnt) ? serialBase + number : nil)
        rows.field(keluarga.isNationalPBI ? serialBase + number : nil)
        rows.field(yesNo(generator.happens(0.3)))
        pieces.write(dirt, &generator, to: &rows)
        rows.field(family.address)
        rows.field(sls(keluarga.address))
        rows.field(family.head.name.bytes)
        rows.field(family.members.count)
        rows.field(1)
        writeHouse(family, &generator, &rows)
        writeAssets(keluarga.assets, &generator, &rows)
        let herds = keluarga.livestock
        for herd in [
            herds.cattle, herds.buffaloes, herds.horses, herds.pigs, herds.goatsAndSheep,
        ] {
            rows.field(herd)
        }
        for share in [0.2, 0.5, 0.3, 0.6, 0.05, 0.02, 0.02] {
            rows.field(yesNo(generator.happens(share)))
        }
        rows.field(yesNo(programmes.contains(.pkh)))
        rows.field(yesNo(programmes.contains(.sembako)))
        rows.field(yesNo(programmes.contains(.kur)))
        rows.field(generator.happens(0.97) ? 1 : 2)
        rows.field(family.details.percentile)
        rows.endRow()
        return 1
    }

    private func yesNo(_ value: Bool) -> Int { value ? 1 : 2 }

    /// `RT 003 RW 001`.
    private func sls(_ address: HouseAddress) -> [UInt8] {
        var text = Array(NameLists.rtPrefix.dropFirst())
        text.appendDecimal(UInt64(address.rt), width: 3)
        text += NameLists.rwPrefix
        text.appendDecimal(UInt64(address.rw), width: 3)
        return text
    }

    private func writeHouse(
        _ family: SimulatedFamily,
        _ generator: inout SeededGenerator,
        _ rows: inout CSVChunks
    ) {
        let house = family.keluarga.house
        let details = family.details
        rows.field(house.ownership)
        rows.field([1: 1, 2: 2, 3: 2, 4: 3, 5: 4][house.ownership])
        rows.field(house.floorAreaM2)
        // BDT has two kinds of wood: codes from 8 on are one higher than in DTSEN.
        rows.field(house.floor <= 7 ? house.floor : house.floor + 1)
        rows.field(house.wall)
        rows.field(details.hasGoodWall ? 1 : 2)
        rows.field([1: 1, 2: 4, 3: 6, 4: 5, 5: 8, 6: 7, 7: 9, 8: 10][house.roof])
        rows.field(details.hasGoodRoof ? 1 : 2)
        rows.field(details.roomCount)
        rows.field(house.water <= 3 ? house.water : house.water + 1)
        rows.field(house.water <= 2 ? 1 : house.water == 3 ? 2 : 3)
        rows.field(house.light <= 2 ? 1 : house.light - 1)
        rows.field(house.light == 2 ? 6 : house.power)
        rows.field(house.electricityCustomer)
        rows.field([9, 1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 8][house.fuel])
        rows.field([1, 2, 3, 3, 4, 4][house.toilet - 1])
        rows.field([1: 1, 2: 2, 3: 2, 4: 3][house.closet ?? 0])
        rows.field([1: 1, 2: 2, 3: 4, 4: 3, 5: 5, 6: 6][house.sewage ?? 0])
    }

    /// From the bits of DTSEN; what only BDT asks is drawn.
    private func writeAssets(
        _ assets: UInt16,
        _ generator: inout SeededGenerator,
        _ rows: inout CSVChunks
    ) {
        func owns(_ bit: Int) -> Bool { assets & 1 << UInt16(bit) != 0 }
        // Gas, fridge, air conditioner, heater, telephone, television, gold, computer, bicycle,
        // motorcycle, car, boat.
        for bit in [0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 10, 11] { rows.field(yesNo(owns(bit))) }
        rows.field(yesNo(owns(12) && generator.happens(0.5)))
        rows.field(yesNo(owns(12)))
        rows.field(2)
        rows.field(yesNo(owns(14)))
        rows.field(owns(14) ? generator.integer(in: 100...2500) : 0)
        rows.field(yesNo(owns(15)))
    }
}
