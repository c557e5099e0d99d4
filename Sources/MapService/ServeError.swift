internal import Foundation
internal import NIOCore

/// Why the server cannot start, in words that say what to do.
public enum ServeError: Error, Hashable, Sendable {
    case portInUse(Int)
    case portNotAllowed(Int)
}

extension ServeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .portInUse(let port):
            "Port \(port) is in use. Stop the program that uses it, or choose another: "
                + "peta serve --port \(port + 1)."
        case .portNotAllowed(let port):
            "You may not use port \(port). Choose one above 1023: peta serve --port 8080."
        }
    }
}

/// What the network layer reports when it cannot listen.
typealias IOErrorDescription = IOError

extension IOError {
    var isAddressInUse: Bool { errnoCode == EADDRINUSE }
    var isPermissionDenied: Bool { errnoCode == EACCES }
}
