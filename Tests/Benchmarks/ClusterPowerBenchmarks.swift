internal import Foundation
internal import Geospatial
internal import PovertyModel
internal import RegistrySimulation
internal import SpatialStatistics

/// What each test of the house finds of planted clusters, and what it makes of maps without any.
///
/// The table of README's chapter on hotspots. Planted: the counts of 40 simulated registers (three
/// clusters of 12 desa at three times the background risk). Null: the same sizes of desa and a
/// risk that is equal everywhere, or varies by a lognormal factor without pattern.
enum ClusterPowerBenchmarks {
    private static let plantedMaps: ClosedRange<UInt64> = 1...40
    private static let nullMaps: UInt64 = 400

    static func run(_ report: (String) -> Void) throws {
        let areas = try simulationAreas()
        let weights = ContiguityWeights.queen(areas.map(\.geometry))
        let points = try planarPoints(areas)
        let registers = plantedMaps.map { seed in
            CountMap(SimulatedRegistry(areas: areas, seed: seed))
        }
        for test in ClusterTest.allCases {
            let shown = registers.map { test.shown(on: $0, weights, points) }
            report("  \(test.rawValue)")
            report("    planted: " + planted(zip(registers, shown), weights))
            for variation in [0, 0.15, 0.3] {
                let maps = (1...nullMaps).map { seed in
                    let like = registers[Int(seed) % registers.count]
                    return CountMap(sizes: like.population, variation: variation, seed: seed)
                }
                let shown = maps.map { test.shown(on: $0, weights, points) }
                report("    null, sd \(variation): " + null(zip(maps, shown)))
            }
        }
    }

    private static func planted(
        _ outcomes: some Sequence<(CountMap, Shown)>,
        _ weights: SpatialWeights
    ) -> String {
        var (planted, found, ring, maps) = (0, 0, 0, 0)
        var falseShare = 0.0
        for (map, shown) in outcomes {
            let strays = shown.high.subtracting(map.planted)
            planted += map.planted.count
            found += shown.high.intersection(map.planted).count
            ring += strays.count {
                weights.neighbours(of: $0).contains(where: map.planted.contains)
            }
            falseShare += Double(strays.count) / Double(max(1, shown.high.count))
            maps += 1
        }
        return "found \(percent(Double(found) / Double(planted))), "
            + "false \(percent(falseShare / Double(maps))) (goal: 80 and 10 %), "
            + "of them next to a cluster \((Double(ring) / Double(maps)).short) desa a map"
    }

    private static func null(_ outcomes: some Sequence<(CountMap, Shown)>) -> String {
        var (maps, falseMaps) = (0, 0)
        var all = Share()
        var small = Share()
        for (map, shown) in outcomes {
            maps += 1
            falseMaps += shown.isEmpty ? 0 : 1
            let quarter = map.population.sorted()[map.population.count / 4]
            for (p, population) in zip(shown.pValues, map.population) where !p.isNaN {
                all.count(p <= 0.05)
                if population < quarter { small.count(p <= 0.05) }
            }
        }
        let share = "maps with a false spot \(percent(Double(falseMaps) / Double(maps)))"
        guard all.total > 0 else { return share + " (goal: at most 6 %)" }
        return share + ", p below 5 %: \(percent(all.value)), "
            + "in the smallest quarter \(percent(small.value))"
    }

    private static func percent(_ share: Double) -> String {
        "\((share * 1000).rounded() / 10) %"
    }

    /// The desa of `geodata/`, as the simulation wants them.
    private static func simulationAreas() throws -> [SimulationArea] {
        let geodata = URL(fileURLWithPath: BenchmarkPlace.geodata)
        var labels: [Substring: Coordinate] = [:]
        let lines = try String(
            contentsOf: geodata.appendingPathComponent("gazetteer.csv"), encoding: .utf8)
        for line in lines.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard let longitude = Double(cells[8]), let latitude = Double(cells[9]) else {
                continue
            }
            labels[cells[0]] = Coordinate(longitude: longitude, latitude: latitude)
        }
        let features = try GeoJSONAreas.read(
            Data(contentsOf: geodata.appendingPathComponent("desa.geojson")))
        return features.compactMap { feature in
            guard let code = feature.properties["kode_desa"], let desaCode = DesaCode(code),
                let bpsCode = feature.properties["kode_bps"].flatMap(BPSDesaCode.init),
                let label = labels[code[...]]
            else { return nil }
            let desa = Desa(
                code: desaCode,
                bpsCode: bpsCode,
                name: feature.properties["nama_desa"] ?? "",
                kind: .desa,
                kecamatanName: feature.properties["nama_kecamatan"] ?? "",
                otherNames: [],
                labelPoint: label)
            return SimulationArea(desa: desa, geometry: feature.area)
        }
    }

    /// Kilometres on a local plane; fine for circles within one kabupaten.
    private static func planarPoints(_ areas: [SimulationArea]) throws -> [PlanarPoint] {
        areas.map {
            let point = $0.desa.labelPoint
            return PlanarPoint(x: point.longitude * 110.3, y: point.latitude * 110.6)
        }
    }
}

/// What a test shows on one map at 5 %.
private struct Shown {
    var high: Set<Int> = []
    var low: Set<Int> = []
    /// Two-sided, of each desa; empty where the test has none.
    var pValues: [Double] = []

