internal import Geospatial

/// The zones of a scan, in rows: each row is a series of zones of which each holds the one before.
///
/// ```
/// row 0      0 3 1 2 | ...      zones {0}, {0 3 1}, {0 3 1 2}: 3 and 1 are equally far,
/// closes     + - + +            so no zone holds one of them without the other
/// ```
/// There is a row for each window (a disc; an ellipse of some shape and angle; an interval of
/// time) and each area that such a window is laid around, window after window.
struct ScanZones: Sendable {
    /// Where the counts of the areas of all rows stand, row after row: at `area` itself, or at
    /// `interval * areaCount + area`.
    let slots: [Int32]
    /// The population of the areas of this row up to and with this one.
    let populations: [UInt32]
    /// Whether a zone ends here: the next area is farther away.
    let closes: [Bool]
    /// Where each row starts; one entry more than there are rows.
    let rowStarts: [Int]
    /// What the ratios of a row are multiplied with: above 0, at most 1, for discs 1.
    let factors: [Double]
    /// The areas that windows are laid around, and that there are rows for in each window.
    let areaCount: Int

    /// A window by the map on which it is a disc.
    struct Window: Sendable {
        let points: [PlanarPoint]
        let maximumRadius: Double
        let factor: Double
    }

    /// The discs around every area.
    /// - Complexity: O(*n*^2 log *n*) time, nine bytes for each place in a zone.
    init(
        points: [PlanarPoint],
        population: [Int],
        largestPopulation: Int,
        maximumRadius: Double?,
        threads: Int
    ) {
        self.init(
            windows: [
                Window(points: points, maximumRadius: maximumRadius ?? .infinity, factor: 1)
            ],
            coordinateError: Self.coordinateError(of: points),
            population: population,
            largestPopulation: largestPopulation,
            threads: threads
        )
    }

    /// The windows around every area; distances within `coordinateError` count as equal.
    /// - Complexity: O(*w n*^2 log *n*) time for *w* windows.
    init(
        windows: [Window],
        coordinateError: Double,
        population: [Int],
        largestPopulation: Int,
        threads: Int
    ) {
        let count = population.count
        let rows = parallelMap(windows.count * count, threads: threads) { row in
            Row(
                row % count,
                window: windows[row / count],
                population: population,
                largestPopulation: largestPopulation,
                coordinateError: coordinateError
            )
        }
        var starts = [0]
        for row in rows { starts.append((starts.last ?? 0) + row.slots.count) }
        self.init(
            slots: rows.flatMap(\.slots),
            populations: rows.flatMap(\.populations),
            closes: rows.flatMap(\.closes),
            rowStarts: starts,
            factors: windows.flatMap { [Double](repeating: $0.factor, count: count) },
            areaCount: count
        )
    }

    init(
        slots: [Int32],
        populations: [UInt32],
        closes: [Bool],
        rowStarts: [Int],
        factors: [Double],
        areaCount: Int
    ) {
        self.slots = slots
        self.populations = populations
        self.closes = closes
        self.rowStarts = rowStarts
        self.factors = factors
        self.areaCount = areaCount
    }

    /// What rounding of the coordinates may add to a distance.
    static func coordinateError(of points: [PlanarPoint]) -> Double {
        8 * points.reduce(0.0) { max($0, abs($1.x), abs($1.y)) } * Double.ulpOfOne
    }

    private struct Row: Sendable {
        var slots: [Int32] = []
        var populations: [UInt32] = []
        var closes: [Bool] = []

