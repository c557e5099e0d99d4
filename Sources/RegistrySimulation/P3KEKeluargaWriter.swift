/// From the families of one desa to rows of the keluarga file of P3KE, either version.
struct P3KEKeluargaWriter: FamilyWriter {
    private let context: AreaContext
    private let words: P3KEWords
    private let places: WrittenPlaces
    private let day: SimulatedDay
    private let province: [UInt8]
    private let kabupaten: [UInt8]

    init(_ context: AreaContext) {
        self.context = context
        words = context.layout == .p3keKeluarga1 ? .first : .second
        places = WrittenPlaces(context, scheme: .kemendagri)
        day = context.layout.day
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
        let p3ke = P3KEFamily(family, context, version: words.version, places: places)
        writeRow(family, p3ke, id: p3ke.id, number: count + 1, &rows)
        guard let repeated = p3ke.repeatedID else { return 1 }
        writeRow(family, p3ke, id: repeated, number: count + 2, &later)
        return 2
    }

    private func writeRow(
        _ family: SimulatedFamily,
        _ p3ke: P3KEFamily,
        id: UInt64,
        number: Int,
        _ row: inout CSVChunks
    ) {
        let isFirst = words.version == .first
        if isFirst { row.field(number) }
        row.field(id)
        if !isFirst { row.field(day.year) }
        row.field(province)
        row.field(kabupaten)
        row.field(p3ke.place.kecamatan)
        row.field(p3ke.place.desa)
        row.field(p3ke.place.desaCode)
        row.field(p3ke.desil)
        if !isFirst {
            row.field(family.details.percentile)
            row.field(priority(p3ke))
        }
        row.field(family.address)
        writeHead(family.head, p3ke, &row)
        writeHouse(family, p3ke, &row)
        row.programmes(family.details.programmes, words)
        row.field(words.stunting(of: family, on: day))
        row.endRow()
    }

    private func priority(_ p3ke: P3KEFamily) -> [UInt8] {
        if p3ke.repeatedID != nil { return words.familyRepeated }
        if p3ke.headDirt == .missing { return words.nikMissing }
        return p3ke.hasNoAdult ? words.noAdult : words.normal
    }

    private func writeHead(
        _ head: SimulatedMember,
        _ p3ke: P3KEFamily,
        _ row: inout CSVChunks
    ) {
        let isFirst = words.version == .first
        row.field(head.name.bytes)
        row.field(p3ke.headNIK)
        row.field(words.matches[p3ke.headMatch])
        row.field(words.sex(isWoman: head.isWoman))
        row.field(isFirst ? p3ke.headBirthDay.withMidnight : p3ke.headBirthDay.iso)
        if !isFirst { row.field(words.maritalStatuses[head.maritalStatus.rawValue - 1]) }
        row.field(words.occupations[head.occupation(on: day).rawValue])
        if !isFirst { row.field(words.workStatus(of: head, on: day)) }
        row.field(words.schooling[head.schoolState(on: day).rawValue])
    }

    private func writeHouse(
        _ family: SimulatedFamily,
        _ p3ke: P3KEFamily,
        _ row: inout CSVChunks
    ) {
        let house = family.keluarga.house
        let details = family.details
        let isSecond = words.version == .second
        var question = 0
        func answer(_ value: [UInt8], quality: Bool? = nil) {
            row.field(question == p3ke.spoiledAnswer ? words.unknown : value)
            if isSecond, let quality { row.field(quality ? words.good : words.bad) }
            question += 1
        }
        answer(words.ownership(house))
        row.field(words.yesNo(details.hasSavings))
        answer(words.roof(house), quality: details.hasGoodRoof)
        answer(words.wall(house), quality: details.hasGoodWall)
        answer(words.floor(house), quality: details.hasGoodFloor)
        answer(words.light(house))
        if isSecond { row.field(words.power(house)) }
        answer(words.fuel(house))
        answer(words.water(house))
        answer(words.toilet(house))
    }
}
