internal import ArgumentParser
internal import Foundation
internal import Pipeline
internal import SpatialStore

/// Which database a command works on.
struct DatabaseOptions: ParsableArguments {
    @Option(name: .long, help: "The SpatiaLite database.")
    var database = "peta.sqlite"

    /// Rules lie beside the database, so that a copy of its folder is complete.
    var criteriaPath: String {
        URL(fileURLWithPath: database).deletingLastPathComponent()
            .appendingPathComponent("kriteria.json").path
    }

    func open() throws -> PovertyDatabase { try PovertyDatabase.open(at: database) }
}

/// The secret that opens identities.
struct KeyOptions: ParsableArguments {
    @Option(
        name: .long,
        help: """
            The key file (default: the database's path with .key). The environment variable \
            PETA_KEY, 64 hexadecimal digits, takes its place.
            """)
    var keyFile: String?

    func seal(for database: PovertyDatabase) throws -> IdentitySeal {
        IdentitySeal(try load(for: database))
    }

    /// The key, bound to the database.
    ///
    /// When a rotation was cut off after the database had changed, the new key still waits beside
    /// the old one: it takes its place now.
    func load(for database: PovertyDatabase) throws -> IdentityKey {
        let file = file(for: database.path)
        let key = try IdentityKey.load(file: file)
        do {
            try database.bind(key)
            return key
        } catch let error as StoreError {
            let waiting = IdentityKey.fileInWaiting(file)
            guard case .keyDoesNotFit = error, !IdentityKey.isInEnvironment,
                FileManager.default.fileExists(atPath: waiting.path)
            else { throw error }
            let new = try IdentityKey.load(file: waiting)
            try database.bind(new)
            try KeyRotating.finishRotation(file: file)
            return new
        }
    }

    func file(for database: String) -> URL {
        URL(fileURLWithPath: keyFile ?? database + ".key")
    }
}
