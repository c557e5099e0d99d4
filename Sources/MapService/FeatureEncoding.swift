internal import Foundation
internal import Geospatial
internal import SpatialStore

/// Features of a page in the forms in which they are sent.
struct FeatureEncoding {
    let collection: ServedCollection
    let query: FeatureQuery

    /// A GeoJSON feature; in another reference system than CRS84 by prior arrangement (RFC 7946
    /// section 4), which the request's `crs` is.
    func append(
        _ feature: StoredFeature,
        extra: [UInt8] = [],
        to bytes: inout [UInt8]
    ) throws {
        bytes += Array(#"{"type":"Feature","id":\#(feature.id),"properties":"#.utf8)
        bytes += feature.properties
        bytes += Array(#","geometry":"#.utf8)
        try appendGeometry(of: feature, to: &bytes)
        bytes += extra
        bytes.append(UInt8(ascii: "}"))
    }

    private func appendGeometry(of feature: StoredFeature, to bytes: inout [UInt8]) throws {
        guard !feature.geometry.isEmpty else {
            bytes += Array("null".utf8)
            return
        }
        try Geometry(wellKnownBinary: feature.geometry).appendGeoJSON(
            to: &bytes, decimals: query.referenceSystem.decimals,
            swapsAxes: query.referenceSystem.hasLatitudeFirst)
    }

    func geoJSON(_ page: FeaturePage, links: [JSONValue]) throws -> [UInt8] {
        var bytes = Array(
            (#"{"type":"FeatureCollection","numberMatched":\#(page.numberMatched),"#
                + #""numberReturned":\#(page.features.count),"#
                + #""data_simulasi":\#(collection.collection.isSimulated),"links":"#).utf8)
        bytes += JSONValue.array(links).bytes
        bytes += Array(#","features":["#.utf8)
        for (number, feature) in page.features.enumerated() {
            if number > 0 { bytes.append(UInt8(ascii: ",")) }
            try append(feature, to: &bytes)
        }
        bytes += Array("]}".utf8)
        return bytes
    }

    /// A line for each feature, its id first; shapes are left out (RFC 4180).
    func csv(_ features: [StoredFeature]) throws -> [UInt8] {
        let names = wantedNames
        var bytes = Array((["id"] + names).map(Self.cell).joined(separator: ",").utf8)
        bytes += Array("\r\n".utf8)
        for feature in features {
            let values = try Self.object(feature.properties)
            let cells =
                [String(feature.id)]
                + names.map { name in
                    switch values[name] {
                    case let text as String: Self.cell(text)
                    case let number as NSNumber: JSONValue(number).csvText
                    default: ""
                    }
                }
            bytes += Array(cells.joined(separator: ",").utf8)
            bytes += Array("\r\n".utf8)
        }
        return bytes
    }

    private static func cell(_ text: String) -> String {
        // A cell that begins like a formula would be run by a spreadsheet.
        let text = text.first.map { "=+-@\t".contains($0) } == true ? "'" + text : text
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    var wantedProperties: [FeatureCollection.Property] {
        query.properties.map { $0.map { collection.properties[$0] } } ?? collection.properties
    }

    private var wantedNames: [String] { wantedProperties.map(\.name) }

    static func object(_ json: [UInt8]) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any] ?? [:]
    }

    /// The feature as a JSON value, its properties in the collection's order.
    func value(_ feature: StoredFeature) throws -> JSONValue {
        let values = try Self.object(feature.properties)
        var geometry: [UInt8] = []
        try appendGeometry(of: feature, to: &geometry)
        return [
            "type": "Feature",
            "id": .integer(Int(feature.id)),
            "properties": .object(
                wantedNames.map {
                    JSONValue.Member(name: $0, value: JSONValue(values[$0]))
                }),
            "geometry": JSONValue(
                try JSONSerialization.jsonObject(
                    with: Data(geometry), options: .fragmentsAllowed)),
        ]
    }
}

extension JSONValue {
    /// What `JSONSerialization` has read; members by name.
    init(_ value: Any?) {
        switch value {
        case let text as String: self = .string(text)
        case let number as NSNumber:
            if TruthValue.isBoolean(number) {
                self = .bool(number.boolValue)
            } else if number.doubleValue == number.doubleValue.rounded(),
                number.doubleValue.magnitude < 9e15
            {
                self = .integer(number.intValue)
            } else {
                self = .number(number.doubleValue)
            }
        case let items as [Any]: self = .array(items.map { JSONValue($0) })
        case let object as [String: Any]:
            self = .object(
                object.sorted { $0.key < $1.key }
                    .map { Member(name: $0.key, value: JSONValue($0.value)) })
        default: self = .null
        }
    }

    fileprivate var csvText: String {
        switch self {
        case .integer, .number, .bool: String(decoding: bytes, as: UTF8.self)
        default: ""
        }
    }
}

/// Tells true from 1, which `NSNumber` holds alike.
private enum TruthValue {
    static func isBoolean(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
    }
}
