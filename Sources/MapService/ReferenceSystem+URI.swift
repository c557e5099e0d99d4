internal import FeatureFilter
internal import SpatialStore

extension FeatureReferenceSystem {
    /// The URI of OGC's register (Features Part 2).
    var uri: String { ofFilters.rawValue }

    /// The same system where geometries of a filter are given in it.
    private var ofFilters: FilterReferenceSystem {
        switch self {
        case .crs84: .crs84
        case .epsg4326: .epsg4326
        case .webMercator: .epsg3857
        case .utm49South: .epsg32749
        }
    }

    /// Reads a URI; `parameter` is named in the error.
    init(uri: String, parameter: String) throws(RequestFailure) {
        let found = FilterReferenceSystem(uri: uri)
        guard let system = Self.allCases.first(where: { $0.ofFilters == found }) else {
            throw .badParameter(
                "\(parameter) takes one of "
                    + Self.allCases.map(\.uri).joined(separator: ", ") + ".")
        }
        self = system
    }

    /// A centimetre and less.
    var decimals: Int { isInDegrees ? 7 : 3 }
}
