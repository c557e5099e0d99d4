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

    /// What one of them has around it.
    struct Sum: Sendable {
        let value: Double
        /// How many neighbours it is the sum of.
        let neighbours: Int32
    }

    /// By ascending value; of equal values the lower unit first.
    let places: [Place]
    /// Of the unit at each of `places`.
    let sums: [Sum]
    /// Sums that are no farther apart tie: the same values may have been added in another order.
    let tolerance: Double

    /// - Complexity: O(*n* + *w* log *k*), *w* the stored weights.
    init(of values: [Double], weights: SpatialWeights, threads: Int, team: WorkTeam? = nil) {
        let order = RadixOrder(Values(values: values), threads: threads, team: team).items
        let ranges = ParallelRanges(values.count, threads: threads, team: team)
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
            Self.add(range, values, placeOf, weights, sums)
        }
        tolerance = 1e-9 * max(abs(places.first?.value ?? 0), abs(places.last?.value ?? 0))
    }

    private struct Values: RadixOrder.Source {
        let values: [Double]

        var count: Int { values.count }

        @inline(__always)
        func item(_ index: Int) -> RadixOrder.Item { .init(values[index], index: index) }
    }

    private static func add(
        _ range: Range<Int>,
        _ values: [Double],
        _ placeOf: [Int32],
        _ weights: SpatialWeights,
        _ sums: UnsafeMutableBufferPointer<Sum>
    ) {
        let most = range.reduce(0) { max($0, weights.neighbourCount(of: $1)) }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: counted) { places in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: max(most, counted)) { around in
                for unit in range {
                    let row = weights.rowStarts[unit]..<weights.rowStarts[unit + 1]
                    if row.count <= counted {
                        order(values, of: weights.targets, row, by: placeOf, places, into: around)
                    } else {
                        order(values, of: weights.targets, row, by: placeOf, into: around)
                    }
                    var sum = 0.0
                    for index in 0..<row.count { sum += around[index] }
                    sums.initializeElement(
                        at: Int(placeOf[unit]),
                        to: Sum(value: sum, neighbours: Int32(row.count)))
                }
            }
        }
    }

    /// Up to so many neighbours are put in order by counting.
    private static var counted: Int { 32 }

    /// The values of the `targets` in `row`, at most `counted`, by ascending place.
    ///
    /// Each place is compared with all, eight at a time: sorting them takes twice as long, since
    /// the processor guesses wrong which is the lower.
    @inline(__always)
    private static func order(
        _ values: [Double],
        of targets: [Int],
        _ row: Range<Int>,
        by placeOf: [Int32],
        _ places: UnsafeMutableBufferPointer<Int32>,
        into around: UnsafeMutableBufferPointer<Double>
    ) {
        let count = row.count
        for index in 0..<count {
            places.initializeElement(at: index, to: placeOf[targets[row.lowerBound + index]])
        }
        for index in count..<(count + 7) & ~7 { places.initializeElement(at: index, to: .max) }
        let memory = UnsafeRawBufferPointer(places)
        for start in stride(from: 0, to: count, by: 8) {
            let eight = memory.loadUnaligned(fromByteOffset: 4 * start, as: SIMD8<Int32>.self)
            var lower = SIMD8<Int32>.zero
            for index in 0..<count {
                // The sign of the difference.
                lower &-= (SIMD8(repeating: places[index]) &- eight) &>> 31
            }
            for lane in 0..<min(8, count - start) {
                around.initializeElement(
                    at: Int(lower[lane]), to: values[targets[row.lowerBound + start + lane]])
            }
        }
    }

    /// The same for any number of them.
    private static func order(
        _ values: [Double],
        of targets: [Int],
        _ row: Range<Int>,
        by placeOf: [Int32],
        into around: UnsafeMutableBufferPointer<Double>
    ) {
        let sorted = targets[row].sorted { placeOf[$0] < placeOf[$1] }
        for (index, target) in sorted.enumerated() {
            around.initializeElement(at: index, to: values[target])
        }
    }
}
