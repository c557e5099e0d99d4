/// The highest ratio of each replica of the map under the null hypothesis.
///
/// Eight replicas walk through the zones together: one vector addition for each place in a zone,
/// and one comparison with the number of cases from which the zone's ratio passes a floor. The
/// floor is below almost every maximum, so that the logarithms are taken for a few zones in a
/// thousand only; a replica that stays below it is computed in full. Results do not depend on
/// the floor.
struct ScanReplicas: Sendable {
    private typealias Lanes = ScanNull.Lanes

    private static let pilots = 16

    private let zones: ScanZones
    private let likelihood: ScanLikelihood
    private let null: ScanNull
    private let threads: Int
    /// For each place in a zone the signed cases from which the ratio is worth computing.
    private let limits: [Int32]

    init(zones: ScanZones, likelihood: ScanLikelihood, null: ScanNull, threads: Int) {
        self.zones = zones
        self.likelihood = likelihood
        self.null = null
        self.threads = threads
        let maxima = parallelMap(Self.pilots, threads: threads) { replica in
            zones.highestRatio(of: null.counts(of: replica), likelihood)
        }
        let floor = 0.85 * (maxima.min() ?? 0)
        let starts = zones.rowStarts
        limits = parallelMap(starts.count - 1, threads: threads) { row in
            (starts[row]..<starts[row + 1]).map { place -> Int32 in
                guard zones.closes[place],
                    let cases = likelihood.nearestCases(
                        population: Int(zones.populations[place]),
                        reaching: floor / zones.factors[row]
                    )
                else { return .max }
                return Int32(likelihood.sign * cases)
            }
        }.flatMap { $0 }
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
        let counts = null.lanes(from: first, sign: sign)
        var maxima = [Double](repeating: 0, count: Lanes.scalarCount)
        counts.withUnsafeBufferPointer { counts in
            zones.slots.withUnsafeBufferPointer { slots in
                limits.withUnsafeBufferPointer { limits in
                    for row in zones.rows {
                        var cases = Lanes.zero
                        for place in zones.rowStarts[row]..<zones.rowStarts[row + 1] {
                            cases &+= counts[Int(slots[place])]
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
                                maxima[lane] = max(maxima[lane], zones.factors[row] * ratio)
                            }
                        }
                    }
                }
            }
        }
        for lane in maxima.indices where maxima[lane] == 0 {
            maxima[lane] = zones.highestRatio(of: null.counts(of: first + lane), likelihood)
        }
        return maxima
    }
}
