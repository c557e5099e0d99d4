internal import SocialRegistry

/// From poor houses of one desa to rows of the BSPS/RTLH sheet.
///
/// About 3,000 of 387,794 families (assumed). The position is that of the front door with the error
/// of the receiver: a scatter of half the written accuracy.
struct BSPSWriter: FamilyWriter {
    private let context: AreaContext
    private let places: WrittenPlaces

    private static let dirtGroups = [
        RegistryDirt.nameGroup, RegistryDirt.kecamatanGroup, RegistryDirt.positionGroup,
    ]
    /// Of the families of desil 1 to 4 in a house with a poor floor, wall or roof.
    private static let share = 0.023

    init(_ context: AreaContext) {
        self.context = context
        places = WrittenPlaces(context, scheme: .kemendagri)
    }

    func lists(_ keluarga: SimulatedKeluarga) -> Bool {
        let house = keluarga.house
        guard keluarga.desil <= 4, house.floor >= 5 || house.wall >= 2 || house.roof >= 5 else {
            return false
        }
        return context.chooses(keluarga, share: Self.share)
    }

    func write(
        _ family: SimulatedFamily,
        after count: Int,
        _ rows: inout CSVChunks,
        _ later: inout CSVChunks
    ) -> Int {
        var (dirt, generator) = context.dirt(Self.dirtGroups, of: family.keluarga)
        let rates = context.registry.configuration.identityDirt
        let place = places.texts(dirt, &generator)
        let number = count + 1
        rows.field(number)
        rows.field(
            NIKDirt.bytes(
                of: family.head.nik,
                rates.drawNIK(from: &generator),
                other: family.mistakenNIK(ofMember: 0)
            )
        )
        rows.field(family.keluarga.cardNumber)
        rows.field(family.head.name.bytes)
        rows.field(place.kecamatan)
        rows.field(place.desa)
        rows.field(family.address)
        let accuracy = 3 + generator.index(below: 8) + generator.index(below: 15)
        let door = measured(family.keluarga, accuracyMetres: accuracy, &generator)
        let position = context.positions.bytes(of: door, dirt, area: context.area, &generator)
        rows.field(position.y)
        rows.field(position.x)
        rows.field(accuracy)
        let isOtherHouse = generator.happens(0.06)
        let distance =
            isOtherHouse ? generator.integer(in: 50...900) : generator.index(below: 50)
        rows.field(distance)
        for side in ["depan", "dalam"] { rows.field("rtlh_\(side)_\(number).jpg") }
        let meets = !isOtherHouse && generator.happens(0.85)
        rows.field(meets ? BSPSLayout.meetsConditions : BSPSLayout.failsConditions)
        rows.field(
            isOtherHouse
                ? "Jarak ke lokasi usulan 50 m atau lebih" : meets ? "" : "Rumah layak huni"
        )
        rows.endRow()
        return 1
    }

    private func measured(
        _ keluarga: SimulatedKeluarga,
        accuracyMetres: Int,
        _ generator: inout SeededGenerator
    ) -> MicroPosition {
        let door = context.stream.position(of: keluarga)
        let plane = context.registry.sites[context.area].plane
        let (x, y) = generator.normalPair()
        let metres = Double(accuracyMetres) / 2
        let east = x * metres / plane.metresPerDegreeLongitude
        let north = y * metres / LocalPlane.metresPerDegreeLatitude
        return MicroPosition(
            longitude: door.longitude + Int32((east * 1e6).rounded()),
            latitude: door.latitude + Int32((north * 1e6).rounded())
        )
    }
}
