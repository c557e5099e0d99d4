internal import HTTPTypes
internal import Hummingbird

/// A form in which a resource can be had: chosen by `f`, or by what the client accepts.
struct Representation: Hashable, Sendable {
    /// The value of `f`.
    let name: String
    let mediaType: String
    /// Further media types that ask for this form.
    var aliases: [String] = []

    /// Without parameters such as the character set.
    var plainType: String {
        mediaType.split(separator: ";").first.map(String.init) ?? mediaType
    }

    static let json = Representation(name: "json", mediaType: "application/json")
    static let html = Representation(
        name: "html", mediaType: "text/html; charset=utf-8", aliases: ["text/html"])
    static let geoJSON = Representation(
        name: "json", mediaType: "application/geo+json",
        aliases: ["application/json", "application/vnd.geo+json"])
    static let schema = Representation(
        name: "json", mediaType: "application/schema+json", aliases: ["application/json"])
    static let linkedData = Representation(
        name: "json", mediaType: "application/ld+json", aliases: ["application/json"])
    static let openAPI = Representation(
        name: "json", mediaType: "application/vnd.oai.openapi+json;version=3.0",
        aliases: ["application/vnd.oai.openapi+json", "application/json"])
    static let csv = Representation(
        name: "csv", mediaType: "text/csv; charset=utf-8", aliases: ["text/csv"])
    static let flatGeobuf = Representation(name: "fgb", mediaType: "application/flatgeobuf")
    static let geoPackage = Representation(
        name: "gpkg", mediaType: "application/geopackage+sqlite3")
    static let geoJSONTile = Representation(
        name: "geojson", mediaType: "application/geo+json", aliases: ["application/json"])
    static let vectorTile = Representation(
        name: "mvt", mediaType: "application/vnd.mapbox-vector-tile",
        aliases: ["application/x-protobuf"])

    /// The form asked for by `f`, or by Accept, among `offers`; the first one when neither says.
    static func chosen(
        by name: String?,
        accepting accept: String?,
        among offers: [Representation]
    ) throws(RequestFailure) -> Representation {
        if let name {
            guard let offer = offers.first(where: { $0.name == name }) else {
                throw .badParameter(
                    "f takes \(offers.map(\.name).joined(separator: ", ")) here.")
            }
            return offer
        }
        guard let accept, !accept.isEmpty else { return offers[0] }
        let wishes = accept.split(separator: ",").compactMap(MediaRange.init)
        guard !wishes.isEmpty else { return offers[0] }
        var best: (offer: Representation, quality: Double)?
        for offer in offers {
            let quality = offer.quality(wishes)
            // Of equal wishes the earlier offer wins: JSON before HTML for */*.
            if quality > (best?.quality ?? 0) { best = (offer, quality) }
        }
        guard let best else { throw .notAcceptable(offers: offers.map(\.mediaType)) }
        return best.offer
    }

    /// What the most exact of the wishes that speak of this form says (RFC 9110 section 12.5.1).
    private func quality(_ wishes: [MediaRange]) -> Double {
        let types = ([mediaType] + aliases).map { type in
            type.split(separator: ";").first.map(String.init) ?? type
        }
        var best = 0.0
        for type in types {
            let exact = wishes.filter { $0.matches(type) }.max { $0.exactness < $1.exactness }
            best = max(best, exact?.quality ?? 0)
        }
        return best
    }
}

/// One item of an Accept header.
private struct MediaRange {
    let type: String
    let quality: Double

    init?(_ text: Substring) {
        let parts = text.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
        guard let type = parts.first, type.contains("/") else { return nil }
        self.type = type
        quality =
            parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
    }

    var exactness: Int { type == "*/*" ? 0 : type.hasSuffix("/*") ? 1 : 2 }

    func matches(_ other: String) -> Bool {
        switch exactness {
        case 0: true
        case 1: other.hasPrefix(type.dropLast())
        default: other == type
        }
    }
}
