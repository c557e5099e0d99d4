/// What a member is to the head; the raw value is the code of Regsosek and DTSEN (assumed).
enum FamilyRelation: Int, Sendable {
    case head = 1, spouse, child, childInLaw, grandchild, parent
    case other = 8
}

/// The raw value is the code of Regsosek and DTSEN.
enum MaritalStatus: Int, Sendable {
    case single = 1, married, divorced, widowed
}

/// How far a member has come at school by some day.
enum SchoolState: Int, Sendable {
    case never, primaryUnfinished
    case attendsPrimary, attendsJunior, attendsSenior, attendsHigher
    case finishedPrimary, finishedJunior, finishedSenior, finishedHigher
}

/// The ten kinds of work of P3KE, in their order.
enum Occupation: Int, Sendable {
    case none, farmer, fisher, trader, official, civilServant, employee, selfEmployed, pensioner
    case casual
}

/// An invented member of a family as he or she truly is.
struct SimulatedMember: Sendable {
    /// 16 digits that begin with 99; the birth date in it as in a real one.
    let nik: UInt64
    /// Among all persons of the registry.
    let index: Int
    let name: HeadName
    let birthDay: SimulatedDay
    let relation: FamilyRelation
    let maritalStatus: MaritalStatus
    /// What it comes to in the end: nothing, part of primary, primary, junior, senior, higher.
    let schooling: Int
    /// As an adult.
    let work: Occupation
    /// Status dalam pekerjaan, 1 to 6, when at work.
    let workStatus: Int
    /// Which of the ten functions of DTSEN is hard, from 0.
    let difficulty: Int?
    /// Kind of lasting illness, from 2; 1 is none.
    let illness: Int
    let isPregnant: Bool

    var isWoman: Bool { name.isWoman }

    /// Full years on `day`.
    func age(on day: SimulatedDay) -> Int {
        let hadBirthday = (day.month, day.day) >= (birthDay.month, birthDay.day)
        return day.year - birthDay.year - (hadBirthday ? 0 : 1)
    }

    func schoolState(on day: SimulatedDay) -> SchoolState {
        let age = age(on: day)
        guard age >= 7, schooling > 0 else { return .never }
        if age <= 12 { return .attendsPrimary }
        if schooling == 1 { return .primaryUnfinished }
        let stages = [
            (lastAge: 15, level: 3, SchoolState.attendsJunior),
            (lastAge: 18, level: 4, SchoolState.attendsSenior),
            (lastAge: 22, level: 5, SchoolState.attendsHigher),
        ]
        for (lastAge, level, state) in stages where age <= lastAge {
            return schooling >= level ? state : Self.finished(schooling)
        }
        return Self.finished(schooling)
    }

    private static func finished(_ level: Int) -> SchoolState {
        switch level {
        case 2: .finishedPrimary
        case 3: .finishedJunior
        case 4: .finishedSenior
        default: .finishedHigher
        }
    }

    func occupation(on day: SimulatedDay) -> Occupation {
        let age = age(on: day)
        if age < 16 { return .none }
        switch schoolState(on: day) {
        case .attendsPrimary, .attendsJunior, .attendsSenior, .attendsHigher: return .none
        default: return work == .pensioner && age < 56 ? .civilServant : work
        }
    }
}
