/// What two areas may have in common: a vertex, or an edge.
protocol BorderFeature: Equatable {
    /// 64 bits that look random; equal features have equal ones.
    var scattered: UInt64 { get }
}

/// Collects which units hold the same vertex or edge.
///
/// Features are first dealt into parts by their bits, each small enough to stay in the cache
/// while its features are looked up. One table of them all missed the cache with every vertex
/// and took four times as long for a country.
struct SharedFeatures<Feature: BorderFeature> {
    private struct Entry {
        let feature: Feature
        let unit: Int32
    }

    private struct Link: Equatable {
        let lower: Int32
        let higher: Int32
    }

    private static var entriesPerPart: Int { 4_096 }

    private var parts: [[Entry]]
    /// The leading bits of a feature that are not the number of its part.
    private let shift: UInt64

    /// For about `capacity` features.
    init(capacity: Int) {
        var bits: UInt64 = 0
        while capacity >> bits > Self.entriesPerPart, bits < 16 { bits += 1 }
        shift = 64 - bits
        parts = [[Entry]](repeating: [], count: 1 << bits)
        for part in parts.indices {
            parts[part].reserveCapacity(capacity >> bits + capacity >> (bits + 3))
        }
    }

    /// Units must come in ascending order, each with all its features together.
    mutating func note(_ feature: Feature, of unit: Int) {
        // A shift by 64 gives 0.
        let part = Int(truncatingIfNeeded: feature.scattered >> shift)
        parts[part].append(Entry(feature: feature, unit: Int32(unit)))
    }

    func weights(unitCount: Int) -> SpatialWeights {
        var links: [(Int, Int)] = []
        for part in parts {
            for link in Self.links(of: part) { links.append((Int(link.lower), Int(link.higher))) }
        }
        return SpatialWeights(unitCount: unitCount, undirectedLinks: links)
    }

    /// The pairs of units with a common feature, some of them more than once.
    private static func links(of entries: [Entry]) -> [Link] {
        var size = 16
        while size < 2 * entries.count { size *= 2 }
        // One more than the newest holder of a feature, 0 where the place is free.
        var table = [Int32](repeating: 0, count: size)
        // The holder before, likewise: a feature's holders form a chain. Nearly all have two.
        var before = [Int32](repeating: 0, count: entries.count)
        var links: [Link] = []
        for (index, entry) in entries.enumerated() {
            var place = Int(truncatingIfNeeded: entry.feature.scattered) & (size - 1)
            while table[place] > 0, entries[Int(table[place]) - 1].feature != entry.feature {
                place = (place + 1) & (size - 1)
            }
            let newest = table[place]
            if newest > 0, entries[Int(newest) - 1].unit == entry.unit { continue }
            var holder = newest
            while holder > 0 {
                let link = Link(lower: entries[Int(holder) - 1].unit, higher: entry.unit)
                if link != links.last { links.append(link) }
                holder = before[Int(holder) - 1]
            }
            before[index] = newest
            table[place] = Int32(index + 1)
        }
        return links
    }
}