        /// Distances closer than 1e-9 of themselves count as equal, so that a regular grid far
        /// from the origin has the ties its author meant.
        init(
            _ centre: Int,
            window: Window,
            population: [Int],
            largestPopulation: Int,
            coordinateError: Double
        ) {
            func slack(_ distance: Double) -> Double { 1e-9 * distance + coordinateError }
            let home = window.points[centre]
            var ranked: [(distance: Double, area: Int)] = []
            for (area, point) in window.points.enumerated() {
                let distance = ScanZones.distance(home, point)
                if distance <= window.maximumRadius + slack(distance) {
                    ranked.append((distance, area))
                }
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
                    slots.append(Int32(ranked[rank].area))
                    populations.append(running)
                    closes.append(rank == end - 1)
                }
                next = end
            }
        }
    }

    /// The number of zones, those with the same areas in different rows counted apart.
    var count: Int { closes.count { $0 } }

    var rows: Range<Int> { 0..<(rowStarts.count - 1) }

    static func distance(_ one: PlanarPoint, _ other: PlanarPoint) -> Double {
        let dx = one.x - other.x
        let dy = one.y - other.y
        return (dx * dx + dy * dy).squareRoot()
    }

    private func places(of row: Int) -> Range<Int> {
        rowStarts[row]..<rowStarts[row + 1]
    }

    /// How many areas of each row a zone may hold for its population to stay within a limit.
    func sizes(within largestPopulation: Int) -> [Int] {
        rows.map { row in
            places(of: row).prefix { Int(populations[$0]) <= largestPopulation }.count
        }
    }

    /// The highest ratio of all zones times its factor, from counts by slot.
    func highestRatio(of counts: [Int], _ likelihood: ScanLikelihood) -> Double {
        var highest = 0.0
        for row in rows {
            var cases = 0
            for place in places(of: row) {
                cases += counts[Int(slots[place])]
                if closes[place] {
                    let ratio = likelihood.ratio(
                        cases: cases, population: Int(populations[place]))
                    highest = max(highest, factors[row] * ratio)
                }
            }
        }
        return highest
    }
}

extension ScanZones {
    /// A zone and what the observed counts say of it.
    struct Found {
        let row: Int
        /// In the order of the row.
        let slots: [Int]
        let cases: Int
        let population: Int
        let ratio: Double
        /// The ratio times the factor of the row.
        let score: Double
    }

    /// The best zone of one row, `size` areas long.
    private struct Best {
        var score = 0.0
        var ratio = 0.0
        var size = 0
        var cases = 0
        var population = 0
    }

    /// Zones that do not overlap, in falling order of their score; equal scores: fewer areas
    /// first, then the lower row.
    ///
    /// `sizes` are the most areas of each row. `overlapping` says which slots a listed zone makes
    /// unfit for others; nil for its own.
    ///
    /// Zones of a row are nested, so those free of listed areas are again a prefix. The best of a
    /// row can only fall as areas are listed, and is found anew only when it comes first and
    /// turns out to hold a listed area.
    func clusters(
        of counts: [Int],
        _ likelihood: ScanLikelihood,
        sizes: [Int],
        atMost maximum: Int,
        overlapping: ((Found) -> [Int])? = nil
    ) -> [Found] {
        var isTaken = [Bool](repeating: false, count: counts.count)
        func best(of row: Int) -> Best {
            var best = Best()
            var cases = 0
            for (size, place) in places(of: row).prefix(sizes[row]).enumerated() {
                let slot = Int(slots[place])
                if isTaken[slot] { break }
                cases += counts[slot]
                guard closes[place] else { continue }
                let population = Int(populations[place])
                let ratio = likelihood.ratio(cases: cases, population: population)
                let score = factors[row] * ratio
                if score > best.score {
                    best = Best(
                        score: score,
                        ratio: ratio,
                        size: size + 1,
                        cases: cases,
                        population: population
                    )
                }
            }
            return best
        }
        var bests = rows.map { best(of: $0) }
        // A heap of rows, the first to list on top; only the top ever changes. Ellipses make
        // hundreds of thousands of rows, too many to look through for each zone.
        var heap = Array(rows)
        func comes(_ one: Int, before other: Int) -> Bool {
            let (first, second) = (bests[one], bests[other])
            if first.score != second.score { return first.score > second.score }
            return (first.size, one) < (second.size, other)
        }
        func sink(_ start: Int) {
            var place = start
            while 2 * place + 1 < heap.count {
                var child = 2 * place + 1
                if child + 1 < heap.count, comes(heap[child + 1], before: heap[child]) {
                    child += 1
                }
                guard comes(heap[child], before: heap[place]) else { return }
                heap.swapAt(place, child)
                place = child
            }
        }
        for place in heap.indices.reversed() { sink(place) }

        var found: [Found] = []
        while found.count < maximum {
            guard let first = heap.first, bests[first].score > 0 else { break }
            let members = places(of: first).prefix(bests[first].size).map { Int(slots[$0]) }
            if members.contains(where: { isTaken[$0] }) {
                bests[first] = best(of: first)
                sink(0)
                continue
            }
            let zone = Found(
                row: first,
                slots: members,
                cases: bests[first].cases,
                population: bests[first].population,
                ratio: bests[first].ratio,
                score: bests[first].score
            )
            for slot in overlapping?(zone) ?? members { isTaken[slot] = true }
            found.append(zone)
        }
        return found
    }
}
