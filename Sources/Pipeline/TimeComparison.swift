internal import Geospatial
internal import PovertyModel
internal import SpatialStatistics
internal import SpatialStore

/// Sets a release against the earlier registers of its source: what has changed since the last
/// one, and where the share has stood out over some of them.
struct TimeComparison {
    let registers: EarlierRegisters
    /// Of this register, one for each boundary.
    let figures: [AreaFigures]
    let seed: UInt64

    /// Adds both to `further` and to each desa, as far as there are registers for it.
    func run(_ desa: inout [DesaIndicator], _ further: inout FurtherResults) throws {
        let earlier = try registers.load()
        guard let last = earlier.last else { return }
        let byCode = Dictionary(
            uniqueKeysWithValues: desa.enumerated().map { ($1.desa.code, $0) })
        let places = registers.boundaries.map { byCode[$0.desa] }

        let change = try ChangeComputation(
            database: registers.database, register: registers.register, rule: registers.rule,
            boundaries: registers.boundaries, figures: figures
        ).run(since: last)
        further.change = change
        for case (let index, let place?) in places.enumerated() {
            desa[place].further.change = ChangeComputation.published(
                change, of: index, now: desa[place].published, before: last.published[index])
        }

        let now = EarlierRegister(
            register: registers.register, figures: figures,
            published: places.map { place in place.map { desa[$0].published } })
        further.spaceTime = try SpaceTimeComputation(
            rule: registers.rule, seed: seed, points: points
        ).run(earlier, now: now)
        for (number, cluster) in (further.spaceTime?.ongoing ?? []).enumerated() {
            for case let place? in cluster.members.map({ places[$0] }) {
                desa[place].further.spaceTimeCluster = number + 1
            }
        }
    }

    /// Where the name of each desa stands; the middle of its box without one.
    private var points: [PlanarPoint] {
        registers.boundaries.map { boundary in
            let point =
                registers.gazetteer[boundary.desa]?.labelPoint ?? boundary.area.boundingBox?.center
            return point.map(TransverseMercator.utm49S.project) ?? PlanarPoint(x: 0, y: 0)
        }
    }
}
