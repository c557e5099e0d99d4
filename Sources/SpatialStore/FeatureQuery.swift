public import FeatureFilter
public import Geospatial

/// A collection as it can be asked for features.
public struct StoredCollection: Sendable {
    /// Another one for each state of the collection.
    public let id: Int64
    /// Nil for one that was added from a file.
    public let releaseID: Int64?
    public let collection: FeatureCollection
    public let featureCount: Int
    /// Degrees; nil when no feature has a geometry.
    public let bounds: BoundingBox?
}

/// A coordinate reference system in which features can be asked for and sent.
public enum FeatureReferenceSystem: Int, CaseIterable, Sendable {
    /// OGC CRS84: longitude, latitude.
    case crs84 = 0
    /// Latitude, longitude.
    case epsg4326 = 4326
    case webMercator = 3857
    case utm49South = 32749

    /// The number by which SpatiaLite knows it; it always has longitude first.
    var srid: Int { self == .crs84 ? 4326 : rawValue }

    public var hasLatitudeFirst: Bool { self == .epsg4326 }
    public var isInDegrees: Bool { self == .crs84 || self == .epsg4326 }
}

/// Which features of a collection are wanted, in what order and form.
public struct FeatureQuery: Sendable {
    public struct Box: Hashable, Sendable {
        public let minX: Double
        public let minY: Double
        public let maxX: Double
        public let maxY: Double

        /// In the order of the reference system's axes with longitude (or east) first; `minX` may
        /// be greater than `maxX` for a box over the antimeridian.
        public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
            self.minX = minX
            self.minY = minY
            self.maxX = maxX
            self.maxY = maxY
        }
    }

    /// Days or instants in ISO 8601, ends included; nil is open.
    public struct Interval: Hashable, Sendable {
        public let start: String?
        public let end: String?

        public init(start: String?, end: String?) {
            self.start = start
            self.end = end
        }
    }

    public struct SortKey: Hashable, Sendable {
        public let property: Int
        public let isDescending: Bool

        public init(property: Int, isDescending: Bool) {
            self.property = property
            self.isDescending = isDescending
        }
    }

    public var box: (Box, FeatureReferenceSystem)?
    public var interval: Interval?
    /// Properties, by number, that must have these values.
    public var equals: [(property: Int, value: FeatureValue)] = []
    public var filter: CheckedFilter?
    public var sortBy: [SortKey] = []
    public var limit = 10
    public var cursor: FeatureCursor?
    public var referenceSystem = FeatureReferenceSystem.crs84
    /// The properties, by number, that are wanted; nil for all.
    public var properties: [Int]?

    public init() {}

    /// Whether its statement is one of few, worth keeping prepared; filters have no end of forms.
    var isCommon: Bool { filter == nil && equals.isEmpty && sortBy.isEmpty && properties == nil }
}

/// Where a page begins: behind a feature, or, backwards, before it.
public struct FeatureCursor: Hashable, Sendable {
    /// The feature's values of the sort keys.
    public let values: [FeatureValue]
    public let id: Int64
    public let isBackward: Bool

    public init(values: [FeatureValue], id: Int64, isBackward: Bool) {
        self.values = values
        self.id = id
        self.isBackward = isBackward
    }
}

public struct StoredFeature: Sendable {
    public let id: Int64
    /// A JSON object.
    public let properties: [UInt8]
    /// Well-known binary, longitude or east first; empty without a geometry.
    public let geometry: [UInt8]
}

public struct FeaturePage: Sendable {
    public let features: [StoredFeature]
    /// How many features match, on all pages.
    public let numberMatched: Int
    public let next: FeatureCursor?
    public let previous: FeatureCursor?
}

extension FeatureCollection {
    /// What a filter calls the geometry; no other property has this name.
    public static let geometryName = "geom"

    /// What a filter can ask for.
    public var queryables: [String: QueryableType] {
        var types = [Self.geometryName: QueryableType.geometry]
        for property in properties { types[property.name] = property.type.queryableType }
        return types
    }
}

extension FeatureCollection.PropertyType {
    var queryableType: QueryableType {
        switch self {
        case .string: .string
        case .integer: .integer
        case .number: .number
        case .boolean: .boolean
        case .date: .date
        case .timestamp: .timestamp
        }
    }
}
