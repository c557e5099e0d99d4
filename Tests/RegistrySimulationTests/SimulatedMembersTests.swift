import Testing

@testable import RegistrySimulation

@Suite struct SimulatedMembersTests {
    private struct Family {
        let keluarga: SimulatedKeluarga
        let members: [SimulatedMember]
    }

    private static let families: [Family] = {
        let registry = WrittenLayouts.clean.registry
        return registry.plan.indices.flatMap { area in
            let membership = SimulatedMembers(registry, area: area)
            return KeluargaStream(registry, area: area).map {
                Family(keluarga: $0, members: membership.members(of: $0))
            }
        }
    }()
    private static let today = SimulatedDay(year: 2026, month: 2, day: 1)

    @Test("a family has its number of members, the head of the keluarga row first and alone")
    func heads() {
        for family in Self.families {
            #expect(family.members.count == family.keluarga.memberCount)
            let head = family.members[0]
            #expect(head.name.bytes == family.keluarga.head.bytes)
            #expect(family.members.map(\.relation).filter { $0 == .head }.count == 1)
            #expect(head.relation == .head)
            #expect((17...100).contains(head.age(on: SimulatedLayout.bdt.day)))
        }
    }

    @Test("no two persons have the same NIK, and it holds the birth date and the sex")
    func nik() throws {
        let members = Self.families.flatMap(\.members)
        #expect(Set(members.map(\.nik)).count == members.count)
        #expect(Set(members.map(\.index)).count == members.count)
        for member in members {
            let read = try #require(ReadNIK(String(member.nik)))
            #expect(read.isWoman == member.isWoman)
            #expect(read.birthDate == String(decoding: member.birthDay.iso, as: UTF8.self))
            #expect(member.nik % 10_000 > 0)
        }
    }

    @Test("NIK differ for any two numbers of persons, to the last of the published size")
    func nikSeries() {
        let numbers = CardNumbers(seed: 3)
        let count = 388_000 * 8
        var seen = Set<UInt64>(minimumCapacity: 200_000)
        for index in stride(from: 0, to: count, by: 17) {
            seen.insert(numbers.nik(index, birthDate: 010190))
        }
        #expect(seen.count == (count + 16) / 17)
        #expect(numbers.nik(0, birthDate: 410190) / 10_000 % 1_000_000 == 410190)
    }

    @Test("kinship makes sense: spouses of the other sex, children younger than their parents")
    func kinship() {
        for family in Self.families {
            let head = family.members[0]
            let spouses = family.members.filter { $0.relation == .spouse }
            #expect(spouses.count == (head.maritalStatus == .married ? 1 : 0))
            for spouse in spouses {
                #expect(spouse.isWoman != head.isWoman && spouse.maritalStatus == .married)
            }
            let mother = spouses.first ?? head
            for member in family.members {
                let years = member.birthDay.year - mother.birthDay.year
                switch member.relation {
                case .child: #expect((18...60).contains(years), "\(years)")
                case .grandchild: #expect(years >= 36, "\(years)")
                case .parent: #expect(member.birthDay.year < head.birthDay.year - 15)
                default: break
                }
                if member.age(on: Self.today) < 18 { #expect(member.maritalStatus == .single) }
            }
        }
    }

    @Test("children are at school, adults at work, and nobody has finished before the age")
    func school() {
        for member in Self.families.flatMap(\.members) {
            let age = member.age(on: Self.today)
            let state = member.schoolState(on: Self.today)
            let work = member.occupation(on: Self.today)
            if age < 7 { #expect(state == .never) }
            if (7...12).contains(age) { #expect(state == .attendsPrimary || state == .never) }
            if age > 22 {
                #expect(![.attendsPrimary, .attendsJunior, .attendsSenior].contains(state))
                #expect(state != .attendsHigher)
            }
            if age < 16 || state == .attendsSenior { #expect(work == .none) }
            if work == .pensioner { #expect(age >= 56) }
        }
    }

    @Test("half the persons are women, a quarter are children, some are old")
    func population() {
        let members = Self.families.flatMap(\.members)
        let count = Double(members.count)
        func share(_ isCounted: (SimulatedMember) -> Bool) -> Double {
            Double(members.filter(isCounted).count) / count
        }
        #expect((0.46...0.56).contains(share(\.isWoman)))
        #expect((0.15...0.33).contains(share { $0.age(on: Self.today) < 15 }))
        #expect((0.06...0.20).contains(share { $0.age(on: Self.today) >= 60 }))
        #expect((0.005...0.04).contains(share { $0.difficulty != nil }))
    }

    @Test("ages change on the birthday")
    func birthday() {
        let member = Self.families[0].members[0]
        let born = member.birthDay
        func age(_ month: Int, _ day: Int) -> Int {
            member.age(on: SimulatedDay(year: born.year + 30, month: month, day: day))
        }
        #expect(age(born.month, born.day) == 30)
        #expect(age(12, 31) == 30)
        if born.day > 1 { #expect(age(born.month, born.day - 1) == 29) }
        let text = SimulatedDay(year: 1987, month: 3, day: 9)
        #expect(String(decoding: text.iso, as: UTF8.self) == "1987-03-09")
        #expect(String(decoding: text.withMidnight, as: UTF8.self) == "9/3/1987 0:00:00")
    }
}
