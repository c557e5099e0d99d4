/// What a collection of features says of itself: its schema and its metadata.
public struct FeatureCollection: Codable, Hashable, Sendable {
    public enum PropertyType: String, Codable, Hashable, Sendable {
        case string, integer, number, boolean
        /// A calendar day, `2025-06-30`.
        case date
        /// An instant in UTC, `2025-06-30T04:00:00Z`.
        case timestamp
    }

    public struct Property: Codable, Hashable, Sendable {
        public let name: String
        public let type: PropertyType
        /// Indonesian, with the unit.
        public let text: String

        public init(name: String, type: PropertyType, text: String) {
            self.name = name
            self.type = type
            self.text = text
        }
    }

    public enum GeometryType: String, Codable, Hashable, Sendable {
        case point, lineString = "linestring", polygon
        case multiPoint = "multipoint", multiLineString = "multilinestring"
        case multiPolygon = "multipolygon"
        /// Of several types.
        case any
    }

    /// What a catalogue wants to know (DCAT 3, and what Satu Data Indonesia asks for).
    public struct Metadata: Codable, Hashable, Sendable {
        public var licence: String
        /// One entry for each party that has to be named.
        public var attribution: [String]
        public var keywords: [String]
        /// How the data came to be, in Indonesian.
        public var lineage: String
        /// The code lists that the data refer to.
        public var codeReference: String
        /// The first and the last day that the data describe, `2025-06-30`; nil when not known.
        public var period: [String]?
        /// ISO 8601, UTC.
        public var updated: String

        public init(
            licence: String,
            attribution: [String],
            keywords: [String],
            lineage: String,
            codeReference: String,
            period: [String]?,
            updated: String
        ) {
            self.licence = licence
            self.attribution = attribution
            self.keywords = keywords
            self.lineage = lineage
            self.codeReference = codeReference
            self.period = period
            self.updated = updated
        }
    }

    /// The identifier in addresses, without the release.
    public let name: String
    public let title: String
    public let text: String
    public let isSimulated: Bool
    public let geometryType: GeometryType
    public let properties: [Property]
    /// The property that says when a feature is true; a date or an instant.
    public let temporalProperty: String?
    /// The layer of the tile pyramid with the same features.
    public let tileLayer: String?
    public let metadata: Metadata

    public init(
        name: String,
        title: String,
        text: String,
        isSimulated: Bool,
        geometryType: GeometryType,
        properties: [Property],
        temporalProperty: String? = nil,
        tileLayer: String? = nil,
        metadata: Metadata
    ) {
        self.name = name
        self.title = title
        self.text = text
        self.isSimulated = isSimulated
        self.geometryType = geometryType
        self.properties = properties
        self.temporalProperty = temporalProperty
        self.tileLayer = tileLayer
        self.metadata = metadata
    }
}

/// A feature on its way into the database.
public struct NewFeature: Sendable {
    public enum Shape: Sendable {
        /// Well-known binary, longitude and latitude in degrees.
        case wellKnownBinary([UInt8])
        /// The union of polygons in well-known binary.
        case union([[UInt8]])
        case none
    }

    /// Unique within the collection.
    public let id: Int64
    /// In the order of the collection's properties.
    public let values: [FeatureValue]
    public let shape: Shape

    public init(id: Int64, values: [FeatureValue], shape: Shape) {
        self.id = id
        self.values = values
        self.shape = shape
    }
}
