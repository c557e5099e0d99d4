internal import HTTPTypes
internal import Hummingbird

/// The address under which clients reach this server, for links in its documents.
struct PublicAddress: Sendable {
    /// Given by the operator when a proxy stands before the server; without a slash at the end.
    let configured: String?

    /// The configured address, else what the proxy says (RFC 7239, or the older X-Forwarded
    /// fields), else the Host of the request.
    ///
    /// All of them are the client's text, so nothing but a scheme, a host and a port is taken.
    func base(of request: Request) -> String {
        if let configured { return configured }
        let forwarded = Self.forwarded(request)
        let host = [forwarded.host, request.head.authority].lazy.compactMap(\.self)
            .first(where: Self.isHost)
        let scheme = forwarded.scheme == "https" ? "https" : "http"
        return "\(scheme)://\(host ?? "localhost")"
    }

    private static func forwarded(_ request: Request) -> (scheme: String?, host: String?) {
        if let header = field("Forwarded", request) {
            // The first element is that of the proxy nearest to the client.
            var scheme: String?
            var host: String?
            for pair in header.prefix(while: { $0 != "," }).split(separator: ";") {
                let sides = pair.split(separator: "=", maxSplits: 1)
                guard sides.count == 2 else { continue }
                let value = sides[1].filter { $0 != "\"" && $0 != " " }
                switch sides[0].filter({ $0 != " " }).lowercased() {
                case "proto": scheme = value.lowercased()
                case "host": host = value
                default: break
                }
            }
            return (scheme, host)
        }
        return (
            first(field("X-Forwarded-Proto", request)), first(field("X-Forwarded-Host", request))
        )
    }

    private static func first(_ list: String?) -> String? {
        list.map { String($0.prefix { $0 != "," }.filter { $0 != " " }) }
    }

    private static func field(_ name: String, _ request: Request) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || ".-:[]".utf8.contains(byte)
            }
    }
}
