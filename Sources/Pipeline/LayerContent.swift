internal import Geospatial
internal import SpatialStore
internal import VectorTiles

/// One published property: what it is called, what it means, and each feature's value.
struct LayerProperty<Feature> {
    enum Kind: String {
        case string = "String"
        case number = "Number"
        case boolean = "Boolean"
    }

    let name: String
    let kind: Kind
    /// Indonesian, with the unit; stands in TileJSON.
    let text: String
    let value: (Feature) -> TileValue

    init(_ name: String, _ kind: Kind, _ text: String, _ value: @escaping (Feature) -> TileValue) {
        self.name = name
        self.kind = kind
        self.text = text
        self.value = value
    }

    var field: LayerDescription.Field {
        LayerDescription.Field(name: name, type: kind.rawValue, text: text)
    }
}

/// A layer of the map: shapes, figures and what is said of it.
struct LayerContent {
    let name: String
    let title: String
    let text: String
    let shapes: LayerShapes
    let ids: [UInt64]
    let fields: [LayerDescription.Field]
    let rows: [[TileValue]]

    init<Feature>(
        name: String,
        title: String,
        text: String,
        shapes: LayerShapes,
        ids: [UInt64],
        features: [Feature],
        properties: [LayerProperty<Feature>]
    ) {
        self.name = name
        self.title = title
        self.text = text
        self.shapes = shapes
        self.ids = ids
        fields = properties.map(\.field)
        rows = features.map { feature in properties.map { $0.value(feature) } }
    }

    func attributes(isSimulated: Bool) -> LayerAttributes {
        LayerAttributes(
            name: name,
            ids: ids,
            keys: fields.map(\.name),
            rows: rows,
            foreignMembers: isSimulated ? [TileProperty("data_simulasi", .bool(true))] : [])
    }
}

extension TileValue {
    static func optional(_ value: Int?) -> TileValue { value.map(TileValue.int) ?? .null }
    static func optional(_ value: String?) -> TileValue { value.map(TileValue.string) ?? .null }
    static func optional(_ value: Double?) -> TileValue { value.map(TileValue.double) ?? .null }
}
