internal import PovertyModel
internal import SpatialStatistics
internal import SpatialStore

/// What has changed since the register before.
struct ChangeRun {
    struct Desa: Encodable {
        let difference: Double
        let pValue: Double
        /// After Benjamini and Hochberg.
        let qValue: Double
        let change: String
    }

    /// The families that both registers hold in one desa.
    struct Pairing {
        let linkedAt: String?
        let families: Int
        /// Of being extremely poor then and now, within desa.
        let correlation: Double
    }

    let previous: RegistryRelease
    /// In the order of the areas; nil where one of the registers has too few keluarga.
    let desa: [Desa?]
    let tested: Int
    /// Of them by the exact test, since few cases were expected.
    let testedByMidP: Int
    /// Nil when no family is known in both: then the counts are taken for independent.
    let pairing: Pairing?
}

/// What of a change may be published of a desa.
struct PublishedChange: Hashable {
    /// Of the two published shares, so that it says nothing new; percentage points.
    let percent: Double
    let change: ShareChange
}

/// Tests for each desa whether its extreme share differs from that of the register before.
struct ChangeComputation {
    static let falseDiscoveryRate = 0.05

    let database: PovertyDatabase
    let register: RegistryRelease
    let rule: ExtremePovertyRule
    let boundaries: [DesaBoundary]
    /// One for each boundary.
    let figures: [AreaFigures]

    func run(since earlier: EarlierRegister) throws -> ChangeRun {
        let paired = try database.pairedFamilies(earlier.register, register) { desil in
            rule.isExtreme(desil)
        }
        let correlation = ProportionChange.correlation(
            of: paired.desa.values.sorted { ($0.families, $0.before) < ($1.families, $1.before) }
                .map { pairs in
                    ProportionChange.Pairs(
                        people: pairs.families, before: pairs.before, after: pairs.after,
                        bothTimes: pairs.bothTimes)
                })
        let results = boundaries.indices.map { index -> ProportionChange.Result? in
            let (before, after) = (earlier.figures[index], figures[index])
            let least = min(before.keluarga, after.keluarga)
            guard least >= PublicFigures.leastKeluargaForShare else { return nil }
            let inBoth = paired.desa[boundaries[index].desa]?.families ?? 0
            return ProportionChange.test(
                .init(cases: before.desil.extreme(by: rule), people: before.keluarga),
                .init(cases: after.desil.extreme(by: rule), people: after.keluarga),
                inBoth: min(inBoth, least), correlation: correlation ?? 0)
        }
        let q = FalseDiscoveryRate.qValues(of: results.map { $0?.pValue ?? .nan })
        let families = paired.desa.values.reduce(0) { $0 + $1.families }
        return ChangeRun(
            previous: earlier.register,
            desa: zip(results, q).map { result, q in
                result.map {
                    ChangeRun.Desa(
                        difference: $0.difference, pValue: $0.pValue, qValue: q,
                        change: Self.change($0.difference, q).rawValue)
                }
            },
            tested: results.count { $0 != nil },
            testedByMidP: results.count { $0?.method == .midP },
            pairing: correlation.map {
                ChangeRun.Pairing(
                    linkedAt: paired.linkedAt, families: families, correlation: $0)
            })
    }

    /// Only where both shares are published; the class then says no more than which of the two
    /// is larger.
    static func published(
        _ run: ChangeRun,
        of index: Int,
        now: PublicFigures,
        before: PublicFigures?
    ) -> PublishedChange? {
        guard let desa = run.desa[index], let new = now.extremePercent,
            let old = before?.extremePercent
        else { return nil }
        return PublishedChange(
            percent: Rounding.hundredths(new - old),
            change: change(desa.difference, desa.qValue))
    }

    private static func change(_ difference: Double, _ qValue: Double) -> ShareChange {
        guard qValue <= falseDiscoveryRate else { return .notDifferent }
        return difference > 0 ? .higher : .lower
    }
}
