internal import Geospatial
public import PovertyModel

/// What is decided of a desa before the first family is drawn.
public struct DesaPlan: Sendable {
    public let desa: Desa
    public let keluargaCount: Int
    /// Families of `keluargaCount` that are extreme poor (desil 1).
    public let extremeCount: Int
    /// The planted cluster it belongs to, from 1.
    public let cluster: Int?
    /// The smooth risk of its place, mean about 1 over the kabupaten.
    public let backgroundRisk: Double
    /// `backgroundRisk` times the variation of this desa, times the risk of its cluster.
    public let relativeRisk: Double
    /// Of desil 1 to 10.
    public let desilProbabilities: [Double]
    /// Families before those of this desa in the registry.
    let firstKeluarga: Int
    let isCoastal: Bool
}

enum SimulationPlan {
    private enum Stream {
        static let sizes: UInt64 = 1
        static let clusters: UInt64 = 2
        static let variation: UInt64 = 3
        static let extreme: UInt64 = 4
    }

    static func make(
        areas: [SimulationArea],
        adjacency: [[Int]],
        configuration: SimulationConfiguration,
        seed: UInt64
    ) -> [DesaPlan] {
        let points = areas.map(\.desa.labelPoint)
        let plane = LocalPlane(
            latitude: points.reduce(0) { $0 + $1.latitude } / Double(points.count)
        )
        let settings = areas.map { DesaSetting($0, plane: plane) }

        var generator = SeededGenerator(seed: seed, stream: Stream.sizes)
        let keluarga = DesaSizes.make(
            settings: settings,
            total: configuration.keluargaCount,
            generator: &generator
        )

        generator = SeededGenerator(seed: seed, stream: Stream.clusters)
        let clusters = PlantedClusters.plant(
            points: points,
            neighbours: adjacency,
            plane: plane,
            configuration: configuration,
            generator: &generator
        )

        generator = SeededGenerator(seed: seed, stream: Stream.variation)
        let background = BackgroundRisk.relativeRisks(
            of: areas,
            settings: settings,
            keluarga: keluarga
        )
        let risks = zip(background, clusters).map { background, cluster in
            background
                * PortableMath.exponential(configuration.desaVariation * generator.normalPair().0)
                * (cluster == nil ? 1 : configuration.clusterRelativeRisk)
        }

        let probabilities = DesilModel.probabilities(relativeRisks: risks, keluarga: keluarga)
        generator = SeededGenerator(seed: seed, stream: Stream.extreme)
        let extreme = DesilModel.extremeCounts(
            probabilities: probabilities.map { $0[0] },
            keluarga: keluarga,
            total: PublishedFigures.extremeKeluarga(among: configuration.keluargaCount),
            generator: &generator
        )

        var before = 0
        return areas.indices.map { index in
            defer { before += keluarga[index] }
            return DesaPlan(
                desa: areas[index].desa,
                keluargaCount: keluarga[index],
                extremeCount: extreme[index],
                cluster: clusters[index],
                backgroundRisk: background[index],
                relativeRisk: risks[index],
                desilProbabilities: probabilities[index],
                firstKeluarga: before,
                isCoastal: settings[index].isCoastal
            )
        }
    }
}
