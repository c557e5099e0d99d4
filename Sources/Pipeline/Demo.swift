internal import Foundation
internal import PovertyModel
internal import SpatialStore

/// The whole way with simulated families, from an empty folder to a published map.
public struct Demo {
    public struct Summary: Sendable {
        public let boundaries: BoundaryImport.Summary
        public let simulation: RegistrySimulating.Summary
        public let register: RegistryImporting.Summary
        public let verval: RegistryImporting.Summary
        public let geocoding: KeluargaGeocoding.Summary
        public let release: ReleasePublication.Summary
    }

    public static let databaseName = "peta.sqlite"
    /// The date of the field update of DTSEN in Probolinggo that the simulation stands for.
    private static let registerDate = "2026-02-28"

    public let geodata: String
    public let progress: any StepProgress

    public init(geodata: String, progress: any StepProgress) {
        self.geodata = geodata
        self.progress = progress
    }

    /// Builds `folder`, which must not exist and appears when everything is done.
    ///
    /// `keluarga` nil stands for the published number.
    public func run(folder: String, keluarga: Int?, seed: UInt64) throws -> Summary {
        let files = FileManager.default
        guard !files.fileExists(atPath: folder) else {
            throw StoreError.databaseExists(path: folder)
        }
        let workshop = folder + ".part"
        try? files.removeItem(atPath: workshop)
        do {
            try files.createDirectory(atPath: workshop, withIntermediateDirectories: true)
        } catch {
            throw PipelineError.cannotWrite(path: folder)
        }
        let summary = try build(in: workshop, keluarga: keluarga, seed: seed)
        guard rename(workshop, folder) == 0 else {
            throw PipelineError.cannotWrite(path: folder)
        }
        return summary
    }

    private func build(in folder: String, keluarga: Int?, seed: UInt64) throws -> Summary {
        let database = try PovertyDatabase.createOrOpen(at: folder + "/" + Self.databaseName)
        let key = try IdentityKey.createIfMissing(
            file: URL(fileURLWithPath: database.path + ".key"))
        try database.bind(key)
        let seal = IdentitySeal(key)
        let criteria = folder + "/kriteria.json"
        try CriteriaFile.createIfMissing(path: criteria)
        let boundaries = try BoundaryImport(database: database).importOwnTracing(folder: geodata)
        var options = RegistrySimulating.Options()
        options.keluarga = keluarga
        options.seed = seed
        let simulation = try RegistrySimulating(database: database, progress: progress)
            .run(options, folder: folder)
        let importing = RegistryImporting(database: database, seal: seal, progress: progress)
        let date = CalendarDate(Self.registerDate) ?? .unixEpoch
        let register = try importing.run(path: simulation.files.register, releaseDate: date)
        let verval = try importing.run(path: simulation.files.verval, releaseDate: date)
        let geocoding = try KeluargaGeocoding(
            database: database, seal: seal, progress: progress
        ).run(register: database.register(id: register.imported.id))
        let release = try ReleasePublication(
            database: database, criteriaPath: criteria, progress: progress
        ).run()
        try database.close()
        return Summary(
            boundaries: boundaries,
            simulation: simulation,
            register: register,
            verval: verval,
            geocoding: geocoding,
            release: release)
    }
}
