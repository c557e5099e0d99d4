internal import Geospatial
internal import PovertyModel
internal import SpatialStore

/// Keluarga on a grid of hexagons.
struct DensityMap {
    let grid: HexagonGrid
    /// By id.
    let cells: [DensityCell]
}

struct DensityCell {
    let cell: HexagonGrid.Cell
    /// Of the boundary set inside the hexagon.
    let landKm2: Double
    /// An estimate: positions counted, the rest of each desa spread over its area.
    let keluarga: Double
    let extreme: Double
    /// Keluarga counted by their own position.
    let keluargaByPosition: Int
}

/// Computes the density of keluarga and of extreme poverty on a hexagon grid.
///
/// A keluarga with a trusted position counts in its cell. Of the others only the desa is known;
/// they are spread over the desa's cells by area, since a heap on the centre would be a false peak.
struct DensityComputation {
    let rule: ExtremePovertyRule
    let widthMetres: Double

    /// Spreads the counts of each boundary; `counts` are keluarga with a trusted position.
    ///
    /// - Complexity: O(*v* · *c*) over the desa, *v* vertices, *c* cells of each.
    func run(
        boundaries: [DesaBoundary],
        figures: [AreaFigures],
        counts: [CellCount]
    ) -> DensityMap {
        let grid = HexagonGrid(widthMetres: widthMetres)
        var sums: [HexagonGrid.Cell: Sum] = [:]
        var positioned: [DesaCode: (keluarga: Int, extreme: Int)] = [:]
        for count in counts {
            let cell = HexagonGrid.Cell(id: count.cellID)
            let extreme = rule.isExtreme(count.desil) ? count.keluarga : 0
            sums[cell, default: Sum()].add(
                keluarga: Double(count.keluarga), extreme: Double(extreme))
            sums[cell, default: Sum()].keluargaByPosition += count.keluarga
            positioned[count.desa, default: (0, 0)].keluarga += count.keluarga
            positioned[count.desa, default: (0, 0)].extreme += extreme
        }
        for (boundary, figures) in zip(boundaries, figures) {
            let known = positioned[boundary.desa] ?? (0, 0)
            let restKeluarga = Double(figures.keluarga - known.keluarga)
            let restExtreme = Double(figures.desil.extreme(by: rule) - known.extreme)
            let coverage = grid.coverage(of: boundary.area)
            let whole = coverage.reduce(0) { $0 + $1.areaKm2 }
            for (cell, areaKm2) in coverage {
                let share = areaKm2 / whole
                sums[cell, default: Sum()].add(
                    keluarga: restKeluarga * share, extreme: restExtreme * share)
                sums[cell, default: Sum()].landKm2 += areaKm2
            }
        }
        return DensityMap(
            grid: grid,
            cells: sums.sorted { $0.key < $1.key }.map { cell, sum in
                DensityCell(
                    cell: cell,
                    landKm2: sum.landKm2,
                    keluarga: sum.keluarga,
                    extreme: sum.extreme,
                    keluargaByPosition: sum.keluargaByPosition)
            })
    }

    private struct Sum {
        var landKm2 = 0.0
        var keluarga = 0.0
        var extreme = 0.0
        var keluargaByPosition = 0

        mutating func add(keluarga: Double, extreme: Double) {
            self.keluarga += keluarga
            self.extreme += extreme
        }
    }
}
