internal import Geospatial

/// What scans of all windows have in common: the observed zones, the replicas and the result.
struct ScanSearch {
    let zones: ScanZones
    let likelihood: ScanLikelihood
    let null: ScanNull
    let options: ScanStatistic.Options
    let threads: Int

    /// The zones to list of `counts` by slot, and what their scores are to be compared with.
    func run(
        counts: [Int],
        sizes: [Int],
        overlapping: ((ScanZones.Found) -> [Int])? = nil
    ) -> (found: [ScanZones.Found], significance: ScanSignificance) {
        let found = zones.clusters(
            of: counts,
            likelihood,
            sizes: sizes,
            atMost: options.maximumClusters ?? .max,
            overlapping: overlapping
        )
        let replicas = ScanReplicas(
            zones: zones, likelihood: likelihood, null: null, threads: threads)
        let significance = ScanSignificance(
            maxima: maxima(replicas, first: found.first?.score ?? 0),
            stop: options.stopAfterReached
        )
        return (found, significance)
    }

    /// The null maxima, cut after the replica that fulfils the sequential stop.
    private func maxima(_ replicas: ScanReplicas, first: Double) -> [Double] {
        guard let stop = options.stopAfterReached else {
            return replicas.maxima(of: 0..<options.replicas)
        }
        // Rounds, so that both cores have work; what a round draws beyond the stop is dropped.
        let round = 256
        var maxima: [Double] = []
        var reached = 0
        for start in stride(from: 0, to: options.replicas, by: round) {
            let end = min(start + round, options.replicas)
            for maximum in replicas.maxima(of: start..<end) {
                maxima.append(maximum)
                if maximum >= first { reached += 1 }
                if reached == stop { return maxima }
            }
        }
        return maxima
    }

    /// A zone in figures; `population` where the likelihood's is not a number of people.
    func cluster(
        _ zone: ScanZones.Found,
        at points: [PlanarPoint],
        _ significance: ScanSignificance,
        population: Int? = nil
    ) -> ScanCluster {
        let expected = likelihood.expectation(population: zone.population)
        let outside =
            Double(likelihood.totalCases - zone.cases) / (Double(likelihood.totalCases) - expected)
        let centre = zone.row % zones.areaCount
        let members = zone.slots.map { $0 % zones.areaCount }
        let distances = members.map { ScanZones.distance(points[centre], points[$0]) }
        let pValue = significance.pValue(of: zone.score)
        return ScanCluster(
            centre: centre,
            radius: distances.max() ?? 0,
            members: members.sorted(),
            cases: zone.cases,
            population: population ?? zone.population,
            expectedCases: expected,
            relativeRisk: Double(zone.cases) / expected / outside,
            logLikelihoodRatio: zone.ratio,
            pValue: pValue.value,
            pValueMethod: pValue.method,
            gumbelPValue: significance.gumbelPValue(of: zone.score)
        )
    }

    func result(
        clusters: [ScanCluster],
        _ significance: ScanSignificance,
        totalPopulation: Int
    ) -> ScanResult {
        ScanResult(
            clusters: clusters,
            zoneCount: zones.count,
            totalCases: likelihood.totalCases,
            totalPopulation: totalPopulation,
            seed: options.seed,
            nullMaxima: significance.maxima
        )
    }
}
