/// The counts of a replica by slot: as drawn, or summed over the periods of each interval.
struct ScanNull: Sendable {
    /// Eight replicas side by side.
    typealias Lanes = SIMD8<Int32>

    let draw: ScanNullDraw
    /// How many counts are drawn: one per area, or per area and period.
    let cellCount: Int
    /// Nil for counts that stay as they were drawn.
    let intervals: ScanIntervals?

    func counts(of replica: Int) -> [Int] {
        var cells = [Int](repeating: 0, count: cellCount)
        draw.draw(replica) { cell, cases in cells[cell] = cases }
        return intervals?.sums(cells, adding: +) ?? cells
    }

    /// The counts times `sign` of as many replicas as there are lanes, from `first` on.
    func lanes(from first: Int, sign: Int32) -> [Lanes] {
        var cells = [Lanes](repeating: .zero, count: cellCount)
        for lane in 0..<Lanes.scalarCount {
            draw.draw(first + lane) { cell, cases in cells[cell][lane] = sign * Int32(cases) }
        }
        return intervals?.sums(cells, adding: &+) ?? cells
    }
}

/// The intervals of time of a scan, with a slot for each interval and area.
struct ScanIntervals: Sendable {
    /// Shorter ones first, then earlier ones.
    let ranges: [ClosedRange<Int>]
    let areaCount: Int
    /// For each interval the position of one that is a period shorter, and the period it lacks.
    private let steps: [(shorter: Int?, added: Int)]

    /// All intervals of up to `longest` of `periods` periods, or those that end with the last.
    init(periods: Int, longest: Int, onlyLast: Bool, areaCount: Int) {
        self.areaCount = areaCount
        var ranges: [ClosedRange<Int>] = []
        var steps: [(shorter: Int?, added: Int)] = []
        for length in stride(from: 1, through: longest, by: 1) {
            let starts = (onlyLast ? periods - length : 0)...(periods - length)
            for start in starts {
                let range = start...(start + length - 1)
                if length == 1 {
                    steps.append((nil, start))
                } else if onlyLast {
                    steps.append((ranges.count - 1, start))
                } else {
                    // The one with the same start: shorter intervals number one more.
                    steps.append((ranges.count - starts.count - 1, range.upperBound))
                }
                ranges.append(range)
            }
        }
        self.ranges = ranges
        self.steps = steps
    }

    /// From a value per cell, period after period, to one per slot, interval after interval.
    func sums<Value>(_ cells: [Value], adding: (Value, Value) -> Value) -> [Value] {
        var slots: [Value] = []
        slots.reserveCapacity(ranges.count * areaCount)
        for step in steps {
            for area in 0..<areaCount {
                let cell = cells[step.added * areaCount + area]
                slots.append(
                    step.shorter.map { adding(slots[$0 * areaCount + area], cell) } ?? cell)
            }
        }
        return slots
    }
}
