internal import Geospatial
internal import PovertyModel
internal import SpatialStatistics
internal import SpatialStore

/// Keluarga on a grid of hexagons.
struct DensityMap {
    let grid: HexagonGrid
    /// By id.
    let cells: [DensityCell]
    /// Of whom the counts are made: those of a cell by position, and the rest of each desa; by
    /// positions in `cells`.
    let groups: [CellRelativeRisk.Group]
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
        var rests:
            [(keluarga: Int, extreme: Int, coverage: [(cell: HexagonGrid.Cell, part: Double)])] = []
        for count in counts {
            let cell = HexagonGrid.Cell(id: count.cellID)
            let extreme = rule.isExtreme(count.desil) ? count.keluarga : 0
            sums[cell, default: Sum()].add(
                keluarga: Double(count.keluarga), extreme: Double(extreme))
            sums[cell, default: Sum()].keluargaByPosition += count.keluarga
            sums[cell, default: Sum()].extremeByPosition += extreme
            positioned[count.desa, default: (0, 0)].keluarga += count.keluarga
            positioned[count.desa, default: (0, 0)].extreme += extreme
        }
        for (boundary, figures) in zip(boundaries, figures) {
            let known = positioned[boundary.desa] ?? (0, 0)
            let restKeluarga = figures.keluarga - known.keluarga
            let restExtreme = figures.desil.extreme(by: rule) - known.extreme
            let coverage = grid.coverage(of: boundary.area)
            let whole = coverage.reduce(0) { $0 + $1.areaKm2 }
            for (cell, areaKm2) in coverage {
                let share = areaKm2 / whole
                sums[cell, default: Sum()].add(
                    keluarga: Double(restKeluarga) * share, extreme: Double(restExtreme) * share)
                sums[cell, default: Sum()].landKm2 += areaKm2
            }
            rests.append(
                (restKeluarga, restExtreme, coverage.map { ($0.cell, $0.areaKm2 / whole) }))
        }
        let sorted = sums.sorted { $0.key < $1.key }
        let places = Dictionary(
            uniqueKeysWithValues: sorted.enumerated().map { ($1.key, $0) })
        let groups =
            sorted.enumerated().filter { $1.value.keluargaByPosition > 0 }.map { place, entry in
                CellRelativeRisk.Group(
                    people: entry.value.keluargaByPosition,
                    cases: entry.value.extremeByPosition,
                    cells: [(cell: place, share: 1)])
            }
            + rests.filter { $0.keluarga > 0 }.map { rest in
                CellRelativeRisk.Group(
                    people: rest.keluarga,
                    cases: rest.extreme,
                    cells: rest.coverage.compactMap { share in
                        places[share.cell].map { (cell: $0, share: share.part) }
                    })
            }
        return DensityMap(
            grid: grid,
            cells: sorted.map { cell, sum in
                DensityCell(
                    cell: cell,
                    landKm2: sum.landKm2,
                    keluarga: sum.keluarga,
                    extreme: sum.extreme,
                    keluargaByPosition: sum.keluargaByPosition)
            },
            groups: groups)
    }

    private struct Sum {
        var landKm2 = 0.0
        var keluarga = 0.0
        var extreme = 0.0
        var keluargaByPosition = 0
        var extremeByPosition = 0

        mutating func add(keluarga: Double, extreme: Double) {
            self.keluarga += keluarga
            self.extreme += extreme
        }
    }
}
