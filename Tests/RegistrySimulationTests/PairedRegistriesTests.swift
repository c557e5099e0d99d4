import PovertyModel
import Testing

@testable import RegistrySimulation

@Suite struct PairedRegistriesTests {
    private func pair(
        _ families: Int = 5_000,
        _ first: PairedLayout = .dtsenWithMembers,
        _ second: PairedLayout = .dtsenWithMembers,
        rates: PairedRates = .usual,
        seed: UInt64 = 11
    ) -> PairedRegistries {
        PairedRegistries(families: families, layouts: (first, second), rates: rates, seed: seed)
    }

    @Test("a seed gives the same rows again, another seed others")
    func seeds() {
        #expect(pair(500).first == pair(500).first)
        #expect(pair(500).second == pair(500).second)
        #expect(pair(500).first != pair(500, seed: 12).first)
    }

    @Test("four in five families are in both, and the order does not tell which")
    func overlap() {
        let made = pair()
        let (first, second) = (Set(made.first.map(\.family)), Set(made.second.map(\.family)))
        #expect(first.count == 5_000)
        #expect(first.intersection(second).count == 4_000)
        let sameRow = zip(made.first, made.second).count { $0.family == $1.family }
        #expect(sameRow < 20)
    }

    @Test("without errors both registries tell the same of a family, but for ID Keluarga")
    func clean() {
        let made = pair(1_000, .p3ke, .p3ke, rates: .none)
        let second = Dictionary(uniqueKeysWithValues: made.second.map { ($0.family, $0) })
        #expect(made.first.count == 1_000 && second.count == 1_000)
        for row in made.first {
            let other = second[row.family]
            #expect(other?.nik == row.nik && other?.headName == row.headName)
            #expect(other?.birthDate == row.birthDate && other?.address == row.address)
            #expect(other?.desa == row.desa && row.desa != nil)
            #expect(other?.registerNumber != row.registerNumber)
        }
        #expect(Set(made.first.map(\.nik)).count == 1_000)
    }

    @Test("numbers begin with 99, a province that does not exist")
    func numbers() {
        let made = pair()
        for row in made.first + made.second {
            for number in [row.nik, row.cardNumber] where number != nil {
                #expect(number! / 100_000_000_000_000 == 99)
            }
            #expect(row.desa.map { $0.number / 1_000_000 == 3599 } ?? true)
        }
    }

    @Test("a layout lacks what its file lacks, and differs in nothing else")
    func layouts() {
        let full = pair(500).first
        let p3ke = pair(500, .p3ke).first
        let families = pair(500, .dtsenFamiliesOnly).first
        #expect(p3ke.allSatisfy { $0.cardNumber == nil && $0.registerNumber != nil })
        #expect(families.allSatisfy { $0.nik == nil && $0.birthDate == nil && $0.isWoman == nil })
        #expect(full.map(\.headName) == p3ke.map(\.headName))
        #expect(full.map(\.address) == families.map(\.address))
        #expect(full.map(\.cardNumber) == families.map(\.cardNumber))
        #expect(full.map(\.birthDate) == p3ke.map(\.birthDate))
    }

    @Test("errors are about as frequent as their rates")
    func rates() {
        let made = pair(20_000)
        let second = Dictionary(made.second.map { ($0.family, $0) }) { first, _ in first }
        let both = made.first.compactMap { row in second[row.family].map { (row, $0) } }
        let usual = PairedRates.usual
        func share(_ isSo: (PairedRow, PairedRow) -> Bool) -> Double {
            Double(both.count { isSo($0.0, $0.1) }) / Double(both.count)
        }
        let missing = Double(made.first.count { $0.nik == nil }) / Double(made.first.count)
        #expect(abs(missing - usual.nikMissing) < 0.006)
        // Wrong in one of two files, or another head.
        let niks = share { $0.nik != nil && $1.nik != nil && $0.nik != $1.nik }
        #expect((0.05...0.09).contains(niks), "\(niks)")
        let dates = share {
            $0.birthDate != nil && $1.birthDate != nil && $0.birthDate != $1.birthDate
        }
        #expect((0.05...0.10).contains(dates), "\(dates)")
        let names = share { $0.headName != $1.headName }
        #expect((0.25...0.50).contains(names), "\(names)")
        let desa = share { $0.desa != nil && $1.desa != nil && $0.desa != $1.desa }
        #expect((0.025...0.05).contains(desa), "\(desa)")
        let split = made.second.count { $0.family >= 24_000 }
        #expect((250...420).contains(split), "\(split)")
    }

    @Test("namesakes in a desa are as frequent as the documentation says")
    func namesakes() {
        let made = pair(23_500, rates: .none)
        let byDesa = Dictionary(grouping: made.first) { $0.desa }
        var (heads, shared) = (0, 0)
        for rows in byDesa.values {
            let counts = Dictionary(grouping: rows, by: \.headName).mapValues(\.count)
            heads += rows.count
            shared += counts.values.filter { $0 > 1 }.reduce(0, +)
        }
        let share = Double(shared) / Double(heads)
        #expect((0.12...0.20).contains(share), "\(share)")
        let most = Dictionary(grouping: made.first, by: \.headName).values.map(\.count).max() ?? 0
        #expect((0.002...0.01).contains(Double(most) / Double(heads)), "\(most) of \(heads)")
    }

    @Test("a wrong number differs in one digit or two neighbours; a wrong date is a date")
    func mistakes() {
        var generator = SeededGenerator(seed: 5)
        let date = CalendarDate("1972-03-15")!
        for _ in 0..<500 {
            let number: UInt64 = 9_912_345_678_901_234
            let wrong = PairedMistakes.number(number, &generator)
            #expect(wrong != number && wrong / 100_000_000_000_000 == 99)
            let differing = zip(String(number), String(wrong)).count { $0 != $1 }
            #expect(differing == 1 || differing == 2)
            #expect(PairedMistakes.date(date, &generator) != date)
        }
    }
}
