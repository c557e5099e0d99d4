public import Geospatial

/// The probability of each desa for a position, by one or several boundary sets.
///
/// Within a set, the error of the position and that of its borders add up in squares: a border
/// that lies wrong by some metres moves the position relative to it by as much. Between sets, the
/// shares are mixed by the weight that each set is given: a family in the strip that one set draws
/// to one desa and the other to its neighbour belongs to each with that set's weight.
public struct BorderUncertainty: Sendable {
    /// Probabilities below this are left out and the rest scaled: one family in ten thousand.
    public static let leastProbability = 1e-4

    private struct BoundarySource: Sendable {
        let index: BorderIndex
        let accuracyMetres: Double
        let weight: Double
    }

    private let sources: [BoundarySource]

    /// Takes boundary sets that number their areas alike.
    ///
    /// - Parameter sets: at least one; `accuracyMetres` is one standard deviation of where the
    ///   set's borders lie; weights need not add up to 1.
    public init(sets: [(index: BorderIndex, accuracyMetres: Double, weight: Double)]) {
        let sum = sets.reduce(0) { $0 + $1.weight }
        precondition(!sets.isEmpty && sum > 0, "no boundary set has a weight")
        for set in sets {
            precondition(
                set.weight >= 0 && set.accuracyMetres >= 0,
                "weight \(set.weight), accuracy \(set.accuracyMetres) m")
        }
        sources = sets.filter { $0.weight > 0 }.map {
            BoundarySource(
                index: $0.index, accuracyMetres: $0.accuracyMetres, weight: $0.weight / sum)
        }
    }

    /// The probability of each area, largest first; they add up to 1.
    ///
    /// - Parameters:
    ///   - coordinate: the position as read.
    ///   - sigmaMetres: its own standard deviation along each axis, see `PositionAccuracy`.
    /// - Returns: one entry far from every border where the sets agree.
    public func probabilities(at coordinate: Coordinate, sigmaMetres: Double) -> [AreaMass] {
        if sources.count == 1 {
            return trimmed(masses(sources[0], coordinate, sigmaMetres))
        }
        var mixed: [AreaMass] = []
        for source in sources {
            for share in masses(source, coordinate, sigmaMetres) {
                let mass = source.weight * share.mass
                if let index = mixed.firstIndex(where: { $0.area == share.area }) {
                    mixed[index] = AreaMass(area: share.area, mass: mixed[index].mass + mass)
                } else {
                    mixed.append(AreaMass(area: share.area, mass: mass))
                }
            }
        }
        return trimmed(mixed)
    }

    private func masses(
        _ source: BoundarySource,
        _ coordinate: Coordinate,
        _ sigmaMetres: Double
    ) -> [AreaMass] {
        source.index.masses(
            at: coordinate,
            sigmaMetres: PositionAccuracy.combined(sigmaMetres, source.accuracyMetres))
    }

    private func trimmed(_ shares: [AreaMass]) -> [AreaMass] {
        if shares.count == 1 { return [AreaMass(area: shares[0].area, mass: 1)] }
        let kept = shares.filter { $0.mass >= Self.leastProbability }
        let sum = kept.reduce(0) { $0 + $1.mass }
        return kept.map { AreaMass(area: $0.area, mass: $0.mass / sum) }
            .sorted { $0.mass > $1.mass }
    }
}
