/// From the families of one desa to rows of the individu file of P3KE, either version.
struct P3KEIndividuWriter: FamilyWriter {
    private let context: AreaContext
    private let words: P3KEWords
    private let places: WrittenPlaces
    private let day: SimulatedDay
    private let province: [UInt8]
    private let kabupaten: [UInt8]

    init(_ context: AreaContext) {
        self.context = context
        words = context.layout == .p3keIndividu1 ? .first : .second
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
        var generator = p3ke.generator
        let nik = family.members.indices.map { writtenNIK($0, family, p3ke, &generator) }
        writeFamily(family, p3ke, id: p3ke.id, nik, &rows)
        guard let repeated = p3ke.repeatedID else { return nik.count }
        writeFamily(family, p3ke, id: repeated, nik, &later)
        return 2 * nik.count
    }

    private struct WrittenNIK {
        let bytes: [UInt8]
        let match: Int
    }

    private func writtenNIK(
        _ position: Int,
        _ family: SimulatedFamily,
        _ p3ke: P3KEFamily,
        _ generator: inout SeededGenerator
    ) -> WrittenNIK {
        if position == 0 {
            return WrittenNIK(bytes: p3ke.headNIK, match: p3ke.headMatch)
        }
        let dirt = context.registry.configuration.identityDirt.drawNIK(from: &generator)
        return WrittenNIK(
            bytes: NIKDirt.bytes(
                of: family.members[position].nik,
                dirt,
                other: family.mistakenNIK(ofMember: position)
            ),
            match: P3KEFamily.match(dirt, &generator)
        )
    }

    private func writeFamily(
        _ family: SimulatedFamily,
        _ p3ke: P3KEFamily,
        id: UInt64,
        _ nik: [WrittenNIK],
        _ rows: inout CSVChunks
    ) {
        let isFirst = words.version == .first
        var place = context.emptyFields
        place.field(id)
        if !isFirst { place.field(day.year) }
        place.field(province)
        place.field(kabupaten)
        place.field(p3ke.place.kecamatan)
        place.field(p3ke.place.desa)
        place.field(p3ke.place.desaCode)
        place.field(p3ke.desil)
        if !isFirst { place.field(family.details.percentile) }
        var shared = context.emptyFields
        shared.programmes(family.details.programmes, words)
        shared.field(words.stunting(of: family, on: day))

        for (position, member) in family.members.enumerated() {
            let isHead = position == 0
            let bytes = nik[position].bytes
            let isRepeated =
                !bytes.isEmpty
                && (p3ke.repeatedID != nil || isHead && p3ke.headDirt == .repeated
                    || nik.indices.contains { $0 != position && nik[$0].bytes == bytes })
            rows.readyFields(place.bytes)
            if !isFirst { rows.field(isRepeated ? words.nikRepeated : words.normal) }
            rows.field(family.address)
            rows.field(
                context.numbers.p3kePerson(
                    // A row of the family's second listing is another individu.
                    id == p3ke.id
                        ? member.index
                        : member.index + context.registry.configuration.keluargaCount * 8
                )
            )
            rows.field(member.name.bytes)
            rows.field(bytes)
            rows.field(words.matches[nik[position].match])
            rows.field(words.sex(isWoman: member.isWoman))
            rows.field(words.relation(member.relation))
            writeLife(member, born: isHead ? p3ke.headBirthDay : member.birthDay, &rows)
            rows.readyFields(shared.bytes)
            rows.endRow()
        }
    }

    private func writeLife(
        _ member: SimulatedMember,
        born: SimulatedDay,
        _ rows: inout CSVChunks
    ) {
        let status = words.maritalStatuses[member.maritalStatus.rawValue - 1]
        let work = words.occupations[member.occupation(on: day).rawValue]
        let school = words.schooling[member.schoolState(on: day).rawValue]
        if words.version == .first {
            rows.field(born.withMidnight)
            rows.field(status)
            rows.field(work)
            rows.field(school)
            let limits = [6, 12, 15, 18, 21, 59]
            let age = member.age(on: day)
            let group = limits.firstIndex { age <= $0 } ?? limits.count
            for flag in 0...limits.count { rows.field(words.yesNo(flag == group)) }
        } else {
            // As the file has it: the year alone, not the birthday.
            let age = max(0, day.year - born.year)
            rows.field(born.iso)
            rows.field(age)
            rows.field(words.ageGroup(age))
            rows.field(status)
            rows.field(work)
            rows.field(words.workStatus(of: member, on: day))
            rows.field(school)
        }
    }
}
