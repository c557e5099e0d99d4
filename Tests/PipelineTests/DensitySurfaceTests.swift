import Geospatial
import PovertyModel
import SpatialStatistics
import SpatialStore
import Testing
import VectorTiles

@testable import Pipeline

/// 20 by 20 hexagons of land, with a poor corner and a nearly empty one.
@Suite struct DensitySurfaceTests {
    private static let width = 1000.0

    private func map(extremeInCorner: Int = 12) -> DensityMap {
        let grid = HexagonGrid(widthMetres: Self.width)
        var cells: [DensityCell] = []
        var groups: [CellRelativeRisk.Group] = []
        for r in 0..<20 {
            for q in 0..<20 {
                let isEmpty = q > 10 && r > 10
                let keluarga = isEmpty ? (q == 16 && r == 16 ? 3 : 0) : 40
                let extreme = isEmpty ? 0 : q < 6 && r < 6 ? extremeInCorner : 2
                cells.append(
                    DensityCell(
                        cell: HexagonGrid.Cell(q: 750 + q - r / 2, r: 10_400 + r),
                        landKm2: grid.cellAreaKm2, keluarga: Double(keluarga),
                        extreme: Double(extreme), keluargaByPosition: keluarga))
                if keluarga > 0 {
                    groups.append(
                        CellRelativeRisk.Group(
                            people: keluarga, cases: extreme,
                            cells: [(cell: cells.count - 1, share: 1)]))
                }
            }
        }
        return DensityMap(grid: grid, cells: cells, groups: groups)
    }

    private func surface(
        _ map: DensityMap,
        kernel: SurfaceKernel = .gaussian,
        bandwidth: SurfaceBandwidth = .metres(1500),
        isFullRegister: Bool = true
    ) throws -> DensitySurface {
        try #require(
            DensitySurfaceComputation(
                kernel: kernel, bandwidth: bandwidth, seed: 1, isFullRegister: isFullRegister
            ).run(map))
    }

    private func values(
        _ map: DensityMap,
        _ surface: DensitySurface,
        of cell: Int
    ) -> [String: TileValue] {
        Dictionary(
            uniqueKeysWithValues: MapLayers.surfaceProperties(surface, of: map).map {
                ($0.name, $0.value(map.cells[cell]))
            })
    }

    @Test(arguments: SurfaceKernel.allCases)
    func thePoorCornerIsHighAndNothingElse(kernel: SurfaceKernel) throws {
        let map = map()
        let surface = try surface(map, kernel: kernel)
        #expect(surface.cells[42]?.ratioClass == .higher)
        #expect(surface.cells[4 * 20 + 15]?.ratioClass != .higher)
        #expect(try #require(surface.globalPValue) == 0.001)
        let area = map.grid.cellAreaKm2
        let density = try #require(surface.cells[5 * 20 + 10]).density
        #expect(abs(density * area - 40) < 0.5)
    }

    @Test func whereHardlyAnybodyLivesNothingIsSaid() throws {
        let map = map()
        let surface = try surface(map)
        // Three keluarga alone in a kernel, and none around.
        let lone = values(map, surface, of: 16 * 20 + 16)
        #expect(lone.count == 4)
        #expect(lone.values.allSatisfy { $0 == .null })
    }

    @Test func aRatioFromWhichFewExtremesFollowIsWithheld() throws {
        // At a distance of the corner nobody is extremely poor but for the kernel's far end.
        let base = map()
        let cells = base.cells.enumerated().map { index, cell in
            DensityCell(
                cell: cell.cell, landKm2: cell.landKm2, keluarga: cell.keluarga,
                extreme: index == 42 ? 12 : 0, keluargaByPosition: cell.keluargaByPosition)
        }
        let groups = base.groups.enumerated().map { index, group in
            CellRelativeRisk.Group(
                people: group.people, cases: index == 42 ? 12 : 0, cells: group.cells)
        }
        let poor = DensityMap(grid: base.grid, cells: cells, groups: groups)
        let surface = try surface(poor)
        var withheld = 0
        for cell in poor.cells.indices {
            let found = values(poor, surface, of: cell)
            #expect((found["ekstrem_halus"] == .null) == (found["rasio"] == .null))
            if found["rasio"] == .null, found["rasio_kelas"] != .null { withheld += 1 }
        }
        #expect(withheld > 50)
    }

    @Test func noBandwidthIsBelowTheWidthOfACell() throws {
        #expect(try surface(map(), bandwidth: .metres(10)).bandwidthMetres == Self.width)
        for bandwidth in [SurfaceBandwidth.scott, .diggle] {
            #expect(try surface(map(), bandwidth: bandwidth).bandwidthMetres >= Self.width)
        }
    }

    @Test func aPartialRegisterHasADensityAndNoRatio() throws {
        let map = map()
        let surface = try surface(map, isFullRegister: false)
        #expect(surface.tested == 0 && surface.globalPValue == nil)
        #expect(
            MapLayers.surfaceProperties(surface, of: map).map(\.name)
                == ["kepadatan_halus", "ekstrem_halus"])
    }
}
