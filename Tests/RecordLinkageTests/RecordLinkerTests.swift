import PovertyModel
import Testing

@testable import RecordLinkage

/// Every person here is invented.
@Suite struct RecordLinkerTests {
    private let desa = DesaCode(number: 3_599_012_001)

    private func record(
        nik: UInt64? = nil, card: UInt64? = nil, register: UInt64? = nil,
        _ name: String, _ date: String? = nil
    ) -> LinkRecord {
        LinkRecord(
            headKey: testKey(nik, kind: 1), cardKey: testKey(card, kind: 2),
            registerKey: testKey(register, kind: 3), headName: name,
            birthDate: date.flatMap { CalendarDate($0) }, desa: desa,
            address: "DUSUN KRAJAN RT 001 RW 001")
    }

    private func link(_ first: [LinkRecord], _ second: [LinkRecord]) -> [FamilyLink] {
        RecordLinker().link(first, second).links
    }

    @Test("empty files have no links")
    func empty() {
        #expect(link([], []).isEmpty)
        #expect(link([record(nik: 1, "BUDI REKAMADI")], []).isEmpty)
        #expect(link([], [record(nik: 1, "BUDI REKAMADI")]).isEmpty)
    }

    @Test("records without any value link to nothing")
    func blank() {
        #expect(link([LinkRecord(), LinkRecord()], [LinkRecord(), LinkRecord()]).isEmpty)
    }

    @Test("a NIK in common is one family, whatever the spelling")
    func nik() {
        let links = link(
            [record(nik: 1, "MOH. REKADI"), record(nik: 2, "SITI REKASARI")],
            [record(nik: 3, "AGUS REKATO"), record(nik: 1, "MUHAMMAD REKADIE")])
        #expect(links.count == 1)
        #expect(links.first?.first == 0 && links.first?.second == 1)
        #expect(links.first?.linkClass == .same && links.first?.evidence == .head)
    }

    @Test("a NIK in the row of somebody else is for review")
    func nikOfAnother() {
        let links = link(
            [record(nik: 1, "BUDI REKAMADI", "1970-03-04")],
            [record(nik: 1, "WULAN SUKARTI", "1991-11-25")])
        #expect(links.map(\.evidence) == [.headOfAnotherPerson])
        #expect(links.map(\.linkClass) == [.likely])
    }

    @Test("a No KK with another head is a split family or a new head: for review")
    func split() {
        let links = link(
            [record(nik: 1, card: 9, "BUDI REKAMADI", "1950-03-04")],
            [record(nik: 2, card: 9, "ANWAR SOKATO", "1981-07-15")])
        #expect(links.map(\.evidence) == [.cardWithAnotherHead])
        #expect(links.map(\.linkClass) == [.likely])
    }

    @Test("the head decides between two families with one No KK")
    func headBeforeCard() {
        let father = record(nik: 1, card: 9, "BUDI REKAMADI", "1950-03-04")
        let son = record(nik: 2, card: 9, "ANWAR SOKATO", "1981-07-15")
        let links = link([father], [son, father])
        #expect(links.map(\.second) == [1])
        #expect(links.map(\.evidence) == [.headAndCard])
    }

    @Test("the family of the NIK goes before the family of the No KK")
    func nikBeforeCard() {
        let links = link(
            [record(nik: 1, card: 9, "BUDI REKAMADI", "1950-03-04")],
            [
                record(nik: 2, card: 9, "BUDI REKAMADI", "1950-03-04"),
                record(nik: 1, card: 8, "BUDI REKAMADI", "1950-03-04"),
            ])
        #expect(links.map(\.second) == [1])
    }

    @Test("a No KK with the head's name is one family without a NIK")
    func card() {
        let links = link(
            [record(card: 9, "BUDI REKAMADI")], [record(card: 9, "BUDI REKAMADY, S.PD")])
        #expect(links.map(\.evidence) == [.card])
        #expect(links.map(\.linkClass) == [.same])
    }

    @Test("ID Keluarga and year link like a No KK")
    func register() {
        let links = link(
            [record(register: 5, "BUDI REKAMADI"), record(register: 6, "SITI REKASARI")],
            [record(register: 6, "ANWAR SOKATO"), record(register: 5, "BUDI REKAMADI")])
        #expect(links.map(\.evidence) == [.register, .registerWithAnotherHead])
        #expect(links.map(\.linkClass) == [.same, .likely])
    }

    @Test("a number that stands for none links nobody")
    func placeholder() {
        let first = (0..<20).map { record(nik: 0, "AAAAA\($0)", "19\(50 + $0)-01-02") }
        let second = (0..<20).map { record(nik: 0, "ZZZZZ\($0)", "20\(10 + $0)-11-29") }
        let result = RecordLinker().link(first, second)
        #expect(result.skippedKeys == 1)
        #expect(result.links.isEmpty)
    }

    @Test("of a row that stands twice one is linked")
    func duplicate() {
        let row = record(nik: 1, "BUDI REKAMADI", "1950-03-04")
        #expect(link([row, row], [row]).count == 1)
        #expect(link([row, row], [row, row]).count == 2)
    }

    @Test("key bytes are read high byte first, and 15 are too few")
    func keyBytes() {
        #expect(LinkKey(1...16) == LinkKey(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10))
        #expect(LinkKey(1...15) == nil)
    }

    @Test("quality counts what was linked, what is right and what is missing")
    func quality() {
        func pair(_ first: Int, _ second: Int, _ linkClass: LinkClass) -> FamilyLink {
            FamilyLink(
                first: first, second: second, linkClass: linkClass, evidence: .head, probability: 1)
        }
        let links = [pair(0, 0, .same), pair(1, 2, .same), pair(2, 1, .likely)]
        let same = LinkageQuality(
            links, firstFamilies: [5, 6, 7, 8], secondFamilies: [5, 7, 9, 8])
        #expect(same.precision == 0.5)
        #expect(same.recall == 1.0 / 3)
        let both = LinkageQuality(
            links, classes: [.same, .likely], firstFamilies: [5, 6, 7, 8],
            secondFamilies: [5, 7, 9, 8])
        #expect(both.linked == 3 && both.correct == 2 && both.families == 3 && both.found == 2)
    }
}
