internal import Geospatial
internal import PovertyModel
internal import SpatialStatistics

/// How a density is smoothed.
public enum SurfaceKernel: String, CaseIterable, Sendable {
    case gaussian
    case quartic
}

/// How far; always a standard deviation.
public enum SurfaceBandwidth: Hashable, Sendable {
    case scott
    case diggle
    case metres(Double)
}

/// The densities of a `DensityMap` smoothed and corrected at every edge, and their ratio.
struct DensitySurface {
    struct Cell {
        /// Keluarga, and extremely poor ones, per km² of land.
        let density: Double
        let extremeDensity: Double
        /// The kernel holds enough extremely poor keluarga for their density to be shown.
        let isExtremeShown: Bool
        /// The share of extreme poverty around over that of the kabupaten; nil for a partial
        /// register.
        let ratio: Double?
        let ratioClass: RatioClass?
        let pValue: Double?
    }

    /// One for each cell of the map; nil with fewer than 20 keluarga in the kernel.
    let cells: [Cell?]
    let kernel: SurfaceKernel
    let bandwidthMetres: Double
    /// How the bandwidth came about, for people.
    let bandwidthText: String
    /// Among maps whose extreme poor are dealt out at random, how many are as uneven.
    let globalPValue: Double?
    let tested: Int
    let replicas: Int
    let seed: UInt64
}

/// Smooths the density of keluarga and tests where extreme poverty is denser than they are
/// (Kelsall and Diggle).
struct DensitySurfaceComputation {
    static let replicas = 999
    static let leastPeople = 20.0
    static let falseDiscoveryRate = 0.05

    let kernel: SurfaceKernel
    let bandwidth: SurfaceBandwidth
    let seed: UInt64
    /// Without a full register there is a density, but no share and so no ratio.
    let isFullRegister: Bool

    /// Nil without keluarga or land.
    func run(_ map: DensityMap) -> DensitySurface? {
        let points = map.cells.map { map.grid.planarCentre(of: $0.cell) }
        let land = map.cells.map(\.landKm2)
        let counts = map.cells.map(\.keluarga)
        guard land.contains(where: { $0 > 0 }), counts.contains(where: { $0 > 0 }) else {
            return nil
        }
        let chosen = metres(points, counts, land, width: map.grid.widthMetres)
        let shape: SmoothingKernel =
            switch kernel {
            case .gaussian: .gaussian(standardDeviation: chosen.metres)
            case .quartic: .quartic(standardDeviation: chosen.metres)
            }
        let smoother = CellSmoother(points: points, land: land, kernel: shape)
        let effectiveKm2 = shape.effectiveArea / 1e6
        var options = CellRelativeRisk.Options(seed: seed)
        options.replicas = Self.replicas
        options.leastPeople = Self.leastPeople
        let risk =
            isFullRegister
            ? CellRelativeRisk.surface(
                of: map.groups, cellCount: map.cells.count, smoother: smoother,
                effectiveArea: effectiveKm2, options: options) : nil
        let densities = smoother.densities(of: counts)
        let extremes = smoother.densities(of: map.cells.map(\.extreme))
        // Only cells with land are on the map, so only they are tested.
        let q = FalseDiscoveryRate.qValues(
            of: map.cells.indices.map { index in
                land[index] > 0 ? risk?.cells[index]?.pValue ?? .nan : .nan
            })
        let cells = map.cells.indices.map { index -> DensitySurface.Cell? in
            guard land[index] > 0, densities[index] * effectiveKm2 >= Self.leastPeople else {
                return nil
            }
            let found = risk?.cells[index]
            return DensitySurface.Cell(
                density: densities[index],
                extremeDensity: extremes[index],
                isExtremeShown: !SmallCellRule.standard.isSmall(
                    Int((extremes[index] * effectiveKm2).rounded(.up))),
                ratio: found?.ratio,
                ratioClass: found.map { Self.ratioClass($0, q: q[index]) },
                pValue: found?.pValue)
        }
        return DensitySurface(
            cells: cells, kernel: kernel, bandwidthMetres: chosen.metres,
            bandwidthText: chosen.text, globalPValue: risk?.globalPValue,
            tested: q.count { !$0.isNaN }, replicas: Self.replicas, seed: seed)
    }

    private static func ratioClass(_ cell: CellRelativeRisk.Cell, q: Double) -> RatioClass {
        guard q <= falseDiscoveryRate else { return .notDifferent }
        return cell.pHigh < cell.pLow ? .higher : .lower
    }

    /// Never below the width of a cell: less smooths nothing, and rounded figures of a narrow
    /// kernel could be turned back into counts.
    private func metres(
        _ points: [PlanarPoint],
        _ counts: [Double],
        _ land: [Double],
        width: Double
    ) -> (metres: Double, text: String) {
        switch bandwidth {
        case .metres(let metres):
            return (max(metres, width), metres < width ? "lebar sel" : "ditentukan")
        case .scott:
            guard let scott = KernelBandwidth.scott(of: points, counts: counts), scott > width
            else { return (width, "aturan Scott, paling sedikit lebar sel") }
            return (scott, "aturan Scott")
        case .diggle:
            let found = KernelBandwidth.diggle(
                of: points, counts: counts, land: land.map { $0 * 1e6 }, cellWidth: width,
                smallest: width, largest: 8 * width)
            return switch found {
            case .minimum(let metres): (metres, "validasi silang Diggle")
            case .lowerEnd, .tooFew: (width, "validasi silang Diggle, paling sedikit lebar sel")
            case .upperEnd: (8 * width, "validasi silang Diggle, paling banyak delapan lebar sel")
            }
        }
    }
}
