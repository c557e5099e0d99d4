/// Trouble with the database or the key, in words that say what to do.
public enum StoreError: Error, Hashable, Sendable {
    case spatiaLiteMissing(library: String)
    case spatiaLiteTooOld(found: String, needed: String)
    case spatiaLiteFailed(step: String)
    case databaseMissing(path: String)
    case notAPetaDatabase(path: String)
    case databaseExists(path: String)
    case databaseNewer(path: String, migration: String)
    case databaseBusy(path: String)
    case diskFull(path: String)
    case cannotWrite(path: String, reason: String)
    case keyMissing(path: String)
    case keyUnreadable(path: String)
    case keyOpenToOthers(path: String)
    case keyDoesNotFit(path: String)
    case keyExists(path: String)
    case unknownBoundarySet(name: String, known: [String])
    case unknownDesa(code: String)
    case damagedGeometry(desa: String)
    case nothingPublished(path: String)
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .spatiaLiteMissing(let library):
            "Cannot start SpatiaLite: \(library) was not found. On Debian: "
                + "apt-get install libspatialite-dev."
        case .spatiaLiteTooOld(let found, let needed):
            "Cannot start SpatiaLite: version \(found) is older than \(needed). On Debian 12: "
                + "apt-get install libspatialite-dev."
        case .spatiaLiteFailed(let step):
            "SpatiaLite failed at \(step). Check that libspatialite, libproj and libgeos belong to "
                + "the same Debian release."
        case .databaseMissing(let path):
            "There is no database at \(path). Create one with: peta init --database \(path)."
        case .notAPetaDatabase(let path):
            "\(path) is no database of peta. Name another file, or create one with: peta init."
        case .databaseExists(let path):
            "\(path) exists already. Name another file, or remove it if you no longer need it."
        case .databaseNewer(let path, let migration):
            "\(path) was made by a newer peta (\(migration)). Update this peta."
        case .databaseBusy(let path):
            "\(path) is being written by another peta. Wait until it has finished and try again."
        case .diskFull(let path):
            "The disk that holds \(path) is full. Nothing was changed; free some space and repeat."
        case .cannotWrite(let path, let reason):
            "Cannot write \(path): \(reason). Check the folder and its permissions."
        case .keyMissing(let path):
            "The key file \(path) is missing. Put it back from your copy, or name it with "
                + "--key-file; aggregates need no key, importing and geocoding do."
        case .keyUnreadable(let path):
            "\(path) holds no key: 64 hexadecimal digits are expected. Put it back from your copy."
        case .keyOpenToOthers(let path):
            "Other users may read the key file \(path). Run: chmod 600 \(path)."
        case .keyDoesNotFit(let path):
            "The key \(path) is not the one this database was written with. Name the right one "
                + "with --key-file."
        case .keyExists(let path):
            "\(path) exists already, and what is encrypted with it is lost without it. Name another "
                + "file, or replace the key with: peta key rotate."
        case .unknownBoundarySet(let name, let known):
            "There is no boundary set “\(name)”. Known: \(known.joined(separator: ", "))."
        case .unknownDesa(let code):
            "\(code) is no desa of the gazetteer. Add it to gazetteer.csv, or leave its polygon out."
        case .damagedGeometry(let desa):
            "The stored polygon of desa \(desa) cannot be read. Import the boundary set again."
        case .nothingPublished(let path):
            "\(path) has no published release. Run: peta precompute --database \(path)."
        }
    }
}
