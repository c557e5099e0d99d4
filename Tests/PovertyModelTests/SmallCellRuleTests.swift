import PovertyModel
import TestSupport
import Testing

struct SmallCellRuleTests {
    static let rule = SmallCellRule.standard

    /// Mostly empty to well filled, so that hidden cells are many or few.
    static func table(
        rows: Int,
        columns: Int,
        _ generator: inout SeededGenerator
    ) -> [[Int]] {
        let emptiness = Double.random(in: 0...0.9, using: &generator)
        let highest = [4, 6, 12, 60, 400].randomElement(using: &generator)!
        return (0..<rows).map { _ in
            (0..<columns).map { _ in
                Double.random(in: 0..<1, using: &generator) < emptiness
                    ? 0 : .random(in: 0...highest, using: &generator)
            }
        }
    }

    static func sum(_ table: [[Int]]) -> [Int] {
        table[0].indices.map { column in table.reduce(0) { $0 + $1[column] } }
    }

    /// Which columns are special; every second seed has some, as the aggregation does.
    struct Columns {
        var precious = 0..<0
        var harmless = 0..<0

        init() {}

        init(_ count: Int, seed: UInt64) {
            guard !seed.isMultiple(of: 2) else { return }
            precious = 0..<(count > 3 && seed.isMultiple(of: 3) ? 2 : 1)
            harmless = count - 1..<count
        }

        func mask(_ table: [[Int]], under hiddenTotals: [Bool]? = nil) -> [[Bool]] {
            rule.hiddenCells(
                of: table, hiddenTotals: hiddenTotals ?? table[0].map { _ in false },
                precious: precious, harmless: harmless)
        }
    }

    /// A parent with its parts, masked from the top.
    static func published(_ table: [[Int]], _ columns: Columns = Columns()) -> PublishedArea {
        let sums = sum(table)
        let top = columns.mask([sums])[0]
        return PublishedArea(
            sums, hidden: top, rule: rule,
            parts: zip(table, columns.mask(table, under: top)).map {
                PublishedArea($0, hidden: $1, rule: rule)
            })
    }

    /// Three levels: the kabupaten, its kecamatan, their desa.
    static func published(_ tables: [[[Int]]], _ columns: Columns) -> PublishedArea {
        let sums = tables.map(sum)
        let whole = sum(sums)
        let top = columns.mask([whole])[0]
        let parts = zip(zip(tables, sums), columns.mask(sums, under: top)).map { pair, mask in
            PublishedArea(
                pair.1, hidden: mask, rule: rule,
                parts: zip(pair.0, columns.mask(pair.0, under: mask)).map {
                    PublishedArea($0, hidden: $1, rule: rule)
                })
        }
        return PublishedArea(whole, hidden: top, rule: rule, parts: parts)
    }

    @Test("a table without small counts stays whole")
    func nothingToHide() {
        let table = [[5, 0, 100], [0, 7, 9], [12, 5, 0]]
        let mask = Self.rule.hiddenCells(of: table, hiddenTotals: [false, false, false])
        #expect(!mask.joined().contains(true))
    }

    @Test("one small count takes the cheapest rectangle with it")
    func rectangle() {
        let table = [[3, 40, 90], [50, 60, 70], [80, 20, 99]]
        let mask = Self.rule.hiddenCells(of: table, hiddenTotals: [false, false, false])
        // 40 + 80 + 20 costs less than 40 + 50 + 60 and the others.
        #expect(mask == [[true, true, false], [false, false, false], [true, true, false]])
    }

    @Test("an empty cell hides nothing, so that a filled one is taken")
    func emptyCells() {
        let table = [[3, 0, 90], [50, 0, 70], [80, 0, 99]]
        let mask = Self.rule.hiddenCells(of: table, hiddenTotals: [false, false, false])
        #expect(mask.map { $0[1] } == [false, false, false])
        #expect(mask.map { $0[0] } == [true, true, false])
    }

