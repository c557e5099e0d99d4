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
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: most + 8) { around in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: counted) { ordered in
                for unit in range {
                    var count = 0
                    for target in weights.rowStarts[unit]..<weights.rowStarts[unit + 1] {
                        around.initializeElement(at: count, to: places[weights.targets[target]])
                        count += 1
                    }
                    var sum = 0.0
                    if count <= counted {
                        order(values, at: around, count, into: ordered)
                        for index in 0..<count { sum += ordered[index] }
                    } else {
                        var long = UnsafeMutableBufferPointer(rebasing: around[..<count])
                        long.sort()
                        for index in 0..<count { sum += values[Int(around[index])] }
                    }
                    sums.initializeElement(at: unit, to: sum)
                }
            }
        }
    }

    /// Up to so many places are put in order by counting.
    private static var counted: Int { 32 }

    /// The values at `count` different places, by ascending place.
    ///
    /// Each place is compared with all, eight at a time: sorting them takes twice as long, since
    /// the processor guesses wrong which is the lower. `places` has room for seven more.
    @inline(__always)
    private static func order(
        _ values: [Double],
        at places: UnsafeMutableBufferPointer<Int32>,
        _ count: Int,
        into ordered: UnsafeMutableBufferPointer<Double>
    ) {
        let end = (count + 7) & ~7
        for index in count..<end { places.initializeElement(at: index, to: .max) }
        let memory = UnsafeRawBufferPointer(places)
        for start in stride(from: 0, to: count, by: 8) {
            let eight = memory.loadUnaligned(fromByteOffset: 4 * start, as: SIMD8<Int32>.self)
            var lower = SIMD8<Int32>.zero
            for index in 0..<count {
                // The sign of the difference.
                lower &-= (SIMD8(repeating: places[index]) &- eight) &>> 31
            }
            for lane in 0..<min(8, count - start) {
                ordered.initializeElement(
                    at: Int(lower[lane]), to: values[Int(places[start + lane])])
            }
        }
    }
}
