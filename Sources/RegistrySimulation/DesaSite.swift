internal import Geospatial
internal import PovertyModel

/// A hamlet, around whose centre houses stand.
struct Dusun: Sendable {
    let name: [UInt8]
    let centre: MicroPosition
    /// Share of the families of the desa.
    let share: Double
}

/// Where in a desa its families live.
struct DesaSite: Sendable {
    let interior: AreaInterior
    let plane: LocalPlane
    let dusun: [Dusun]
    /// The point that stands for the whole desa when nobody went to the house.
    let balaiDesa: MicroPosition
    /// Queen neighbours, or the nearest desa for one that has none; empty if it is alone.
    let nearby: [Int]
    /// Families of this desa draw from here.
    let seed: UInt64

    private static let streamBase: UInt64 = 1_000_000
    private static let scatterTries = 12
    private static let dusunCandidates = 8

    static func make(
        areas: [SimulationArea],
        adjacency: [[Int]],
        plan: [DesaPlan],
        seed: UInt64
    ) -> [DesaSite] {
        areas.indices.map { index in
            var generator = SeededGenerator(seed: seed, stream: streamBase + UInt64(index))
            return DesaSite(
                area: areas[index],
                keluargaCount: plan[index].keluargaCount,
                nearby: adjacency[index].isEmpty ? nearest(to: index, in: areas) : adjacency[index],
                generator: &generator
            )
        }
    }

    private init(
        area: SimulationArea,
        keluargaCount: Int,
        nearby: [Int],
        generator: inout SeededGenerator
    ) {
        interior = AreaInterior(area.geometry)
        plane = LocalPlane(latitude: area.desa.labelPoint.latitude)
        self.nearby = nearby
        seed = generator.next()

        let count = min(8, 3 + keluargaCount / 500 + generator.index(below: 3))
        let centres = Self.spreadCentres(
            count,
            interior: interior,
            plane: plane,
            fallback: MicroPosition(nearest: area.desa.labelPoint),
            generator: &generator
        )
        let weights = centres.map { _ in 0.4 + generator.uniform() }
        let total = weights.reduce(0, +)
        let firstName = generator.index(below: NameLists.dusun.count - 1)
        dusun = centres.indices.map { index in
            // The first is the old centre of the desa, which is called Krajan everywhere.
            let name = index == 0 ? 0 : 1 + (firstName + index) % (NameLists.dusun.count - 1)
            return Dusun(
                name: NameLists.dusun[name],
                centre: centres[index],
                share: weights[index] / total
            )
        }
        balaiDesa = centres[0]
    }

    /// Points apart from each other: of eight candidates the one farthest from those chosen.
    private static func spreadCentres(
        _ count: Int,
        interior: AreaInterior,
        plane: LocalPlane,
        fallback: MicroPosition,
        generator: inout SeededGenerator
    ) -> [MicroPosition] {
        var centres = [interior.uniformPosition(from: &generator) ?? fallback]
        while centres.count < count {
            var best = (position: centres[0], metres: -1.0)
            for _ in 0..<dusunCandidates {
                guard let candidate = interior.uniformPosition(from: &generator) else { continue }
                let nearest = centres.map {
                    plane.metres(from: $0.coordinate, to: candidate.coordinate)
                }.min()
                if let nearest, nearest > best.metres { best = (candidate, nearest) }
            }
            centres.append(best.position)
        }
        return centres
    }

    private static func nearest(to index: Int, in areas: [SimulationArea]) -> [Int] {
        let point = areas[index].desa.labelPoint
        let plane = LocalPlane(latitude: point.latitude)
        let others = areas.indices.filter { $0 != index }.map {
            (index: $0, metres: plane.metres(from: point, to: areas[$0].desa.labelPoint))
        }
        return others.min { ($0.metres, $0.index) < ($1.metres, $1.index) }.map { [$0.index] } ?? []
    }

    /// The front door of a house in `dusun`, always inside the desa.
    ///
    /// Normal scatter around the centre of the dusun; after twelve doors outside the desa any
    /// point in it; after four hundred more the centre itself.
    func housePosition(
        inDusun index: Int,
        scatterMetres: Double,
        generator: inout SeededGenerator
    ) -> MicroPosition {
        let centre = dusun[index].centre.coordinate
        let scatterLongitude = scatterMetres / plane.metresPerDegreeLongitude
        let scatterLatitude = scatterMetres / LocalPlane.metresPerDegreeLatitude
        for _ in 0..<Self.scatterTries {
            let (x, y) = generator.normalPair()
            let position = MicroPosition(
                nearest: Coordinate(
                    longitude: centre.longitude + x * scatterLongitude,
                    latitude: centre.latitude + y * scatterLatitude
                )
            )
            if interior.contains(position.coordinate) { return position }
        }
        return interior.uniformPosition(from: &generator) ?? dusun[index].centre
    }
}