    @Test("a precious column is hidden last, a harmless one only behind others")
    func preciousAndHarmless() {
        let table = [[9, 3, 40, 2], [8, 50, 60, 70], [7, 80, 20, 99]]
        let none = [false, false, false, false]
        let mask = Self.rule.hiddenCells(
            of: table, hiddenTotals: none, precious: 0..<1, harmless: 3..<4)
        #expect(mask.map { $0[0] } == [false, false, false])
        #expect(mask[0][1])
        let harmless = Self.rule.hiddenCells(
            of: [[9, 2], [8, 70]], hiddenTotals: [false, false],
            harmless: 1..<2)
        #expect(!harmless.joined().contains(true))
        let only = Self.rule.hiddenCells(
            of: [[9, 3], [8, 70]], hiddenTotals: [false, false],
            precious: 0..<1)
        #expect(only == [[true, true], [true, true]])
    }

    @Test("a table in which only 0 stands behind a small count is hidden further")
    func emptyCellsBehind() {
        // Rows and columns of hidden counts reached 5, yet 4 and 2 had only one solution.
        let table = [
            [0, 7, 4, 0], [8, 0, 2, 0], [0, 0, 0, 0], [12, 0, 0, 0], [0, 0, 0, 8], [0, 0, 0, 0],
            [0, 0, 0, 10], [0, 0, 0, 2],
        ]
        #expect(FlowAttack(Self.published(table)).forcedSmallValues(below: 5).isEmpty)
    }

    @Test("only 1 to one below the threshold is small")
    func smallness() {
        #expect((-1...6).filter(Self.rule.isSmall) == [1, 2, 3, 4])
        #expect(!(0...9).contains(where: SmallCellRule(threshold: 1).isSmall))
    }

    @Test("no small count is visible, neither in a cell nor as a total")
    func noneVisible() {
        for seed in UInt64(1)...600 {
            var generator = SeededGenerator(seed: seed)
            let count = Int.random(in: 2...11, using: &generator)
            let columns = Columns(count, seed: seed)
            let area = Self.published(
                Self.table(
                    rows: .random(in: 1...9, using: &generator), columns: count, &generator),
                columns)
            for line in area.parts + [area] {
                for entry in line.counts.indices where !columns.harmless.contains(entry) {
                    let isSmall = Self.rule.isSmall(line.counts[entry])
                    #expect(line.isHidden[entry] || !isSmall, "seed \(seed)")
                }
            }
        }
    }

    @Test("subtracting published figures of one table determines no small count")
    func linearAttack() {
        for seed in UInt64(1)...400 {
            var generator = SeededGenerator(seed: seed)
            let count = Int.random(in: 2...7, using: &generator)
            let columns = Columns(count, seed: seed)
            let table = Self.table(
                rows: .random(in: 1...7, using: &generator), columns: count, &generator)
            let attack = LinearAttack(Self.published(table, columns))
            let determined = attack.determinedValues(except: columns.harmless)
            #expect(!determined.contains(where: Self.rule.isSmall), "seed \(seed): \(table)")
            // A total that is hidden only because all its cells are may be determined.
            let cells = attack.determinedValues(except: count..<count + 1)
            #expect(cells.isEmpty, "seed \(seed): \(table)")
        }
    }

    @Test("nor does it when one knows that no count is negative")
    func flowAttack() {
        for seed in UInt64(1)...4_000 {
            var generator = SeededGenerator(seed: seed)
            let count = Int.random(in: 2...8, using: &generator)
            let columns = Columns(count, seed: seed)
            let table = Self.table(
                rows: .random(in: 1...8, using: &generator), columns: count, &generator)
            let forced = FlowAttack(Self.published(table, columns))
                .forcedSmallValues(below: 5, except: columns.harmless)
            #expect(forced.isEmpty, "seed \(seed): \(table)")
        }
    }

