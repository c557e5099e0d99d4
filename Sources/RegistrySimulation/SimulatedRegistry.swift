public import PovertyModel

/// A registry of invented families in the true layouts, with everything known that a real one hides.
///
/// The same areas, configuration and seed give the same bytes on any machine: chance comes from
/// `SeededGenerator` alone and no function of the C library takes part.
///
/// What is published (`PublishedFigures`) and kept: 387,794 keluarga; 15,407 of them extreme poor
/// (desil 1, exactly, at any scale); desil 1 and 2 together 16.3 % (the rate is of persons, here it
/// is used of keluarga). What is assumed: all else; `DesilModel`, `BackgroundRisk` and `DesaSizes`
/// say their own.
///
/// Memory stays small: families are never stored, each pass draws them again.
public struct SimulatedRegistry: Sendable {
    public let configuration: SimulationConfiguration
    public let seed: UInt64
    /// One entry for each area, in the order given.
    public let plan: [DesaPlan]
    let sites: [DesaSite]
    let housing = HousingTables()

    /// Plans a registry.
    ///
    /// - Parameters:
    ///   - areas: each with at least one ring and a code of its own.
    ///   - adjacency: for each area the indices of its queen neighbours; computed from bit-equal
    ///     shared vertices when nil.
    ///   - configuration: how much of everything.
    ///   - seed: names the registry.
    public init(
        areas: [SimulationArea],
        adjacency: [[Int]]? = nil,
        configuration: SimulationConfiguration = SimulationConfiguration(),
        seed: UInt64
    ) {
        precondition(!areas.isEmpty, "no areas to simulate")
        precondition(
            Set(areas.map(\.desa.code)).count == areas.count,
            "two areas have the same code"
        )
        configuration.check()
        let neighbours = adjacency ?? QueenAdjacency.neighbours(of: areas.map(\.geometry))
        precondition(neighbours.count == areas.count, "adjacency is not of these areas")
        self.configuration = configuration
        self.seed = seed
        plan = SimulationPlan.make(
            areas: areas,
            adjacency: neighbours,
            configuration: configuration,
            seed: seed
        )
        sites = DesaSite.make(areas: areas, adjacency: neighbours, plan: plan, seed: seed)
    }

    /// Families that are extreme poor in truth; equal to the published share of all.
    public var extremeCount: Int { plan.reduce(0) { $0 + $1.extremeCount } }

    public var clusterTruth: [ClusterTruthRow] {
        plan.compactMap { desa in
            desa.cluster.map {
                ClusterTruthRow(
                    cluster: $0,
                    desa: desa.desa,
                    relativeRisk: configuration.clusterRelativeRisk
                )
            }
        }.sorted { ($0.cluster, $0.desa.code) < ($1.cluster, $1.desa.code) }
    }
}

/// A desa of a planted cluster.
public struct ClusterTruthRow: Hashable, Sendable {
    /// From 1.
    public let cluster: Int
    public let desa: Desa
    /// What the cluster multiplied the background risk by.
    public let relativeRisk: Double
}
