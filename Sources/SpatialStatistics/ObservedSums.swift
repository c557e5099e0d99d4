/// The sum of each unit's neighbours, and all values in ascending order.
///
/// Sums are added in the ascending order of their values, so that the rounding is the same
/// whatever the units are called.
struct ObservedSums: Sendable {
    /// One of the values in ascending order.
    struct Place: Sendable {
        let value: Double
        let unit: Int32
        /// The lowest place of the same value.
        let own: Int32
    }

    /// By ascending value; of equal values the lower unit first.
    let places: [Place]
    /// Of each unit; 0 for an isolate.
    let sums: [Double]
    /// Sums that are no farther apart tie: the same values may have been added in another order.
    let tolerance: Double

    /// - Complexity: O(*n* + *w* log *k*), *w* the stored weights.
    init(of values: [Double], weights: SpatialWeights, threads: Int) {
        let order = RadixOrder(values.count, threads: threads) {
            .init(values[$0], index: $0)
        }.items
        let ranges = ParallelRanges(values.count, threads: threads)
        let (places, placeOf): ([Place], [Int32]) = ranges.arrays(of: values.count, values.count) {
            _, range, places, placeOf in
            guard var first = range.first else { return }
            while first > 0, order[first - 1].key == order[first].key { first -= 1 }
            for place in range {
                let unit = Int(order[place].index)
                if order[place].key != order[first].key { first = place }
                places.initializeElement(
                    at: place,
                    to: Place(value: values[unit], unit: Int32(unit), own: Int32(first)))
                placeOf.initializeElement(at: unit, to: Int32(place))
            }
        }
        self.places = places
        sums = ranges.array(of: values.count) { _, range, sums in
            Self.add(range, places, placeOf, weights, sums)
        }
        tolerance = 1e-9 * max(abs(places.first?.value ?? 0), abs(places.last?.value ?? 0))
    }

    private static func add(
        _ range: Range<Int>,
        _ places: [Place],
        _ placeOf: [Int32],
        _ weights: SpatialWeights,
        _ sums: UnsafeMutableBufferPointer<Double>
    ) {
        let most = range.reduce(0) { max($0, weights.neighbourCount(of: $1)) }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: most + 8) { around in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: counted) { ordered in
                for unit in range {
                    var count = 0
                    for target in weights.rowStarts[unit]..<weights.rowStarts[unit + 1] {
                        around.initializeElement(at: count, to: placeOf[weights.targets[target]])
                        count += 1
                    }
                    var sum = 0.0
                    if count <= counted {
                        order(places, at: around, count, into: ordered)
                        for index in 0..<count { sum += ordered[index] }
                    } else {
                        var long = UnsafeMutableBufferPointer(rebasing: around[..<count])
                        long.sort()
                        for index in 0..<count { sum += places[Int(around[index])].value }
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
    /// the processor guesses wrong which is the lower. `chosen` has room for seven more.
    @inline(__always)
    private static func order(
        _ places: [Place],
        at chosen: UnsafeMutableBufferPointer<Int32>,
        _ count: Int,
        into ordered: UnsafeMutableBufferPointer<Double>
    ) {
        let end = (count + 7) & ~7
        for index in count..<end { chosen.initializeElement(at: index, to: .max) }
        let memory = UnsafeRawBufferPointer(chosen)
        for start in stride(from: 0, to: count, by: 8) {
            let eight = memory.loadUnaligned(fromByteOffset: 4 * start, as: SIMD8<Int32>.self)
            var lower = SIMD8<Int32>.zero
            for index in 0..<count {
                // The sign of the difference.
                lower &-= (SIMD8(repeating: chosen[index]) &- eight) &>> 31
            }
            for lane in 0..<min(8, count - start) {
                ordered.initializeElement(
                    at: Int(lower[lane]), to: places[Int(chosen[start + lane])].value)
            }
        }
    }
}
