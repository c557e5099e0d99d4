internal import Foundation
internal import PovertyModel
public import RegistrySimulation
internal import SocialRegistry
public import SpatialStore
internal import Workbooks

/// Writes a simulated register, its verification sheet and the truth behind both.
public struct RegistrySimulating {
    public struct Options: Sendable {
        /// Nil stands for the published number.
        public var keluarga: Int?
        public var seed: UInt64 = 1
        /// The register and the verval sheet unless said otherwise.
        public var layouts: [SimulatedLayout] = [.dtsenKeluarga, .verval]
        public var writing = SimulationWriting()
        /// XLSX in the place of delimited text.
        public var asWorkbook = false

        public init() {}
    }

    public struct Summary: Hashable, Sendable {
        public let keluarga: Int
        public let extreme: Int
        public let rows: [SimulatedLayout: Int]
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
    public func run(_ options: Options = Options(), folder: String) throws -> Summary {
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
        if let keluarga = options.keluarga { configuration.keluargaCount = keluarga }
        let registry = SimulatedRegistry(
            areas: areas, configuration: configuration, seed: options.seed)
        let files = SimulatedFiles(
            folder: folder, layouts: options.layouts, asWorkbook: options.asWorkbook)
        let parts = Double(options.layouts.count + 4)
        var part = 0.0
        func report() {
            progress.report("Simulating a register", fraction: part / parts)
            part += 1
        }
        var rows: [SimulatedLayout: Int] = [:]
        for layout in options.layouts {
            report()
            rows[layout] = try write(layout, of: registry, options, to: files.path(of: layout))
        }
        report()
        try write(files.placementTruth) { try registry.writePlacementTruth(to: $0) }
        report()
        try write(files.clusterTruth) { try registry.writeClusterTruth(to: $0) }
        try write(files.desaTruth) { try registry.writeDesaTruth(to: $0) }
        report()
        try write(files.identityTruth) { try registry.writeIdentityTruth(to: $0) }
        progress.report("Simulating a register", fraction: 1)
        let clusters = Dictionary(grouping: registry.clusterTruth, by: \.cluster)
        return Summary(
            keluarga: configuration.keluargaCount,
            extreme: registry.extremeCount,
            rows: rows,
            clusters: clusters.sorted { $0.key < $1.key }.map(\.value.count),
            files: files)
    }

    private func write(
        _ layout: SimulatedLayout,
        of registry: SimulatedRegistry,
        _ options: Options,
        to path: String
    ) throws -> Int {
        guard options.asWorkbook else {
            return try write(path) { try registry.write(layout, options.writing, to: $0) }
        }
        let file = try OutputFile(path: path)
        var workbook = try XLSXWriter(sheets: [.init(name: layout.rawValue)], level: 1) {
            try file.write($0)
        }
        var parser = DelimitedTextParser(delimiter: options.writing.delimiter)
        let take = { (row: DelimitedRow) throws -> Bool in
            for index in 0..<row.count { try workbook.append(row.bytes(index)) }
            try workbook.endRow()
            return true
        }
        let rows = try registry.write(layout, options.writing) { try parser.feed($0, body: take) }
        _ = try parser.finish(body: take)
        try workbook.finish()
        try file.finish()
        return rows
    }

    @discardableResult
    private func write<T>(
        _ path: String,
        body: ((ArraySlice<UInt8>) throws -> Void) throws -> T
    ) throws -> T {
        let file = try OutputFile(path: path)
        let result = try body { try file.write($0) }
        try file.finish()
        return result
    }
}

/// The files of a simulation, by name.
public struct SimulatedFiles: Hashable, Sendable {
    private let folder: String
    private let layouts: [SimulatedLayout]
    private let suffix: String
    /// Where each family lives in truth.
    public let placementTruth: String
    /// The planted clusters.
    public let clusterTruth: String
    public let desaTruth: String
    /// The numbers under which each family is known in each register.
    public let identityTruth: String

    public init(
        folder: String,
        layouts: [SimulatedLayout] = [.dtsenKeluarga, .verval],
        asWorkbook: Bool = false
    ) {
        self.folder = folder
        self.layouts = layouts
        suffix = asWorkbook ? ".xlsx" : ".csv"
        placementTruth = folder + "/kebenaran_penempatan.csv"
        clusterTruth = folder + "/kebenaran_kluster.csv"
        desaTruth = folder + "/kebenaran_desa.csv"
        identityTruth = folder + "/kebenaran_identitas.csv"
    }

    public func path(of layout: SimulatedLayout) -> String {
        let name = layout.rawValue.replacingOccurrences(of: "-", with: "_")
        return "\(folder)/\(name)_simulasi\(suffix)"
    }

    public var register: String { path(of: .dtsenKeluarga) }
    public var verval: String { path(of: .verval) }

    /// Without their folder.
    public var names: [String] {
        (layouts.map(path) + [placementTruth, clusterTruth, desaTruth, identityTruth]).map {
            URL(fileURLWithPath: $0).lastPathComponent
        }
    }
}
