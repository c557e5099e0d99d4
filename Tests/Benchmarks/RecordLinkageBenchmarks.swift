internal import RecordLinkage
internal import RegistrySimulation

/// Two registries of 400,000 families: time, precision and recall of each pair of layouts.
enum RecordLinkageBenchmarks {
    private static let families = 400_000
    private static let pairs: [(name: String, first: PairedLayout, second: PairedLayout)] = [
        ("P3KE, two years", .p3ke, .p3ke),
        ("P3KE and DTSEN with members", .p3ke, .dtsenWithMembers),
        ("P3KE and DTSEN families only", .p3ke, .dtsenFamiliesOnly),
    ]

    static func run(_ report: (String) -> Void) {
        for pair in pairs {
            let registries = PairedRegistries(
                families: families, layouts: (pair.first, pair.second), seed: 1)
            let first = registries.first.map(record)
            let second = registries.second.map(record)
            report("  \(pair.name): \(first.count) x \(second.count) rows")
            for usesKeys in [true, false] {
                var settings = LinkageSettings()
                settings.usesKeys = usesKeys
                let linker = RecordLinker(settings)
                let clock = ContinuousClock()
                let start = clock.now
                let result = linker.link(first, second)
                let seconds = (clock.now - start).inSeconds
                func quality(_ classes: Set<LinkClass>) -> LinkageQuality {
                    LinkageQuality(
                        result.links,
                        classes: classes,
                        firstFamilies: registries.first.map(\.family),
                        secondFamilies: registries.second.map(\.family))
                }
                let (same, all) = (quality([.same]), quality([.same, .likely]))
                report(
                    "    \(usesKeys ? "all stages" : "comparison alone"): \(seconds.short) s, "
                        + "\(result.comparedPairs) pairs; same: precision \(same.precision.short), "
                        + "recall \(same.recall.short); with likely: \(all.precision.short), "
                        + "\(all.recall.short)")
            }
        }
    }

    private static func record(_ row: PairedRow) -> LinkRecord {
        LinkRecord(
            headKey: key(row.nik, kind: 1),
            cardKey: key(row.cardNumber, kind: 2),
            registerKey: key(row.registerNumber, kind: 3),
            headName: row.headName,
            birthDate: row.birthDate,
            isWoman: row.isWoman,
            desa: row.desa,
            address: row.address
        )
    }

    /// Any mixing will do: the people are invented and the keys stay here.
    private static func key(_ number: UInt64?, kind: UInt64) -> LinkKey? {
        number.map {
            let high = ($0 &+ kind) &* 0x9E37_79B9_7F4A_7C15
            return LinkKey(high: high ^ high >> 29, low: $0 ^ kind << 60)
        }
    }
}
