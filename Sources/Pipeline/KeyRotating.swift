public import Foundation
internal import SocialRegistry
public import SpatialStore

/// Replaces the key of a database by a new one.
public struct KeyRotating {
    public let database: PovertyDatabase
    public let progress: any StepProgress

    public init(database: PovertyDatabase, progress: any StepProgress) {
        self.database = database
        self.progress = progress
    }

    /// Encrypts everything with a new key, which takes the place of `file`.
    ///
    /// The new key is written beside the old one before anything changes, so that whatever happens
    /// in between, one of the two files opens the database; `finishRotation` mends the rest.
    ///
    /// - Returns: how many rows were encrypted anew.
    public func run(old: IdentityKey, file: URL) throws -> Int {
        guard !IdentityKey.isInEnvironment else { throw PipelineError.keyFromEnvironment }
        let waiting = IdentityKey.fileInWaiting(file)
        try? FileManager.default.removeItem(at: waiting)
        let new = try IdentityKey.create(file: waiting)
        let step = "Encrypting anew"
        progress.report(step, fraction: 0)
        var readers: [Int64: StoredRows] = [:]
        for imported in try database.registryImports() {
            readers[imported.id] = try StoredRows(of: imported, in: database)
        }
        let count = try database.rotate(
            from: IdentitySeal(old), to: new,
            progress: { progress.report(step, fraction: $0) },
            numbers: { imported, row in
                guard let rows = readers[imported.id] else { return RowNumbers(key: nil) }
                return rows.numbers(row, isOfPersons: imported.isOfPersons)
            })
        try Self.finishRotation(file: file)
        try database.checkpoint()
        progress.report(step, fraction: 1)
        return count
    }

    /// Puts the new key into the old one's place.
    public static func finishRotation(file: URL) throws {
        let waiting = IdentityKey.fileInWaiting(file)
        guard rename(waiting.path, file.path) == 0 else {
            throw PipelineError.cannotWrite(path: file.path)
        }
    }
}

extension RegistryImport {
    var isOfPersons: Bool {
        switch RegistryLayout.Role(rawValue: role) {
        case .members, .personRegister: true
        default: false
        }
    }
}
