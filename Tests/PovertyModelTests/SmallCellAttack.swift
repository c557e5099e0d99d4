import PovertyModel

/// What somebody knows who has read every published figure and subtracts.
///
/// Each area has its categories and, as the last entry, its total. The attacker knows that the
/// categories add up to the total and the parts to the whole, and which entries are published.
struct PublishedArea {
    var counts: [Int]
    var isHidden: [Bool]
    var parts: [PublishedArea] = []

    /// The mask of the categories; the total is hidden when it is small or all of them are.
    init(_ counts: [Int], hidden: [Bool], rule: SmallCellRule, parts: [PublishedArea] = []) {
        let total = counts.reduce(0, +)
        let hidesAll = rule.isSmall(total) || !hidden.contains(false)
        self.counts = counts + [total]
        isHidden = hidden.map { $0 || hidesAll } + [hidesAll]
        self.parts = parts
    }
}

/// Gauss elimination over a prime field, to see which unknowns the published figures determine.
///
/// The equations have coefficients of 1 and -1 only, so that a rank modulo a prime this large is
/// the true one.
struct LinearAttack {
    private static let prime = 2_147_483_647
    private var equations: [[Int]] = []
    /// The true value of each unknown, and which entry of its area it is.
    private var unknowns: [(value: Int, entry: Int)] = []

    init(_ area: PublishedArea) {
        var rows: [[(unknown: Int, sign: Int)]] = []
        _ = collect(area, into: &rows)
        equations = rows.map { row in
            var equation = Array(repeating: 0, count: unknowns.count)
            for term in row { equation[term.unknown] += term.sign }
            return equation.map { ($0 + Self.prime) % Self.prime }
        }
    }

    /// The unknowns of an area, one for each of its entries; nil for a published one.
    private mutating func collect(
        _ area: PublishedArea,
        into rows: inout [[(unknown: Int, sign: Int)]]
    ) -> [Int?] {
        let numbers = area.counts.indices.map { entry -> Int? in
            guard area.isHidden[entry] else { return nil }
            unknowns.append((area.counts[entry], entry))
            return unknowns.count - 1
        }
        rows.append(
            numbers.indices.compactMap { entry in
                numbers[entry].map { ($0, entry == numbers.count - 1 ? -1 : 1) }
            })
        let parts = area.parts.map { collect($0, into: &rows) }
        if !parts.isEmpty {
            for entry in numbers.indices {
                rows.append(
                    parts.compactMap { $0[entry].map { ($0, 1) } }
                        + (numbers[entry].map { [($0, -1)] } ?? []))
            }
        }
        return numbers
    }

    /// The true values of the unknowns that have only one solution, `harmless` entries left out.
    func determinedValues(except harmless: Range<Int> = 0..<0) -> [Int] {
        var matrix = equations
        var pivots: [(row: Int, column: Int)] = []
        for column in unknowns.indices {
            let start = pivots.count
            guard let row = matrix[start...].indices.first(where: { matrix[$0][column] != 0 })
            else { continue }
            matrix.swapAt(start, row)
            let inverse = Self.power(matrix[start][column], Self.prime - 2)
            for index in unknowns.indices {
                matrix[start][index] = matrix[start][index] * inverse % Self.prime
            }
            for other in matrix.indices where other != start && matrix[other][column] != 0 {
                let factor = Self.prime - matrix[other][column]
                for index in unknowns.indices where matrix[start][index] != 0 {
                    matrix[other][index] =
                        (matrix[other][index] + factor * matrix[start][index]) % Self.prime
                }
            }
            pivots.append((start, column))
        }
        return pivots.filter { pivot in
            matrix[pivot.row].indices.allSatisfy {
                $0 == pivot.column || matrix[pivot.row][$0] == 0
            }
        }
        .map { unknowns[$0.column] }
        .filter { !harmless.contains($0.entry) }
        .map(\.value)
    }

    private static func power(_ base: Int, _ exponent: Int) -> Int {
        var (result, base, exponent) = (1, base, exponent)
        while exponent > 0 {
            if exponent % 2 == 1 { result = result * base % prime }
            base = base * base % prime
            exponent /= 2
        }
        return result
    }
}

/// The same attacker, who also knows that no count is negative, on one table and its parent.
///
/// With the totals as one more column and the parent as one more row, both with the opposite sign,
/// each line adds up to zero. A hidden entry can change when a closed walk of changes by one leads
/// through it; a count of 0 cannot fall.
struct FlowAttack {
    private let counts: [[Int]]
    private let isHidden: [[Bool]]

    init(_ parent: PublishedArea) {
        let lines = parent.parts + [parent]
        counts = lines.map(\.counts)
        isHidden = lines.map(\.isHidden)
    }

    private var rows: Int { counts.count }

    private func isOpposite(_ row: Int, _ column: Int) -> Bool {
        (row == rows - 1) != (column == counts[0].count - 1)
    }

    private func canChange(_ row: Int, _ column: Int, up: Bool) -> Bool {
        guard isHidden[row][column] else { return false }
        return up != isOpposite(row, column) || counts[row][column] > 0
    }

    /// The hidden values from 1 to `threshold - 1` that have only one possible value, those in
    /// `harmless` columns left out.
    func forcedSmallValues(below threshold: Int, except harmless: Range<Int> = 0..<0) -> [Int] {
        var forced: [Int] = []
        for row in counts.indices {
            for column in counts[row].indices
            where !harmless.contains(column) && isHidden[row][column]
                && (1..<threshold).contains(counts[row][column])
            {
                let canChange =
                    isClosed(row, column, up: true) || isClosed(row, column, up: false)
                if !canChange { forced.append(counts[row][column]) }
            }
        }
        return forced
    }

    /// Whether a change of this entry can be made good elsewhere.
    private func isClosed(_ row: Int, _ column: Int, up: Bool) -> Bool {
        guard canChange(row, column, up: up) else { return false }
        // In a column the next change has the other direction, in a row likewise.
        var reachedRows: Set<Int> = []
        var reachedColumns: Set<Int> = [column]
        var open = [column]
        while let current = open.popLast() {
            for other in counts.indices
            where (other, current) != (row, column) && canChange(other, current, up: !up)
                && reachedRows.insert(other).inserted
            {
                if other == row { return true }
                for next in counts[other].indices
                where (other, next) != (row, column) && canChange(other, next, up: up)
                    && reachedColumns.insert(next).inserted
                {
                    open.append(next)
                }
            }
        }
        return false
    }
}
