internal import PovertyModel

/// From the families of one desa to rows of the anggota set of DTSEN.
///
/// Left out: members whose KTP names another place than the one they live in.
struct DTSENAnggotaWriter: FamilyWriter {
    private let context: AreaContext
    private let places: WrittenPlaces
    private let day: SimulatedDay
    private let usesLabels: Bool
    /// The four columns of province and kabupaten.
    private let provinceFields: [UInt8]

    private static let yes = Array("YA".utf8)

    init(_ context: AreaContext) {
        self.context = context
        places = WrittenPlaces(context, scheme: .bps)
        day = context.layout.day
        usesLabels = context.writing.usesLabels
        let kabupaten = context.plan.desa.code.kecamatan.kabupaten.number
        var province = context.emptyFields
        province.field(kabupaten / 100)
        province.field(context.registry.configuration.provinceName)
        province.field(kabupaten)
        province.field(context.registry.configuration.kabupatenName)
        provinceFields = province.bytes
    }

    func lists(_ keluarga: SimulatedKeluarga) -> Bool { true }

    func write(
        _ family: SimulatedFamily,
        after count: Int,
        _ rows: inout CSVChunks,
        _ later: inout CSVChunks
    ) -> Int {
        let keluarga = family.keluarga
        let rates = context.registry.configuration.identityDirt
        var (dirt, generator) = context.dirt(WrittenPlaces.groups, of: keluarga)
        let cardAddress = cardAddress(of: family, dirt, &generator)
        for (position, member) in family.members.enumerated() {
            let other = family.mistakenNIK(ofMember: position)
            rows.field(
                NIKDirt.bytes(of: member.nik, rates.drawNIK(from: &generator), other: other)
            )
            rows.field(keluarga.cardNumber)
            rows.field(member.name.bytes)
            rows.field(member.birthDay.iso)
            answer(.sex, member.isWoman ? 2 : 1, &rows)
            answer(.relation, member.relation.rawValue, &rows)
            answer(.maritalStatus, member.maritalStatus.rawValue, &rows)
            rows.field(keluarga.isNationalPBI ? Self.yes : [])
            rows.field(keluarga.isLocalPBI ? Self.yes : [])
            writeSchooling(member, &rows)
            writeWork(member, &generator, &rows)
            writeHealth(member, &generator, &rows)
            rows.readyFields(cardAddress)
            rows.endRow()
        }
        return family.members.count
    }

    private func answer(
        _ question: DTSENWords.MemberQuestion,
        _ code: Int?,
        _ rows: inout CSVChunks
    ) {
        rows.field(DTSENWords.bytes(of: question, code, usesLabels: usesLabels))
    }

    private func writeSchooling(_ member: SimulatedMember, _ rows: inout CSVChunks) {
        let age = member.age(on: day)
        guard age >= 5 else {
            for _ in 0..<5 { rows.emptyField() }
            return
        }
        // SD, SMP, SMA and S1 in the lists of levels and of diplomas.
        let (attendance, level, diploma, card): (Int, Int?, Int, Int)
        var grade: Int? = 8
        switch member.schoolState(on: day) {
        case .never:
            (attendance, level, diploma, card) = (1, nil, 23, 1)
            grade = nil
        case .primaryUnfinished:
            (attendance, level, diploma, card) = (3, 3, 23, 2)
            grade = 4
        case .attendsPrimary:
            (attendance, level, diploma, card) = (2, 3, 23, 2)
            grade = age - 6
        case .attendsJunior:
            (attendance, level, diploma, card) = (2, 8, 3, 3)
            grade = age - 12
        case .attendsSenior:
            (attendance, level, diploma, card) = (2, 13, 8, 4)
            grade = age - 15
        case .attendsHigher:
            (attendance, level, diploma, card) = (2, 19, 13, 5)
            grade = age - 18
        // Class 8 stands for finished.
        case .finishedPrimary: (attendance, level, diploma, card) = (3, 3, 3, 3)
        case .finishedJunior: (attendance, level, diploma, card) = (3, 8, 8, 4)
        case .finishedSenior: (attendance, level, diploma, card) = (3, 13, 13, 5)
        case .finishedHigher: (attendance, level, diploma, card) = (3, 19, 19, 8)
        }
        answer(.attendance, attendance, &rows)
        answer(.level, level, &rows)
        rows.field(grade)
        answer(.diploma, diploma, &rows)
        answer(.cardSchooling, card, &rows)
    }

    private func writeWork(
        _ member: SimulatedMember,
        _ generator: inout SeededGenerator,
        _ rows: inout CSVChunks
    ) {
        let work = member.occupation(on: day)
        let age = member.age(on: day)
        let field: Int? =
            switch work {
            case .none, .pensioner: nil
            case .farmer: age % 4 == 0 ? 2 : 1
            case .fisher: 4
            case .trader: 12
            case .official, .civilServant: 20
            case .employee: 8
            case .selfEmployed: 14
            case .casual: 11
            }
        let isAtWork = field != nil
        let hasBusiness = isAtWork && member.workStatus <= 3
        answer(.yesNo, age < 5 ? nil : isAtWork ? 1 : 2, &rows)
        answer(.field, field, &rows)
        answer(.workStatus, isAtWork ? member.workStatus : nil, &rows)
        answer(.yesNo, age < 5 ? nil : hasBusiness ? 1 : 2, &rows)
        guard hasBusiness else {
            for _ in 0..<5 { rows.emptyField() }
            rows.field(DTSENWords.cardWork(member, on: day, usesLabels: usesLabels))
            return
        }
        rows.field(1)
        answer(.field, field, &rows)
        rows.field(member.workStatus == 3 ? generator.integer(in: 1...4) : 0)
        rows.field(member.workStatus == 2 ? generator.integer(in: 1...2) : 0)
        answer(.turnover, generator.index(weighedBy: [70, 20, 6, 4]) + 1, &rows)
        rows.field(DTSENWords.cardWork(member, on: day, usesLabels: usesLabels))
    }

    private func writeHealth(
        _ member: SimulatedMember,
        _ generator: inout SeededGenerator,
        _ rows: inout CSVChunks
    ) {
        let age = member.age(on: day)
        // Nutrition of children under five alone, the ten functions from the age of two.
        let nutrition: Int? = age >= 5 ? nil : generator.index(weighedBy: [4, 12, 84]) + 1
        answer(.nutrition, nutrition, &rows)
        for function in 0..<10 {
            let isSadness = function == 9
            guard age >= 2 else {
                rows.emptyField()
                continue
            }
            let degree = member.difficulty == function ? generator.integer(in: 1...3) : 4
            answer(isSadness ? .sadness : .difficulty, degree, &rows)
        }
        answer(.illness, member.illness, &rows)
    }

    private func cardAddress(
        of family: SimulatedFamily,
        _ dirt: DirtSet,
        _ generator: inout SeededGenerator
    ) -> [UInt8] {
        let place = places.texts(dirt, &generator)
        let address = family.keluarga.address
        var fields = context.emptyFields
        fields.readyFields(provinceFields)
        fields.field(place.kecamatanCode)
        fields.field(place.kecamatan)
        fields.field(place.desaCode)
        fields.field(place.desa)
        for number in [address.rt, address.rw] {
            var text: [UInt8] = []
            text.appendDecimal(UInt64(number), width: 3)
            fields.field(text)
        }
        fields.field(context.registry.sites[context.area].dusun[address.dusun].name)
        fields.field(family.address)
        return fields.bytes
    }
}
