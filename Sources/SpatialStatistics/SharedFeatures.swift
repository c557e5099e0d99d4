internal import Geospatial

/// What two areas may have in common: a vertex, or an edge.
protocol BorderFeature: Equatable, Sendable {
    /// The features of a ring; the same one may come more than once.
    static func forEach(along ring: Polygon.Ring, _ body: (Self) -> Void)

    /// Where it is; equal features are at equal places.
    var place: Coordinate { get }

    /// 64 bits that look random; equal features have equal ones.
    var scattered: UInt64 { get }
}

/// Which units hold the same vertex or edge.
///
/// Features are first dealt into parts by the cell of a grid they lie in, each part small enough
/// to stay in the cache while its features are looked up. One table of them all missed the cache
/// with every vertex and took four times as long for a country. By cells, not by the features'
/// bits: a border then lies in few parts, which find most of its vertices one after the other.
struct SharedFeatures<Feature: BorderFeature>: Sendable {
    private struct Entry: Sendable {
        let feature: Feature
        let unit: Int32
    }

    private static var entriesPerPart: Int { 4_096 }
    /// Fewer vertices are not worth a second thread.
    private static var least: Int { 16_384 }

    private let unitCount: Int
    /// Part after part, within a part by ascending unit.
    private let entries: [Entry]
    /// Where each part starts in `entries`; one more than there are parts.
    private let starts: [Int]

    init(_ areas: [MultiPolygon], threads: Int) {
        let counts = parallelArray(areas.count, threads: threads) { areas[$0].vertexCount }
        let chunks = ParallelRanges(counts: counts, threads: threads, least: Self.least)
        let capacity = counts.reduce(0, +)
        // The first power of two of parts that are small enough.
        let bits = (0..<16).first { capacity >> $0 <= Self.entriesPerPart } ?? 16
        let cells = FeatureCells(areas, bits: bits)
        let dealt = chunks.map { units in
            Dealt(vertices: counts[units].reduce(0, +), parts: 1 << bits) { note in
                Self.forEach(of: areas, units) { feature, _ in note(cells.part(of: feature.place)) }
            }
        }
        // Part after part, within a part chunk after chunk.
        var places = [0]
        places.reserveCapacity(chunks.ranges.count << bits + 1)
        for part in 0..<1 << bits {
            for chunk in dealt { places.append(places[places.count - 1] + chunk.counts[part]) }
        }
        let ends = places
        entries = chunks.array(of: ends[ends.count - 1]) { chunk, units, entries in
            var next = stride(from: chunk, to: ends.count - 1, by: dealt.count).map { ends[$0] }
            var number = 0
            let parts = dealt[chunk].parts
            next.withUnsafeMutableBufferPointer { next in
                Self.forEach(of: areas, units) { feature, unit in
                    let part = Int(parts[number])
                    number += 1
                    entries.initializeElement(
                        at: next[part], to: Entry(feature: feature, unit: Int32(unit)))
                    next[part] += 1
                }
            }
        }
        starts = stride(from: 0, to: ends.count, by: dealt.count).map { ends[$0] }
        unitCount = areas.count
    }

    @inline(__always)
    private static func forEach(
        of areas: [MultiPolygon],
        _ units: Range<Int>,
        _ body: (Feature, _ unit: Int) -> Void
    ) {
        for unit in units {
            for polygon in areas[unit].polygons {
                Feature.forEach(along: polygon.exterior) { body($0, unit) }
                for hole in polygon.holes { Feature.forEach(along: hole) { body($0, unit) } }
            }
        }
    }

    /// The part of each feature of a chunk, and how many each part has.
    private struct Dealt: Sendable {
        let parts: [UInt16]
        let counts: [Int]

        @inline(__always)
        init(vertices: Int, parts count: Int, _ features: (_ note: (UInt16) -> Void) -> Void) {
            var counts = [Int](repeating: 0, count: count)
            parts = [UInt16](unsafeUninitializedCapacity: vertices) { parts, number in
                counts.withUnsafeMutableBufferPointer { counts in
                    features { part in
                        parts.initializeElement(at: number, to: part)
                        number += 1
                        counts[Int(part)] += 1
                    }
                }
            }
            self.counts = counts
        }
    }

