internal import Foundation
internal import Geospatial
internal import PovertyModel
internal import SpatialStore
internal import VectorTiles

/// `/releases/current/desa.json` and `kecamatan.json`: the tiles' properties of all areas in one
/// list, for search, table and histogram, with a label point and the extent of each.
enum AreaDocuments {
    static func desa(_ map: ComputedMap) throws -> [UInt8] {
        try document(
            key: MapLayers.desa,
            areas: map.desa,
            properties: MapLayers.desaProperties(map),
            isSimulated: map.register.isSimulated,
            place: { desa in (desa.desa.labelPoint, desa.boundary.area.boundingBox) })
    }

    static func kecamatan(_ map: ComputedMap) throws -> [UInt8] {
        try document(
            key: MapLayers.kecamatan,
            areas: map.kecamatan,
            properties: MapLayers.kecamatanProperties(map.desa),
            isSimulated: map.register.isSimulated,
            place: { kecamatan in
                let boxes = kecamatan.desa.compactMap { map.desa[$0].boundary.area.boundingBox }
                let box = BoundingBox(enclosing: boxes)
                return (box?.center, box)
            })
    }

    private static func document<Area>(
        key: String,
        areas: [Area],
        properties: [LayerProperty<Area>],
        isSimulated: Bool,
        place: (Area) -> (Coordinate?, BoundingBox?)
    ) throws -> [UInt8] {
        let rows = areas.map { area -> [String: JSONValue] in
            var row: [String: JSONValue] = [:]
            for property in properties { row[property.name] = JSONValue(property.value(area)) }
            let (point, box) = place(area)
            row["titik"] = point.map { .numbers([$0.longitude, $0.latitude]) } ?? .null
            row["kotak"] = box.map { .numbers([$0.west, $0.south, $0.east, $0.north]) } ?? .null
            return row
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let document: [String: JSONValue] = [
            "data_simulasi": .bool(isSimulated), key: .rows(rows),
        ]
        return [UInt8](try encoder.encode(document))
    }

    private enum JSONValue: Encodable {
        case string(String)
        case int(Int)
        case double(Double)
        case bool(Bool)
        case null
        case numbers([Double])
        case rows([[String: JSONValue]])

        init(_ value: TileValue) {
            switch value {
            case .string(let text): self = .string(text)
            case .int(let number): self = .int(number)
            case .double(let number): self = .double(number)
            case .bool(let flag): self = .bool(flag)
            case .null: self = .null
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .string(let text): try container.encode(text)
            case .int(let number): try container.encode(number)
            case .double(let number): try container.encode(number)
            case .bool(let flag): try container.encode(flag)
            case .null: try container.encodeNil()
            case .numbers(let numbers): try container.encode(numbers)
            case .rows(let rows): try container.encode(rows)
            }
        }
    }
}
