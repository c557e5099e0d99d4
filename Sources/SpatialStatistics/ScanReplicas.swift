/// The highest ratio of each replica of the map under the null hypothesis.
///
/// Eight replicas walk through the zones together: one vector addition for each place in a zone,
/// and one comparison with the number of cases from which the zone's ratio passes a floor. The
/// floor is below almost every maximum, so that the logarithms are taken for a few zones in a
/// thousand only; a replica that stays below it is computed in full. Results do not depend on
/// the floor.
struct ScanReplicas: Sendable {
    private typealias Lanes = SIMD8<Int32>

    private static let pilots = 16

    private let zones: ScanZones
    private let likelihood: ScanLikelihood
    private let nullDraw: ScanNullDraw
    private let areaCount: Int
    private let threads: Int
    /// For each place in a zone the signed cases from which the ratio is worth computing.
    private let limits: [Int32]

    init(
        zones: ScanZones,
        likelihood: ScanLikelihood,
        nullDraw: ScanNullDraw,
        areaCount: Int,
        threads: Int
    ) {
        self.zones = zones
        self.likelihood = likelihood
        self.nullDraw = nullDraw
        self.areaCount = areaCount
        self.threads = threads
        let maxima = parallelMap(Self.pilots, threads: threads) { replica in
            zones.highestRatio(
                of: Self.counts(replica, nullDraw, areaCount: areaCount),
                likelihood
            )
        }
        let floor = 0.85 * (maxima.min() ?? 0)
        let starts = zones.centreStarts
        limits = parallelMap(starts.count - 1, threads: threads) { centre in
            (starts[centre]..<starts[centre + 1]).map { place -> Int32 in
                guard zones.closes[place],
                    let cases = likelihood.nearestCases(
                        population: Int(zones.populations[place]),
                        reaching: floor
                    )
                else { return .max }
                return Int32(likelihood.sign * cases)
            }
        }.flatMap { $0 }
    }

    private static func counts(
        _ replica: Int,
        _ nullDraw: ScanNullDraw,
        areaCount: Int
    ) -> [Int] {
        var counts = [Int](repeating: 0, count: areaCount)
        nullDraw.draw(replica) { area, cases in counts[area] = cases }
        return counts
    }

    /// The maxima of some replicas, in their order; the same for any number of threads.
    func maxima(of replicas: Range<Int>) -> [Double] {
        let batches = (replicas.count + Lanes.scalarCount - 1) / Lanes.scalarCount
        let all = parallelMap(batches, threads: threads) { batch in
            maxima(ofBatchFrom: replicas.lowerBound + batch * Lanes.scalarCount)
        }
        return Array(all.joined().prefix(replicas.count))
    }

    private func maxima(ofBatchFrom first: Int) -> [Double] {
        let sign = Int32(likelihood.sign)
        var counts = [Lanes](repeating: .zero, count: areaCount)
        for lane in 0..<Lanes.scalarCount {
            nullDraw.draw(first + lane) { area, cases in
                counts[area][lane] = sign * Int32(cases)
            }
        }
        var maxima = [Double](repeating: 0, count: Lanes.scalarCount)
        counts.withUnsafeBufferPointer { counts in
            zones.areas.withUnsafeBufferPointer { areas in
                limits.withUnsafeBufferPointer { limits in
                    for centre in 0..<(zones.centreStarts.count - 1) {
                        var cases = Lanes.zero
                        for place in zones.centreStarts[centre]..<zones.centreStarts[centre + 1] {
                            cases &+= counts[Int(areas[place])]
                            let limit = limits[place]
                            // `any` is compiled lane by lane; this made the scan 5.5 times as fast.
                            guard cases.max() >= limit else { continue }
                            let reaches = cases .>= limit
                            let population = Int(zones.populations[place])
                            for lane in 0..<Lanes.scalarCount where reaches[lane] {
                                let ratio = likelihood.ratio(
                                    cases: Int(sign * cases[lane]),
                                    population: population
                                )
                                maxima[lane] = max(maxima[lane], ratio)
                            }
                        }
                    }
                }
            }
        }
        for lane in maxima.indices where maxima[lane] == 0 {
            maxima[lane] = zones.highestRatio(
                of: Self.counts(first + lane, nullDraw, areaCount: areaCount),
                likelihood
            )
        }
        return maxima
    }
}
