import PovertyModel
import TestSupport
import Testing

struct PublicFiguresTests {
    static func figures(_ cells: [Int]) -> AreaFigures {
        var figures = AreaFigures()
        for (index, count) in cells.enumerated() {
            figures.desil.add(count, desil: Desil(index + 1))
        }
        figures.placedBy = [.code: figures.keluarga]
        return figures
    }

    static func published(
        _ cells: [Int],
        hidden: [Bool]? = nil,
        highest: Int = 1,
        areaKm2: Double = 3
    ) -> PublicFigures {
        PublicFigures(
            figures(cells),
            hiddenCells: hidden ?? cells.map { _ in false },
            extremeBy: ExtremePovertyRuleTests.rule("x", since: "2026-01-01", highest: highest),
            rate: RateEstimate(share: 0.1, lower: 0.051234, upper: 0.204999, exceedance: 0.87654),
            areaKm2: areaKm2,
            smallCells: .standard)
    }

    static let cells = [10, 20, 30, 40, 50, 0, 60, 70, 80, 90, 50]

    @Test("nothing hidden: everything is shown, rounded for people")
    func shown() {
        let published = Self.published(Self.cells)
        #expect(published.keluarga == 500)
        #expect(published.desil == [10, 20, 30, 40, 50, 0, 60, 70, 80, 90])
        #expect(published.extreme == 10)
        #expect(published.extremePercent == 2)
        #expect(published.lowerPercent == 5.12)
        #expect(published.upperPercent == 20.5)
        #expect(published.exceedance == 0.8765)
        #expect(published.keluargaPerKm2 == 166.7)
        #expect(published.extremePerKm2 == 3.3)
        #expect(published.placedPercent[.code] == 100)
        #expect(published.placedPercent.values.reduce(0, +) == 100)
        #expect(!published.isWithheld)
    }

    @Test("a hidden desil takes along every figure of the extreme poor that contains it")
    func extremeHidden() {
        for highest in 1...10 {
            for hiddenCell in 0...10 {
                var hidden = Array(repeating: false, count: 11)
                hidden[hiddenCell] = true
                let published = Self.published(Self.cells, hidden: hidden, highest: highest)
                let isGone = hiddenCell < highest
                #expect((published.extreme == nil) == isGone)
                #expect((published.extremePercent == nil) == isGone)
                #expect((published.lowerPercent == nil) == isGone)
                #expect((published.upperPercent == nil) == isGone)
                #expect((published.exceedance == nil) == isGone)
                #expect((published.extremePerKm2 == nil) == isGone)
                #expect(published.keluarga == 500)
                // Nothing that people see is missing when only the unknown desil are hidden.
                #expect(published.isWithheld == (hiddenCell < 10))
                #expect(published.desil.count { $0 == nil } == (hiddenCell < 10 ? 1 : 0))
            }
        }
    }

    @Test("a small total, or marks only, hide the whole area", arguments: [true, false])
    func wholeHidden(isSmall: Bool) {
        let cells = isSmall ? [0, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0] : Self.cells
        let published = Self.published(cells, hidden: cells.map { _ in !isSmall })
        #expect(published.keluarga == nil)
        #expect(published.desil.allSatisfy { $0 == nil })
        #expect(published.extreme == nil)
        #expect(published.keluargaPerKm2 == nil)
        #expect(published.extremePerKm2 == nil)
        #expect(published.placedPercent.isEmpty)
        #expect(published.isWithheld)
    }

    @Test("under 20 keluarga the count is shown but no share")
    func fewKeluarga() {
        let few = Self.published([6, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(few.extreme == 6)
        #expect(few.extremePercent == nil)
        #expect(few.lowerPercent == nil)
        #expect(few.exceedance == nil)
        #expect(!few.isWithheld)
        #expect(Self.published([6, 14, 0, 0, 0, 0, 0, 0, 0, 0, 0]).extremePercent == 30)
    }

    @Test("an area without keluarga is shown as empty")
    func empty() {
        let published = Self.published(Array(repeating: 0, count: 11))
        #expect(published.keluarga == 0)
        #expect(published.extreme == 0)
        #expect(published.extremePercent == nil)
        #expect(published.placedPercent.isEmpty)
        #expect(!published.isWithheld)
    }

    @Test("a withheld count of extreme poor is no difference of visible figures")
    func consistent() {
        for seed in UInt64(1)...300 {
            var generator = SeededGenerator(seed: seed)
            let table = SmallCellRuleTests.table(
                rows: .random(in: 2...6, using: &generator), columns: 11, &generator)
            let highest = Int.random(in: 1...3, using: &generator)
            let masks = SmallCellRule.standard.hiddenCells(
                of: table, hiddenTotals: table[0].map { _ in false })
            let published = zip(table, masks).map {
                Self.published($0, hidden: $1, highest: highest)
            }
            for area in published {
                let isHidden = area.desil.prefix(highest).contains { $0 == nil }
                #expect((area.extreme == nil) == isHidden, "seed \(seed)")
            }
            // One desa's count cannot be had from the kecamatan's, for a second one lacks it.
            let withheld = published.count { $0.extreme == nil }
            #expect(withheld != 1, "seed \(seed)")
        }
    }

    @Test("what people read is rounded half away from zero")
    func rounding() {
        #expect(Rounding.tenths(0.25) == 0.3)
        #expect(Rounding.tenths(-0.25) == -0.3)
        #expect(Rounding.hundredths(0.125) == 0.13)
        #expect(Rounding.hundredths(12.344) == 12.34)
    }
}
