internal import CSQLite
internal import Foundation
internal import GRDB

/// The SpatiaLite library, loaded once and initialised for each connection.
///
/// It is loaded at run time instead of linked: a missing or old library becomes an error with a
/// remedy, and the map server, which reads finished tiles only, starts without it and the dozen
/// libraries behind it.
enum SpatiaLite {
    /// SpatiaLite 5.0 brought the functions this product uses in the form it uses them.
    static let neededVersion = "5.0"

    private typealias Version = @convention(c) () -> UnsafePointer<CChar>?
    private typealias Allocate = @convention(c) () -> UnsafeMutableRawPointer?
    private typealias Initialise =
        @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, Int32) -> Void
    private typealias Cleanup = @convention(c) (UnsafeMutableRawPointer?) -> Void

    private struct Library: Sendable {
        let allocate: Allocate
        let initialise: Initialise
        let cleanup: Cleanup
    }

    /// The library's file; the environment may name another one.
    private static let libraryName =
        ProcessInfo.processInfo.environment["PETA_SPATIALITE_LIBRARY"] ?? "libspatialite.so.7"

    private static let library: Result<Library, StoreError> = load()

    private static func load() -> Result<Library, StoreError> {
        guard let handle = dlopen(libraryName, RTLD_NOW | RTLD_LOCAL),
            let version = dlsym(handle, "spatialite_version"),
            let allocate = dlsym(handle, "spatialite_alloc_connection"),
            let initialise = dlsym(handle, "spatialite_init_ex"),
            let cleanup = dlsym(handle, "spatialite_cleanup_ex")
        else { return .failure(.spatiaLiteMissing(library: libraryName)) }
        let found =
            unsafeBitCast(version, to: Version.self)().map { String(cString: $0) } ?? "unknown"
        if let error = check(version: found) { return .failure(error) }
        return .success(
            Library(
                allocate: unsafeBitCast(allocate, to: Allocate.self),
                initialise: unsafeBitCast(initialise, to: Initialise.self),
                cleanup: unsafeBitCast(cleanup, to: Cleanup.self)))
    }

    static func check(version: String) -> StoreError? {
        let major = version.split(separator: ".").first.flatMap { Int($0) } ?? 0
        return major >= 5 ? nil : .spatiaLiteTooOld(found: version, needed: neededVersion)
    }

    /// Gives `db` the spatial functions for as long as it is open.
    ///
    /// GRDB has no hook that runs when a connection closes, so the per-connection cache is freed
    /// by the destructor of an SQL function; without that about 190 kB stay behind each time.
    static func initialise(_ db: Database) throws {
        let library = try library.get()
        guard let cache = library.allocate() else {
            throw StoreError.spatiaLiteFailed(step: "spatialite_alloc_connection")
        }
        library.initialise(db.sqliteConnection, cache, 0)
        let code = sqlite3_create_function_v2(
            db.sqliteConnection, "peta_spatialite_guard", 0, SQLITE_UTF8, cache,
            { context, _, _ in sqlite3_result_int(context, 1) }, nil, nil,
            { cache in
                if case .success(let library) = SpatiaLite.library { library.cleanup(cache) }
            })
        guard code == SQLITE_OK else {
            throw StoreError.spatiaLiteFailed(step: "sqlite3_create_function_v2")
        }
    }
}