    var isEmpty: Bool { high.isEmpty && low.isEmpty }
}

private struct Share {
    var total = 0
    var hits = 0
    var value: Double { Double(hits) / Double(total) }

    mutating func count(_ isHit: Bool) {
        total += 1
        if isHit { hits += 1 }
    }
}

private struct CountMap {
    let cases: [Int]
    let population: [Int]
    let planted: Set<Int>

    init(_ register: SimulatedRegistry) {
        cases = register.plan.map(\.extremeCount)
        population = register.plan.map(\.keluargaCount)
        planted = Set(register.plan.indices.filter { register.plan[$0].cluster != nil })
    }

    init(sizes: [Int], variation: Double, seed: UInt64) {
        // Scrambled, so that no map is made of the numbers of another.
        var generator = SplitMix(state: seed &* 0xD134_2543_DE82_EF95)
        generator.state = generator.next()
        population = sizes
        planted = []
        cases = sizes.map { size in
            let factor = exp(variation * generator.normal() - variation * variation / 2)
            return generator.binomial(size, min(0.9, 0.0397 * factor))
        }
    }
}

private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Above 0, up to 1.
    mutating func unit() -> Double { Double((next() >> 11) + 1) * 0x1p-53 }

    mutating func normal() -> Double {
        (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit())
    }

    /// By the gaps between successes.
    mutating func binomial(_ trials: Int, _ chance: Double) -> Int {
        var (successes, trial) = (0, 0.0)
        while true {
            trial += (log(unit()) / log1p(-chance)).rounded(.down) + 1
            if trial > Double(trials) { return successes }
            successes += 1
        }
    }
}

private enum ClusterTest: String, CaseIterable {
    case levelSetScan = "level set scan (the main map)"
    case getisOrd = "Gi* of the bounded z, BH"
    case localMoran = "local Moran, BH"
    case circles = "circular scan, Bernoulli"

    func shown(on map: CountMap, _ weights: SpatialWeights, _ points: [PlanarPoint]) -> Shown {
        let cases = map.cases.map(Double.init)
        let population = map.population.map(Double.init)
        switch self {
        case .levelSetScan: return levelSetScan(cases, population, weights)
        case .getisOrd: return getisOrd(cases, population, weights)
        case .localMoran: return localMoran(cases, population, weights)
        case .circles: return circles(map, points)
        }
    }

    private func levelSetScan(
        _ cases: [Double], _ population: [Double], _ weights: SpatialWeights
    ) -> Shown {
        var options = LevelSetScan.Options(seed: 1)
        options.largestPValue = 0.05
        options.replicas = 1_999
        let scan = try? LevelSetScan(
            cases: cases,
            population: population,
            hasData: cases.map { _ in true },
            weights: weights,
            options: options)
        var shown = Shown()
        for cluster in scan?.clusters ?? [] {
            switch cluster.direction {
            case .high: shown.high.formUnion(cluster.members)
            case .low: shown.low.formUnion(cluster.members)
            }
        }
        return shown
    }

    private func getisOrd(
        _ cases: [Double], _ population: [Double], _ weights: SpatialWeights
    ) -> Shown {
        let analysis = try? HotspotAnalysis(
            cases: cases,
            population: population,
            hasData: cases.map { _ in true },
            weights: weights,
            permutations: 19_999,
            seed: 1,
            zScoreBound: 2)
        var shown = Shown(pValues: cases.map { _ in .nan })
        for (unit, outcome) in (analysis?.outcomes ?? []).enumerated() {
            guard case .tested(let test) = outcome else { continue }
            shown.pValues[unit] = test.pTwoSided
            guard test.qBenjaminiHochberg <= 0.05 else { continue }
            switch test.direction {
            case .high: shown.high.insert(unit)
            case .low: shown.low.insert(unit)
            }
        }
        return shown
    }

    private func localMoran(
        _ cases: [Double], _ population: [Double], _ weights: SpatialWeights
    ) -> Shown {
        let z = AssuncaoReis(cases: cases, population: population)?.zScores ?? []
        let pValues = ConditionalPermutation.localMoranPValues(
            of: z, weights: weights, permutations: 19_999, seed: 1
        ).map { $0?.twoSided ?? .nan }
        let qValues = FalseDiscoveryRate.qValues(of: pValues)
        var shown = Shown(pValues: pValues)
        for unit in z.indices where qValues[unit] <= 0.05 {
            let lag = weights.neighbours(of: unit).reduce(0) { $0 + z[$1] }
            if z[unit] > 0, lag > 0 { shown.high.insert(unit) }
            if z[unit] < 0, lag < 0 { shown.low.insert(unit) }
        }
        return shown
    }

    private func circles(_ map: CountMap, _ points: [PlanarPoint]) -> Shown {
        var shown = Shown()
        for rates in [ScanStatistic.Rates.high, .low] {
            var options = ScanStatistic.Options(seed: 1)
            options.rates = rates
            options.maximumReportedShare = 0.1
            options.replicas = 199
            let result = try? ScanStatistic.clusters(
                cases: map.cases,
                population: map.population,
                at: points,
                model: .bernoulli,
                options: options)
            for cluster in result?.clusters ?? [] where cluster.pValue <= 0.025 {
                switch rates {
                case .high: shown.high.formUnion(cluster.members)
                case .low: shown.low.formUnion(cluster.members)
                }
            }
        }
        return shown
    }
}