    @Test("subtracting across desa, kecamatan and kabupaten determines no small count")
    func hierarchyAttack() {
        for seed in UInt64(1)...200 {
            var generator = SeededGenerator(seed: seed)
            let count = Int.random(in: 2...5, using: &generator)
            let columns = Columns(count, seed: seed)
            let tables = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                Self.table(
                    rows: .random(in: 1...5, using: &generator), columns: count, &generator)
            }
            let determined = LinearAttack(Self.published(tables, columns))
                .determinedValues(except: columns.harmless)
            #expect(!determined.contains(where: Self.rule.isSmall), "seed \(seed): \(tables)")
        }
    }

    @Test("the attack finds what plain hiding of small cells gives away")
    func attackIsSharp() {
        let table = [[3, 40, 90], [50, 60, 70]]
        let parts = table.map {
            PublishedArea($0, hidden: $0.map(Self.rule.isSmall), rule: Self.rule)
        }
        let area = PublishedArea(
            Self.sum(table), hidden: [false, false, false], rule: Self.rule, parts: parts)
        #expect(LinearAttack(area).determinedValues() == [3])
        #expect(FlowAttack(area).forcedSmallValues(below: 5) == [3])
    }

    @Test("desa do not add up to a count that their kecamatan hides")
    func hiddenTotalStaysHidden() {
        let table = [[10, 20, 30], [40, 50, 60]]
        let mask = Self.rule.hiddenCells(of: table, hiddenTotals: [true, true, false])
        for column in 0...1 { #expect(mask.contains { $0[column] }) }
    }

    @Test("a desa with a small total does not stand alone")
    func smallTotals() {
        let table = [[3, 0, 0], [50, 60, 70], [80, 20, 99]]
        let mask = Self.rule.hiddenCells(of: table, hiddenTotals: [false, false, false])
        // 180 keluarga are fewer than 199.
        #expect(mask[0] == [true, true, true])
        #expect(mask[1] == [true, true, true])
        #expect(mask[2].contains(false))
    }

    @Test("the hidden counts of a line reach the threshold, or all of the line is hidden")
    func remainders() {
        for seed in UInt64(1)...400 {
            var generator = SeededGenerator(seed: seed)
            let table = Self.table(
                rows: .random(in: 2...9, using: &generator),
                columns: .random(in: 2...11, using: &generator), &generator)
            let mask = Self.rule.hiddenCells(
                of: table, hiddenTotals: table[0].map { _ in false })
            let lines =
                zip(table, mask).map { Array(zip($0, $1)) }
                + table[0].indices.map { column in
                    table.indices.map { (table[$0][column], mask[$0][column]) }
                }
            for line in lines {
                let hidden = line.filter(\.1).map(\.0)
                let isSafe =
                    hidden.isEmpty || hidden.count == line.count
                    || (hidden.count > 1 && hidden.reduce(0, +) >= 5)
                #expect(isSafe, "seed \(seed): \(table)")
            }
        }
    }

    @Test("a single row comes out as its parent")
    func singleRow() {
        for seed in UInt64(1)...200 {
            var generator = SeededGenerator(seed: seed)
            let table = Self.table(
                rows: .random(in: 2...6, using: &generator), columns: 11, &generator)
            let masks = Self.rule.hiddenCells(of: table, hiddenTotals: table[0].map { _ in false })
            for (row, mask) in zip(table, masks) {
                #expect(
                    Self.rule.hiddenCells(of: [row], hiddenTotals: mask) == [mask], "seed \(seed)")
            }
        }
    }

    @Test("a table without rows has no marks, one column is completed like a total")
    func degenerate() {
        #expect(Self.rule.hiddenCells(of: [], hiddenTotals: [false, false]).isEmpty)
        let column = Self.rule.hiddenCells(of: [[3], [70], [9]], hiddenTotals: [false])
        #expect(column == [[true], [false], [true]])
    }

    @Test(
        "the largest kecamatan of a sparse register is masked without end neither in time nor in cells"
    )
    func terminates() {
        for seed in UInt64(1)...5 {
            var generator = SeededGenerator(seed: seed)
            let table = Self.table(rows: 24, columns: 11, &generator)
            let mask = Self.rule.hiddenCells(of: table, hiddenTotals: table[0].map { _ in false })
            #expect(mask.count == 24, "seed \(seed)")
        }
    }
}
