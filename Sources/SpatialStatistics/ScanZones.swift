internal import Foundation
internal import Geospatial

/// The circular zones around every area: prefixes of the areas in order of distance.
///
/// ```
/// centre 0   0 3 1 2 | ...      zones {0}, {0 3 1}, {0 3 1 2}: 3 and 1 are equally far,
/// closes     + - + +            so no zone holds one of them without the other
/// ```
struct ScanZones: Sendable {
    /// The areas of all centres, centre after centre.
    let areas: [Int32]
    /// The population of the areas of this centre up to and with this one.
    let populations: [UInt32]
    /// Whether a zone ends here: the next area is farther away.
    let closes: [Bool]
    /// Where each centre starts; one entry more than there are centres.
    let centreStarts: [Int]

    /// Distances closer than 1e-9 of themselves count as equal, so that a regular grid far from
    /// the origin has the ties its author meant.
    /// - Complexity: O(*n*^2 log *n*) time, nine bytes for each place in a zone.
    init(
        points: [PlanarPoint],
        population: [Int],
        largestPopulation: Int,
        maximumRadius: Double?,
        threads: Int
    ) {
        let reach = points.reduce(0.0) { max($0, abs($1.x), abs($1.y)) }
        let coordinateError = 8 * reach * Double.ulpOfOne
        let centres = parallelMap(points.count, threads: threads) { centre in
            Centre(
                centre,
                points: points,
                population: population,
                largestPopulation: largestPopulation,
                maximumRadius: maximumRadius ?? .infinity,
                coordinateError: coordinateError
            )
        }
        var starts = [0]
        for centre in centres { starts.append((starts.last ?? 0) + centre.areas.count) }
        centreStarts = starts
        areas = centres.flatMap(\.areas)
        populations = centres.flatMap(\.populations)
        closes = centres.flatMap(\.closes)
    }

    private struct Centre: Sendable {
        var areas: [Int32] = []
        var populations: [UInt32] = []
        var closes: [Bool] = []

        init() {}

        init(
            _ centre: Int,
            points: [PlanarPoint],
            population: [Int],
            largestPopulation: Int,
            maximumRadius: Double,
            coordinateError: Double
        ) {
            func slack(_ distance: Double) -> Double { 1e-9 * distance + coordinateError }
            let home = points[centre]
            var ranked: [(distance: Double, area: Int)] = []
            for (area, point) in points.enumerated() {
                let distance = ScanZones.distance(home, point)
                if distance <= maximumRadius + slack(distance) { ranked.append((distance, area)) }
            }
            ranked.sort { ($0.distance, $0.area) < ($1.distance, $1.area) }
            var total = 0
            var next = 0
            while next < ranked.count {
                let limit = ranked[next].distance + slack(ranked[next].distance)
                var end = next
                while end < ranked.count, ranked[end].distance <= limit {
                    total += population[ranked[end].area]
                    end += 1
                }
                guard total <= largestPopulation else { return }
                var running = populations.last ?? 0
                for rank in next..<end {
                    running += UInt32(population[ranked[rank].area])
                    areas.append(Int32(ranked[rank].area))
                    populations.append(running)
                    closes.append(rank == end - 1)
                }
                next = end
            }
        }
    }

    /// The number of discs, those with the same areas around different centres counted apart.
    var count: Int { closes.count { $0 } }

    static func distance(_ one: PlanarPoint, _ other: PlanarPoint) -> Double {
        let dx = one.x - other.x
        let dy = one.y - other.y
        return (dx * dx + dy * dy).squareRoot()
    }

    private func places(of centre: Int) -> Range<Int> {
        centreStarts[centre]..<centreStarts[centre + 1]
    }

    /// The highest ratio of all zones, from counts per area.
    func highestRatio(of counts: [Int], _ likelihood: ScanLikelihood) -> Double {
        var highest = 0.0
        for centre in 0..<(centreStarts.count - 1) {
            var cases = 0
            for place in places(of: centre) {
                cases += counts[Int(areas[place])]
                if closes[place] {
                    highest = max(
                        highest,
                        likelihood.ratio(cases: cases, population: Int(populations[place]))
                    )
                }
            }
        }
        return highest
    }
}

extension ScanZones {
    /// A zone and what the observed counts say of it.
    struct Found {
        let centre: Int
        let members: [Int]
        let cases: Int
        let population: Int
        let ratio: Double
    }

    /// The best zone of one centre, `size` areas long.
    private struct Best {
        var ratio = 0.0
        var size = 0
        var cases = 0
        var population = 0
    }

    /// Zones without a common area, in falling order of their ratio; equal ratios: fewer areas
    /// first, then the lower centre.
    ///
    /// Zones of a centre are nested, so those free of listed areas are again a prefix. The best
    /// of a centre can only fall as areas are listed, and is found anew only when it comes first
    /// and turns out to hold a listed area.
    func clusters(
        of counts: [Int],
        _ likelihood: ScanLikelihood,
        largestPopulation: Int,
        atMost maximum: Int
    ) -> [Found] {
        var isTaken = [Bool](repeating: false, count: counts.count)
        func best(of centre: Int) -> Best {
            var best = Best()
            var cases = 0
            for place in places(of: centre) {
                let area = Int(areas[place])
                let population = Int(populations[place])
                if isTaken[area] || population > largestPopulation { break }
                cases += counts[area]
                guard closes[place] else { continue }
                let ratio = likelihood.ratio(cases: cases, population: population)
                if ratio > best.ratio {
                    best = Best(
                        ratio: ratio,
                        size: place - centreStarts[centre] + 1,
                        cases: cases,
                        population: population
                    )
                }
            }
            return best
        }
        var bests = counts.indices.map { best(of: $0) }
        var found: [Found] = []
        while found.count < maximum {
            var first = 0
            for (centre, candidate) in bests.enumerated()
            where candidate.ratio > bests[first].ratio
                || candidate.ratio == bests[first].ratio && candidate.size < bests[first].size
            {
                first = centre
            }
            guard first < bests.count, bests[first].ratio > 0 else { break }
            let members = places(of: first).prefix(bests[first].size).map { Int(areas[$0]) }
            if members.contains(where: { isTaken[$0] }) {
                bests[first] = best(of: first)
                continue
            }
            for member in members { isTaken[member] = true }
            found.append(
                Found(
                    centre: first,
                    members: members,
                    cases: bests[first].cases,
                    population: bests[first].population,
                    ratio: bests[first].ratio
                )
            )
        }
        return found
    }
}
