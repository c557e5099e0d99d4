import Geospatial
import PovertyModel
import Testing

@testable import RegistrySimulation

@Suite struct PlantedClustersTests {
    static let neighbours = QueenAdjacency.neighbours(of: RealDesa.areas.map(\.geometry))

    @Test("three connected clusters of about twelve desa lie four rings apart", arguments: 1...12)
    func shape(seed: Int) {
        let plan = SimulatedRegistry(
            areas: RealDesa.areas,
            adjacency: Self.neighbours,
            configuration: configured(3000),
            seed: UInt64(seed)
        ).plan
        let clusters = (1...3).map { number in plan.indices.filter { plan[$0].cluster == number } }
        #expect(clusters.joined().count == plan.filter { $0.cluster != nil }.count)
        for (number, members) in clusters.enumerated() {
            #expect((11...13).contains(members.count))
            #expect(members.allSatisfy { !Self.neighbours[$0].isEmpty })
            let inside = Set(members)
            let within = Self.neighbours.enumerated().map { index, list in
                inside.contains(index) ? list.filter(inside.contains) : []
            }
            let reached = QueenAdjacency.steps(from: [members[0]], along: within)
            #expect(members.allSatisfy { reached[$0] != nil }, "seed \(seed)")
            // Compact: none is more than six steps from another.
            #expect(reached.compactMap { $0 }.max()! <= 6, "seed \(seed)")
            let steps = QueenAdjacency.steps(from: members, along: Self.neighbours)
            for other in clusters.dropFirst(number + 1).joined() {
                #expect(steps[other]! > 4, "seed \(seed)")
            }
        }
    }

    @Test("a cluster multiplies the risk of its desa by three and leaves the others alone")
    func relativeRisk() {
        func plan(_ risk: Double) -> [DesaPlan] {
            var configuration = configured(387_794)
            configuration.clusterRelativeRisk = risk
            return SimulatedRegistry(
                areas: RealDesa.areas,
                adjacency: Self.neighbours,
                configuration: configuration,
                seed: 9
            ).plan
        }
        let (with, without) = (plan(3), plan(1))
        for (a, b) in zip(with, without) {
            #expect(abs(a.relativeRisk / b.relativeRisk - (a.cluster == nil ? 1 : 3)) < 1e-12)
        }
        func rate(_ isMember: Bool) -> (extreme: Double, expected: Double) {
            let group = with.filter { ($0.cluster != nil) == isMember }
            return (
                Double(group.reduce(0) { $0 + $1.extremeCount }),
                group.reduce(0) { $0 + Double($1.keluargaCount) * $1.desilProbabilities[0] }
            )
        }
        for group in [rate(true), rate(false)] {
            #expect(abs(group.extreme - group.expected) < 5 * group.expected.squareRoot())
        }
    }

    @Test("the truth lists each desa of a cluster once, with the risk that was planted")
    func truth() {
        let registry = WrittenRegistry.cleanKabupaten.registry
        let rows = table(written { registry.writeClusterTruth(to: $0) })
        #expect(rows.count == registry.plan.filter { $0.cluster != nil }.count)
        for row in rows {
            let desa = registry.plan.first { $0.desa.code.dotted == row["kode_desa"]! }!
            #expect(row["kluster"] == String(desa.cluster!))
            #expect(row["nama_desa"] == desa.desa.name)
            #expect(row["nama_kecamatan"] == desa.desa.kecamatanName)
            #expect(row["risiko_relatif"] == "3.000")
        }
    }

    @Test("a map too small for three clusters gets as many as fit")
    func smallMap() {
        let registry = SimulatedRegistry(
            areas: squareDesa(columns: 5, rows: 5),
            configuration: configured(500),
            seed: 2
        )
        #expect(Set(registry.plan.compactMap(\.cluster)) == [1])
    }
}

@Suite struct QueenAdjacencyTests {
    @Test("squares touch at corners too, and the relation is mutual")
    func lattice() {
        let neighbours = QueenAdjacency.neighbours(
            of: squareDesa(columns: 3, rows: 3).map(\.geometry)
        )
        #expect(neighbours[4] == [0, 1, 2, 3, 5, 6, 7, 8])
        #expect(neighbours[0] == [1, 3, 4])
    }

    @Test("of the 330 desa only the island has no neighbour")
    func island() {
        let lonely = PlantedClustersTests.neighbours.indices.filter {
            PlantedClustersTests.neighbours[$0].isEmpty
        }
        #expect(lonely.map { RealDesa.areas[$0].desa.name } == ["Gili Ketapang"])
        for (index, list) in PlantedClustersTests.neighbours.enumerated() {
            #expect(list.allSatisfy { PlantedClustersTests.neighbours[$0].contains(index) })
        }
    }
}
