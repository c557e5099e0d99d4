internal import FeatureFilter
internal import SpatialStore

extension FeatureReferenceSystem {
    /// The URI of OGC's register (Features Part 2).
    var uri: String {
        switch self {
        case .crs84: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
        case .epsg4326, .webMercator, .utm49South:
            "http://www.opengis.net/def/crs/EPSG/0/\(rawValue)"
        }
    }

    /// Reads a URI; `parameter` is named in the error.
    init(uri: String, parameter: String) throws(RequestFailure) {
        let plain = uri.hasPrefix("https:") ? "http:" + uri.dropFirst(6) : uri
        guard let system = Self.allCases.first(where: { $0.uri == plain }) else {
            throw .badParameter(
                "\(parameter) takes one of "
                    + Self.allCases.map(\.uri).joined(separator: ", ") + ".")
        }
        self = system
    }

    /// A centimetre and less.
    var decimals: Int { isInDegrees ? 7 : 3 }
}
