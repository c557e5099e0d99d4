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
        let key = try IdentityKey.load(file: file(for: database.path))
        try database.bind(key)
        return IdentitySeal(key)
    }

    func file(for database: String) -> URL {
        URL(fileURLWithPath: keyFile ?? database + ".key")
    }
}