    // MARK: - Links

    /// Units with a common feature are neighbours.
    func weights(threads: Int) -> SpatialWeights {
        let threads = entries.count < Self.least ? 1 : threads
        let found = parallelMap(threads, threads: threads) { thread in
            var links = FoundLinks(unitCount: unitCount, shares: threads)
            for part in stride(from: thread, to: starts.count - 1, by: threads) {
                match(starts[part]..<starts[part + 1], &links)
            }
            return links
        }
        return FoundLinks.weights(found, threads: threads)
    }

    /// Notes the pairs of units with a common feature, some of them more than once.
    private func match(_ part: Range<Int>, _ links: inout FoundLinks) {
        var size = 16
        while size < 2 * part.count { size *= 2 }
        entries.withUnsafeBufferPointer { all in
            let entries = UnsafeBufferPointer(rebasing: all[part])
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: size + part.count) { memory in
                memory.initialize(repeating: 0)
                // One more than the newest holder of a feature, 0 where the place is free.
                let table = UnsafeMutableBufferPointer(rebasing: memory[..<size])
                // The holder before, likewise: a feature's holders form a chain. Nearly all
                // have two.
                let before = UnsafeMutableBufferPointer(rebasing: memory[size...])
                for (index, entry) in entries.enumerated() {
                    var place = Int(truncatingIfNeeded: entry.feature.scattered) & (size - 1)
                    while table[place] > 0,
                        entries[Int(table[place]) - 1].feature != entry.feature
                    {
                        place = (place + 1) & (size - 1)
                    }
                    let newest = table[place]
                    if newest > 0, entries[Int(newest) - 1].unit == entry.unit { continue }
                    var holder = newest
                    while holder > 0 {
                        links.note(entries[Int(holder) - 1].unit, entry.unit)
                        holder = before[Int(holder) - 1]
                    }
                    before[index] = newest
                    table[place] = Int32(index + 1)
                }
            }
        }
    }
}

/// A grid of cells dealt into 2^`bits` parts.
private struct FeatureCells: Sendable {
    private let corner: Coordinate
    private let cellsPerDegree: Double
    private let shift: UInt64

    /// Sixteen cells to a part over the extent of the first vertices of some thousand areas.
    init(_ areas: [MultiPolygon], bits: Int) {
        var (low, high) = ((x: 0.0, y: 0.0), (x: 0.0, y: 0.0))
        var isFirst = true
        for unit in stride(from: 0, to: areas.count, by: 1 + areas.count / 4_096) {
            guard let vertex = areas[unit].polygons.first?.exterior.first else { continue }
            let (x, y) = (vertex.longitude, vertex.latitude)
            low = isFirst ? (x, y) : (min(low.x, x), min(low.y, y))
            high = isFirst ? (x, y) : (max(high.x, x), max(high.y, y))
            isFirst = false
        }
        let (width, height) = (high.x - low.x, high.y - low.y)
        let cells = Double(16 << bits)
        let size = max((width * height / cells).squareRoot(), max(width, height) / cells)
        corner = Coordinate(longitude: low.x, latitude: low.y)
        cellsPerDegree = size > 0 && size.isFinite ? 1 / size : 1
        shift = UInt64(64 - bits)
    }

    @inline(__always)
    func part(of place: Coordinate) -> UInt16 {
        // Beyond 2^52 a double has no fraction, so that adding as much rounds: no number is too
        // large to be converted, and equal ones give equal bits.
        let half = 0x1.8p52
        let x = (place.longitude - corner.longitude) * cellsPerDegree + half
        let y = (place.latitude - corner.latitude) * cellsPerDegree + half
        let scattered = folded(
            x.bitPattern &* 0x9E37_79B9_7F4A_7C15, y.bitPattern &* 0xD1B5_4A32_D192_ED03)
        // A shift by 64 gives 0.
        return UInt16(truncatingIfNeeded: scattered >> shift)
    }
}
