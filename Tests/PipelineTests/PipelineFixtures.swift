import Foundation
import SpatialStore

@testable import Pipeline

/// A folder with a database that has boundaries and a key, removed when the test is over.
final class Workshop: Sendable {
    let folder: URL
    let database: PovertyDatabase
    let seal: IdentitySeal

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("peta-pipeline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appendingPathComponent("peta.sqlite").path
        database = try PovertyDatabase.createOrOpen(at: path)
        seal = IdentitySeal(
            try IdentityKey.createIfMissing(file: URL(fileURLWithPath: path + ".key")))
        _ = try BoundaryImport(database: database)
            .importOwnTracing(folder: Self.root.appendingPathComponent("geodata").path)
        try CriteriaFile.createIfMissing(path: criteria)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    var criteria: String { folder.appendingPathComponent("kriteria.json").path }

    var importing: RegistryImporting {
        RegistryImporting(database: database, seal: seal, progress: SilentProgress())
    }

    func file(_ name: String, _ text: String) throws -> String {
        try file(name, Array(text.utf8))
    }

    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let url = folder.appendingPathComponent(name)
        try Data(bytes).write(to: url)
        return url.path
    }
}
