/// The sum of each unit's neighbours, and all values in ascending order.
///
/// Sums are added in the ascending order of their values, so that the rounding is the same
/// whatever the units are called.
struct ObservedSums: Sendable {
    /// Ascending.
    let values: [Double]
    /// The unit at each place of `values`; of equal values the lower unit first.
    let units: [Int32]
    /// For each place of `values` the lowest place of the same value.
    let own: [Int32]
    /// Of each unit; 0 for an isolate.
    let sums: [Double]
    /// Sums that are no farther apart tie: the same values may have been added in another order.
    let tolerance: Double

    /// - Complexity: O(*n* + *w* log *k*), *w* the stored weights.
    init(of given: [Double], weights: SpatialWeights, threads: Int) {
        let order = RadixOrder(given.count, threads: threads) { .init(given[$0], index: $0) }.items
        let ranges = ParallelRanges(given.count, threads: threads)
        let values = ranges.array(of: given.count) { _, range, values in
            for place in range {
                values.initializeElement(at: place, to: given[Int(order[place].index)])
            }
        }
        let places = ranges.array(of: given.count) { _, range, places in
            for place in range {
                places.initializeElement(at: Int(order[place].index), to: Int32(place))
            }
        }
        self.values = values
        units = ranges.array(of: given.count) { _, range, units in
            for place in range {
                units.initializeElement(at: place, to: Int32(order[place].index))
            }
        }
        own = ranges.array(of: given.count) { _, range, own in
            guard var first = range.first else { return }
            while first > 0, values[first - 1] == values[first] { first -= 1 }
            for place in range {
                if values[place] != values[first] { first = place }
                own.initializeElement(at: place, to: Int32(first))
            }
        }
        sums = ranges.array(of: given.count) { _, range, sums in
            Self.add(range, values, places, weights, sums)
        }
        tolerance = 1e-9 * max(abs(values.first ?? 0), abs(values.last ?? 0))
    }

    private static func add(
        _ range: Range<Int>,
        _ values: [Double],
        _ places: [Int32],
        _ weights: SpatialWeights,
        _ sums: UnsafeMutableBufferPointer<Double>
    ) {
        let most = range.reduce(0) { max($0, weights.neighbourCount(of: $1)) }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: most) { around in
            for unit in range {
                var count = 0
                for target in weights.rowStarts[unit]..<weights.rowStarts[unit + 1] {
                    around.initializeElement(at: count, to: places[weights.targets[target]])
                    count += 1
                }
                sortShort(UnsafeMutableBufferPointer(rebasing: around[..<count]))
                var sum = 0.0
                for index in 0..<count { sum += values[Int(around[index])] }
                sums.initializeElement(at: unit, to: sum)
            }
        }
    }

    @inline(__always)
    private static func sortShort(_ places: UnsafeMutableBufferPointer<Int32>) {
        // Insertion costs the square of the length.
        guard places.count <= 32 else {
            var long = places
            return long.sort()
        }
        for index in 1..<max(1, places.count) {
            let place = places[index]
            var hole = index
            while hole > 0, places[hole - 1] > place {
                places[hole] = places[hole - 1]
                hole -= 1
            }
            places[hole] = place
        }
    }
}
