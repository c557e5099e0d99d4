internal import PovertyModel

/// From the families of desil 1 to 4 of one desa to rows of the person list of DTKS.
///
/// The values of most columns are assumed; `id_kec` and `id_desa` are taken to be BPS codes.
struct DTKSWriter: FamilyWriter {
    private let context: AreaContext
    private let places: WrittenPlaces
    private let province: [UInt8]
    private let kabupaten: [UInt8]

    private static let dirtGroups = WrittenPlaces.groups
    private static let disability = Array(#"{"jenis":"fisik","tingkat":"sedang"}"#.utf8)
    private static let period = Array("2024-06".utf8)
    private static let yes = Array("YA".utf8)
    private static let no = Array("TIDAK".utf8)
    private static let alive = Array("Masih Hidup".utf8)
    private static let dead = Array("Meninggal".utf8)
    private static let releases = ["2021-01", "2021-10", "2022-05", "2023-08"].map {
        Array($0.utf8)
    }
    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    init(_ context: AreaContext) {
        self.context = context
        places = WrittenPlaces(context, scheme: .bps)
        province = Array(context.registry.configuration.provinceName.utf8)
        kabupaten = Array(context.registry.configuration.kabupatenName.utf8)
    }

    func lists(_ keluarga: SimulatedKeluarga) -> Bool { keluarga.desil <= 4 }

    func write(
        _ family: SimulatedFamily,
        after count: Int,
        _ rows: inout CSVChunks,
        _ later: inout CSVChunks
    ) -> Int {
        let rates = context.registry.configuration.identityDirt
        var (dirt, generator) = context.dirt(Self.dirtGroups, of: family.keluarga)
        let place = places.texts(dirt, &generator)
        var placeFields = context.emptyFields
        placeFields.field(province)
        placeFields.field(kabupaten)
        placeFields.field(place.kecamatan)
        placeFields.field(place.desa)
        placeFields.field(province)
        placeFields.field(kabupaten)
        placeFields.field(place.kecamatanCode)
        placeFields.field(place.desaCode)
        placeFields.field(family.address)
        let release = Self.releases[generator.index(below: Self.releases.count)]
        for (position, member) in family.members.enumerated() {
            let other = family.mistakenNIK(ofMember: position)
            rows.readyFields(placeFields.bytes)
            rows.field(
                NIKDirt.bytes(of: member.nik, rates.drawNIK(from: &generator), other: other)
            )
            rows.field(family.keluarga.cardNumber)
            rows.field(member.name.bytes)
            rows.field(Self.identifier(&generator))
            rows.field(release)
            rows.field(context.numbers.p3kePerson(member.index))
            rows.field(count + position + 1)
            writeProgrammes(family, isHead: position == 0, &generator, &rows)
            writeState(member, &generator, &rows)
            rows.endRow()
        }
        return family.members.count
    }

    /// Twelve of them have a period beside it; BLT and the like are given to the head.
    private func writeProgrammes(
        _ family: SimulatedFamily,
        isHead: Bool,
        _ generator: inout SeededGenerator,
        _ rows: inout CSVChunks
    ) {
        let programmes = family.details.programmes
        rows.field(generator.happens(0.004) ? Self.yes : Self.no)
        let gets: [Bool] = [
            isHead && generator.happens(0.12),
            isHead && programmes.contains(.sembako),
            isHead && programmes.contains(.bpnt) && programmes.contains(.bst),
            isHead && programmes.contains(.bpnt),
            isHead && programmes.contains(.bst),
            family.keluarga.isNationalPBI,
            isHead && generator.happens(0.005),
            isHead && generator.happens(0.004),
            isHead && programmes.contains(.pkh),
            isHead && generator.happens(0.002),
            isHead && generator.happens(0.02),
            isHead && generator.happens(0.002),
        ]
        for gets in gets {
            rows.field(gets ? Self.yes : Self.no)
            rows.field(gets ? Self.period : [])
        }
    }

    private func writeState(
        _ member: SimulatedMember,
        _ generator: inout SeededGenerator,
        _ rows: inout CSVChunks
    ) {
        let isDead = generator.happens(0.01)
        let isInactive = generator.happens(0.01)
        rows.field(member.isPregnant ? 1 : 0)
        rows.field(member.difficulty != nil ? Self.disability : [])
        rows.field(isDead ? Self.dead : [])
        rows.field(isDead ? Self.dead : Self.alive)
        rows.field(context.layout.day.iso)
        rows.field(isInactive ? 1 : 0)
        rows.emptyField()
    }

    /// 32 hexadecimal digits.
    private static func identifier(_ generator: inout SeededGenerator) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(32)
        for _ in 0..<2 {
            var bits = generator.next()
            for _ in 0..<16 {
                text.append(hexDigits[Int(bits & 15)])
                bits >>= 4
            }
        }
        return text
    }
}
