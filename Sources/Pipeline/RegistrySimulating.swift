internal import Foundation
internal import PovertyModel
internal import RegistrySimulation
public import SpatialStore

/// Writes a simulated register, its verification sheet and the truth behind both.
public struct RegistrySimulating {
    public struct Summary: Hashable, Sendable {
        public let keluarga: Int
        public let extreme: Int
        public let registerRows: Int
        public let vervalRows: Int
        public let clusters: [Int]
        public let files: SimulatedFiles
    }

    public let database: PovertyDatabase
    public let progress: any StepProgress

    public init(database: PovertyDatabase, progress: any StepProgress) {
        self.database = database
        self.progress = progress
    }

    /// Writes the files to `folder`, which is created when missing.
    ///
    /// `keluarga` nil stands for the published number.
    public func run(keluarga: Int? = nil, seed: UInt64, folder: String) throws -> Summary {
        guard let boundarySet = try database.activeBoundarySet() else {
            throw PipelineError.noBoundarySet(database: database.path)
        }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw PipelineError.cannotWrite(path: folder)
        }
        let units = Dictionary(
            uniqueKeysWithValues: try database.gazetteer().map { ($0.code, $0) })
        let areas = try database.boundaries(of: boundarySet).compactMap { boundary in
            units[boundary.desa].map { SimulationArea(desa: $0, geometry: boundary.area) }
        }
        var configuration = SimulationConfiguration()
        if let keluarga { configuration.keluargaCount = keluarga }
        let registry = SimulatedRegistry(areas: areas, configuration: configuration, seed: seed)
        let files = SimulatedFiles(folder: folder)
        let registerRows = try write(files.register, part: 0) { try registry.writeDTSEN(to: $0) }
        let vervalRows = try write(files.verval, part: 1) { try registry.writeVerval(to: $0) }
        try write(files.placementTruth, part: 2) { try registry.writePlacementTruth(to: $0) }
        try write(files.clusterTruth, part: 3) { try registry.writeClusterTruth(to: $0) }
        try write(files.desaTruth, part: 4) { try registry.writeDesaTruth(to: $0) }
        let clusters = Dictionary(grouping: registry.clusterTruth, by: \.cluster)
        return Summary(
            keluarga: configuration.keluargaCount,
            extreme: registry.extremeCount,
            registerRows: registerRows,
            vervalRows: vervalRows,
            clusters: clusters.sorted { $0.key < $1.key }.map(\.value.count),
            files: files)
    }

    @discardableResult
    private func write<T>(
        _ path: String,
        part: Int,
        body: ((ArraySlice<UInt8>) throws -> Void) throws -> T
    ) throws -> T {
        let parts = 5.0
        progress.report("Simulating a register", fraction: Double(part) / parts)
        let file = try OutputFile(path: path)
        let result = try body { try file.write($0) }
        try file.finish()
        progress.report("Simulating a register", fraction: Double(part + 1) / parts)
        return result
    }
}

/// The files of a simulation, by name.
public struct SimulatedFiles: Hashable, Sendable {
    public let register: String
    public let verval: String
    /// Where each family lives in truth.
    public let placementTruth: String
    /// The planted clusters.
    public let clusterTruth: String
    public let desaTruth: String

    /// Without their folder.
    public var names: [String] {
        [register, verval, placementTruth, clusterTruth, desaTruth].map {
            URL(fileURLWithPath: $0).lastPathComponent
        }
    }

    public init(folder: String) {
        register = folder + "/dtsen_keluarga_simulasi.csv"
        verval = folder + "/verval_simulasi.csv"
        placementTruth = folder + "/kebenaran_penempatan.csv"
        clusterTruth = folder + "/kebenaran_kluster.csv"
        desaTruth = folder + "/kebenaran_desa.csv"
    }
}
