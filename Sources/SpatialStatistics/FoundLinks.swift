/// Links between units, noted any number of times, which become rows of weights.
///
/// Each thread notes its own; then each thread makes the rows of some units out of all.
struct FoundLinks: Sendable {
    private struct Link: Equatable, Sendable {
        let unit: Int32
        let other: Int32
    }

    /// In both directions, by the share of the units they start from.
    private var links: [[Link]]
    private let unitCount: Int
    private let unitsPerShare: Int32
    private var last = Link(unit: -1, other: -1)

    init(unitCount: Int, shares: Int) {
        links = [[Link]](repeating: [], count: shares)
        self.unitCount = unitCount
        unitsPerShare = Int32(max(1, (unitCount + shares - 1) / shares))
    }

    @inline(__always)
    mutating func note(_ one: Int32, _ other: Int32) {
        let link = Link(unit: one, other: other)
        guard link != last else { return }
        last = link
        links[Int(one / unitsPerShare)].append(link)
        links[Int(other / unitsPerShare)].append(Link(unit: other, other: one))
    }

    /// The weights of all that was found, each link once.
    static func weights(_ found: [FoundLinks], threads: Int) -> SpatialWeights {
        guard let first = found.first else { return SpatialWeights(neighbours: []) }
        let rows = parallelMap(first.links.count, threads: threads) { share in
            Rows(found.map { $0.links[share] }, units: first.units(ofShare: share))
        }
        var rowStarts = [0]
        rowStarts.reserveCapacity(first.unitCount + 1)
        var starts: [Int] = []
        for share in rows {
            starts.append(rowStarts[rowStarts.count - 1])
            for end in share.ends { rowStarts.append(starts[starts.count - 1] + end) }
        }
        let ranges = ParallelRanges(rows.count, threads: threads, least: 1)
        let offsets = starts
        let targets: [Int] = ranges.array(of: rowStarts[rowStarts.count - 1]) { _, range, targets in
            for share in range {
                for (place, target) in rows[share].targets.enumerated() {
                    targets.initializeElement(at: offsets[share] + place, to: Int(target))
                }
            }
        }
        return SpatialWeights(rowStarts: rowStarts, targets: targets)
    }

    private func units(ofShare share: Int) -> Range<Int> {
        let start = min(unitCount, share * Int(unitsPerShare))
        return start..<min(unitCount, start + Int(unitsPerShare))
    }

    /// The neighbours of consecutive units.
    private struct Rows: Sendable {
        /// Ascending for each unit.
        let targets: [Int32]
        /// Where the row of each unit ends in `targets`.
        let ends: [Int]

        init(_ links: [[Link]], units: Range<Int>) {
            var starts = [Int](repeating: 0, count: units.count + 1)
            for part in links {
                for link in part { starts[Int(link.unit) - units.lowerBound + 1] += 1 }
            }
            for row in 0..<units.count { starts[row + 1] += starts[row] }
            var targets = [Int32](repeating: 0, count: starts[units.count])
            var next = starts
            for part in links {
                for link in part {
                    let row = Int(link.unit) - units.lowerBound
                    targets[next[row]] = link.other
                    next[row] += 1
                }
            }
            var ends: [Int] = []
            ends.reserveCapacity(units.count)
            var kept = 0
            targets.withUnsafeMutableBufferPointer { targets in
                for row in 0..<units.count {
                    var listed = UnsafeMutableBufferPointer(
                        rebasing: targets[starts[row]..<starts[row + 1]])
                    listed.sort()
                    let start = kept
                    for target in listed where kept == start || target != targets[kept - 1] {
                        // Never beyond the one just read.
                        targets[kept] = target
                        kept += 1
                    }
                    ends.append(kept)
                }
            }
            self.targets = Array(targets[..<kept])
            self.ends = ends
        }
    }
}
