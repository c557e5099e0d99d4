internal import Foundation
internal import Geospatial
internal import SpatialStore

/// Features as files of a geographic information system, with shapes of every kind.
extension FeatureEncoding {
    func flatGeobuf(_ features: [StoredFeature]) throws -> [UInt8] {
        let shapes = try FeatureShapes(features, of: collection.collection.geometryType)
        let columns = fileColumns
        let rows = try zip(features, shapes.shapes).map { feature, shape in
            FlatGeobufFeature(
                values: try values(feature).enumerated().map {
                    Self.flatGeobufValue($1, of: columns[$0].type)
                },
                geometry: shape.map(FlatGeobufGeometry.shape) ?? .missing)
        }
        return FlatGeobufWriter.encode(
            rows,
            header: FlatGeobufHeader(
                name: collection.id, geometryType: shapes.type.flatGeobufType,
                columns: columns.map {
                    FlatGeobufColumn(name: $0.name, kind: $0.type.flatGeobufKind)
                }))
    }

    func geoPackage(_ features: [StoredFeature]) throws -> [UInt8] {
        let shapes = try FeatureShapes(features, of: collection.collection.geometryType)
        let rows = try zip(features, shapes.shapes).map { feature, shape in
            GeoPackageTable.Row(id: feature.id, values: try values(feature), shape: shape)
        }
        let table = GeoPackageTable(
            columns: fileColumns, geometryType: shapes.type, rows: rows)
        return try table.encoded(layer: collection.id)
    }

    /// The id first, since not every format has a place for one.
    ///
    /// Names differ also without regard to case, as columns of tables must.
    private var fileColumns: [GeoPackageTable.Column] {
        let wanted = wantedProperties
        let hasID = wanted.contains { $0.name.lowercased() == "id" }
        var taken: Set<String> = []
        return ([(hasID ? "id_fitur" : "id", .integer)] + wanted.map { ($0.name, $0.type) })
            .map { (name: String, type: FeatureCollection.PropertyType) in
                var free = name
                var number = 1
                while !taken.insert(free.lowercased()).inserted {
                    number += 1
                    free = "\(name)_\(number)"
                }
                return GeoPackageTable.Column(name: free, type: type)
            }
    }

    /// In the order of `fileColumns`.
    private func values(_ feature: StoredFeature) throws -> [FeatureValue] {
        let values = try Self.object(feature.properties)
        return [.integer(feature.id)]
            + wantedProperties.map { property in
                switch (property.type, values[property.name]) {
                case (.boolean, let flag as Bool): .bool(flag)
                case (.integer, let number as NSNumber): .integer(number.int64Value)
                case (.number, let number as NSNumber): .real(number.doubleValue)
                case (.string, let text as String), (.date, let text as String),
                    (.timestamp, let text as String):
                    .text(text)
                default: .null
                }
            }
    }

    private static func flatGeobufValue(
        _ value: FeatureValue,
        of type: FeatureCollection.PropertyType
    ) -> FlatGeobufValue? {
        switch value {
        case .bool(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .real(let number): .double(number)
        case .text(let text):
            type == .string ? .string(text) : .dateTime(text)
        case .null: nil
        }
    }
}

/// Shapes that are all of one type, or of several; nil for a feature without a position.
private struct FeatureShapes {
    let type: FeatureCollection.GeometryType
    let shapes: [Geometry?]

    /// Of the type `declared` where every shape is of that type.
    ///
    /// A single shape stands among multiple ones as one of one part. Files added from elsewhere do
    /// not always keep to what they declare.
    init(_ features: [StoredFeature], of declared: FeatureCollection.GeometryType) throws {
        let shapes = try features.map { feature -> Geometry? in
            guard !feature.geometry.isEmpty else { return nil }
            let shape = try Geometry(wellKnownBinary: feature.geometry)
            return shape.boundingBox == nil ? nil : shape
        }
        let promoted = shapes.map { $0.map { Self.promoted($0, to: declared) } }
        let isUniform = promoted.allSatisfy { shape in
            shape.map { FeatureCollection.GeometryType($0) == declared } ?? true
        }
        type = isUniform ? declared : .any
        self.shapes = isUniform ? promoted : shapes
    }

    private static func promoted(
        _ shape: Geometry,
        to type: FeatureCollection.GeometryType
    ) -> Geometry {
        switch (shape, type) {
        case (.point(let point), .multiPoint): .multiPoint([point])
        case (.lineString(let line), .multiLineString): .multiLineString([line])
        case (.polygon(let polygon), .multiPolygon): .multiPolygon(MultiPolygon([polygon]))
        default: shape
        }
    }
}

extension FeatureCollection.GeometryType {
    fileprivate init(_ shape: Geometry) {
        self =
            switch shape {
            case .point: .point
            case .multiPoint: .multiPoint
            case .lineString: .lineString
            case .multiLineString: .multiLineString
            case .polygon: .polygon
            case .multiPolygon: .multiPolygon
            case .collection: .any
            }
    }

    fileprivate var flatGeobufType: FlatGeobufGeometryType {
        switch self {
        case .point: .point
        case .lineString: .lineString
        case .polygon: .polygon
        case .multiPoint: .multiPoint
        case .multiLineString: .multiLineString
        case .multiPolygon: .multiPolygon
        case .any: .unknown
        }
    }
}

extension FeatureCollection.PropertyType {
    fileprivate var flatGeobufKind: FlatGeobufColumn.Kind {
        switch self {
        case .string: .string
        case .integer: .long
        case .number: .double
        case .boolean: .bool
        case .date, .timestamp: .dateTime
        }
    }
}
