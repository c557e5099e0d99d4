/// What the header of a FlatGeobuf file says (version 3, https://flatgeobuf.org).
public struct FlatGeobufHeader: Hashable, Sendable {
    public var name: String?
    public var geometryType: FlatGeobufGeometryType
    public var columns: [FlatGeobufColumn]
    /// 0: unknown, the features run to the end of the file.
    public var featureCount: Int
    /// The bytes of the packed R-tree between header and features; 0 where there is none.
    public var indexByteCount: Int
    /// The number of the coordinate reference system, such as EPSG 4326; nil when not said.
    public var crsCode: Int?
    /// Who gave `crsCode`; nil means EPSG.
    public var crsOrganization: String?
    public var envelope: BoundingBox?

    public init(
        name: String? = nil,
        geometryType: FlatGeobufGeometryType = .multiPolygon,
        columns: [FlatGeobufColumn],
        featureCount: Int = 0,
        indexByteCount: Int = 0,
        crsCode: Int? = 4326,
        crsOrganization: String? = nil,
        envelope: BoundingBox? = nil
    ) {
        self.name = name
        self.geometryType = geometryType
        self.columns = columns
        self.featureCount = featureCount
        self.indexByteCount = indexByteCount
        self.crsCode = crsCode
        self.crsOrganization = crsOrganization
        self.envelope = envelope
    }

    /// The place of the column `name` in `columns` and in the values of each feature.
    public func column(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }
}

/// The geometry types by their numbers in the file, those of two-dimensional WKB.
public struct FlatGeobufGeometryType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Mixed: each feature says its own.
    public static let unknown = Self(rawValue: 0)
    public static let point = Self(rawValue: 1)
    public static let lineString = Self(rawValue: 2)
    public static let polygon = Self(rawValue: 3)
    public static let multiPoint = Self(rawValue: 4)
    public static let multiLineString = Self(rawValue: 5)
    public static let multiPolygon = Self(rawValue: 6)
    public static let geometryCollection = Self(rawValue: 7)

    init(_ geometry: Geometry) {
        switch geometry {
        case .point: self = .point
        case .multiPoint: self = .multiPoint
        case .lineString: self = .lineString
        case .multiLineString: self = .multiLineString
        case .polygon: self = .polygon
        case .multiPolygon: self = .multiPolygon
        case .collection: self = .geometryCollection
        }
    }
}

public struct FlatGeobufColumn: Hashable, Sendable {
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case byte, unsignedByte, bool, short, unsignedShort, int, unsignedInt, long, unsignedLong
        case float, double, string, json, dateTime, binary
    }

    public var name: String
    public var kind: Kind

    public init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// One value of a feature; which case it is follows from the kind of its column.
public enum FlatGeobufValue: Hashable, Sendable {
    case bool(Bool)
    /// All whole numbers up to 64 bits with a sign.
    case integer(Int64)
    case unsignedLong(UInt64)
    /// A `float` column too.
    case double(Double)
    case string(String)
    case json(String)
    /// ISO 8601, as it was written.
    case dateTime(String)
    case binary([UInt8])

    /// The value as text; nil for bytes.
    public var text: String? {
        switch self {
        case .bool(let value): String(value)
        case .integer(let value): String(value)
        case .unsignedLong(let value): String(value)
        case .double(let value): String(value)
        case .string(let value), .json(let value), .dateTime(let value): value
        case .binary: nil
        }
    }
}

public enum FlatGeobufGeometry: Hashable, Sendable {
    case missing
    /// A Polygon or MultiPolygon; rings without the repeated last vertex, heights dropped.
    case area(MultiPolygon)
    /// Every other kind. In a file of mixed geometries a polygon of this case is written as such,
    /// where `area` becomes a MultiPolygon; both are read as `area`.
    case shape(Geometry)
    /// A geometry this reader has no use for, such as a curve.
    case unsupported(FlatGeobufGeometryType)
}

public struct FlatGeobufFeature: Hashable, Sendable {
    /// In the order of the header's columns; nil where the feature has no value.
    public var values: [FlatGeobufValue?]
    public var geometry: FlatGeobufGeometry

    public init(values: [FlatGeobufValue?], geometry: FlatGeobufGeometry) {
        self.values = values
        self.geometry = geometry
    }
}

public enum FlatGeobufError: Error, Hashable, Sendable {
    /// The first bytes are not those of FlatGeobuf version 3.
    case notFlatGeobuf
    /// The file ends before what was announced at this byte.
    case truncated(atByte: Int)
    /// An offset or a length at this byte points where nothing can be.
    case damaged(atByte: Int)
    /// Column `index` has a type this version of the format does not know.
    case unknownColumnType(index: Int, type: UInt8)
    /// Feature `feature` (from 0) brings its own columns; nobody is known to write that.
    case columnsInFeature(feature: Int)
    /// Feature `feature` has a value for a column that the header does not list.
    case noSuchColumn(feature: Int, column: Int)
    /// A coordinate of feature `feature` is infinite or no number.
    case coordinateNotFinite(feature: Int)
}
