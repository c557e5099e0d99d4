internal import FeatureFilter
internal import Foundation
internal import SpatialStore

/// The parameters of `/collections/{id}/items` as a query of the store.
struct ItemsRequest {
    let collection: ServedCollection
    let parameters: QueryParameters

    static let defaultLimit = 10
    static let largestLimit = 10_000
    /// For files there are no pages: the whole of what is asked for comes at once.
    private static let wholeLimit = 10_000_000

    /// The forms in which items can be had.
    static let forms: [Representation] = [.geoJSON, .html, .csv, .flatGeobuf, .geoPackage]

    /// What `items` understands besides the properties of its collection, as it is documented.
    ///
    /// A property of such a name cannot be compared by parameter.
    static let standing = [
        "bbox", "bbox-crs", "datetime", "limit", "crs", "filter", "filter-lang", "filter-crs",
        "sortby", "properties", "cursor", "f",
    ]

    /// Every parameter that the items of `collection` have.
    static func allowed(_ collection: ServedCollection) -> Set<String> {
        Set(standing + collection.properties.map(\.name))
    }

    /// What the parameters ask for; for a file (`isFile`) everything when no limit is given.
    func query(isFile: Bool) throws(RequestFailure) -> FeatureQuery {
        var query = FeatureQuery()
        query.limit =
            try parameters.count("limit", atMost: isFile ? Self.wholeLimit : Self.largestLimit)
            ?? (isFile ? Self.wholeLimit : Self.defaultLimit)
        query.referenceSystem = try system("crs")
        query.box = try box()
        query.interval = try parameters["datetime"].map { text throws(RequestFailure) in
            try Self.interval(text)
        }
        for (number, property) in collection.properties.enumerated() {
            guard !Self.standing.contains(property.name), let text = parameters[property.name]
            else { continue }
            query.equals.append((number, try Self.value(text, of: property)))
        }
        query.filter = try filter()
        query.sortBy = try sortBy()
        query.properties = try wantedProperties()
        query.cursor = try parameters["cursor"].map { text throws(RequestFailure) in
            guard let cursor = FeatureCursor(text: text),
                cursor.values.count == query.sortBy.count
            else { throw .badParameter("cursor is not one of this server's links.") }
            return cursor
        }
        return query
    }

    private func system(_ name: String) throws(RequestFailure) -> FeatureReferenceSystem {
        guard let uri = parameters[name] else { return .crs84 }
        return try FeatureReferenceSystem(uri: uri, parameter: name)
    }

    private func box() throws(RequestFailure) -> (FeatureQuery.Box, FeatureReferenceSystem)? {
        let system = try system("bbox-crs")
        guard let text = parameters["bbox"] else { return nil }
        let texts = text.split(separator: ",", omittingEmptySubsequences: false)
        var numbers = texts.compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
        guard numbers.count == texts.count, [4, 6].contains(numbers.count),
            numbers.allSatisfy(\.isFinite)
        else { throw .badParameter("bbox takes four numbers, or six, with commas between them.") }
        // Heights say nothing of flat features.
        if numbers.count == 6 { numbers = [numbers[0], numbers[1], numbers[3], numbers[4]] }
        if system.hasLatitudeFirst { numbers = [numbers[1], numbers[0], numbers[3], numbers[2]] }
        guard numbers[1] <= numbers[3], system.isInDegrees || numbers[0] <= numbers[2] else {
            throw .badParameter("bbox begins with its lower corner.")
        }
        if system.isInDegrees {
            guard numbers[0].magnitude <= 180, numbers[2].magnitude <= 180,
                numbers[1].magnitude <= 90, numbers[3].magnitude <= 90
            else { throw .badParameter("bbox lies off the earth.") }
        }
        return (
            FeatureQuery.Box(
                minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3]),
            system
        )
    }

    private static func interval(_ text: String) throws(RequestFailure) -> FeatureQuery.Interval {
        func end(_ text: Substring) throws(RequestFailure) -> String? {
            if text.isEmpty || text == ".." { return nil }
            guard isTime(text) else {
                throw .badParameter(
                    "datetime takes a day or an instant (2025-06-30T00:00:00Z), or two of them "
                        + "with a slash between; .. is an open end.")
            }
            return String(text).uppercased()
        }
        let sides = text.split(separator: "/", omittingEmptySubsequences: false)
        guard sides.count <= 2 else { throw .badParameter("datetime has too many slashes.") }
        let start = try end(sides[0])
        if sides.count == 1 {
            guard start != nil else { throw .badParameter("datetime is empty.") }
            return FeatureQuery.Interval(start: start, end: start)
        }
        let last = try end(sides[1])
        if let start, let last, start.prefix(10) > last.prefix(10) {
            throw .badParameter("datetime ends before it begins.")
        }
        return FeatureQuery.Interval(start: start, end: last)
    }

    /// RFC 3339, a full date or a full date and time.
    private static func isTime(_ text: Substring) -> Bool {
        let day = #/\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/#
        let time = #/[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:\d\d)/#
        guard let prefix = text.prefixMatch(of: day) else { return false }
        let rest = text[prefix.range.upperBound...]
        return rest.isEmpty || rest.wholeMatch(of: time) != nil
    }

    private static func value(
        _ text: String,
        of property: FeatureCollection.Property
    ) throws(RequestFailure) -> FeatureValue {
        let value: FeatureValue? =
            switch property.type {
            case .string: .text(text)
            case .date: isTime(text[...]) && text.utf8.count == 10 ? .text(text) : nil
            case .timestamp: isTime(text[...]) ? .text(text) : nil
            case .integer: Int64(text).map(FeatureValue.integer)
            case .number: Double(text).flatMap { $0.isFinite ? .real($0) : nil }
            // GDAL writes a truth value as a number.
            case .boolean:
                ["true": true, "false": false, "1": true, "0": false][text].map(FeatureValue.bool)
            }
        guard let value else {
            throw .badParameter("\(property.name) takes a value of type \(property.type.rawValue).")
        }
        return value
    }

    private func filter() throws(RequestFailure) -> CheckedFilter? {
        let language = parameters["filter-lang"] ?? "cql2-text"
        guard ["cql2-text", "cql2-json"].contains(language) else {
            throw .badParameter("filter-lang takes cql2-text or cql2-json.")
        }
        let uri = parameters["filter-crs"]
        guard let system = uri.map({ FilterReferenceSystem(uri: $0) }) ?? .crs84 else {
            throw .badParameter(
                "filter-crs takes one of "
                    + FilterReferenceSystem.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        guard let text = parameters["filter"] else { return nil }
        do {
            let parsed =
                language == "cql2-json"
                ? try CQL2JSON.parse(Array(text.utf8)) : try CQL2Text.parse(text)
            return try FilterCheck(
                queryables: collection.collection.queryables, referenceSystem: system
            ).check(parsed)
        } catch {
            throw .badParameter("filter: \(error)")
        }
    }

    private func sortBy() throws(RequestFailure) -> [FeatureQuery.SortKey] {
        guard let text = parameters["sortby"] else { return [] }
        var keys: [FeatureQuery.SortKey] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            // A plus sign arrives as a blank where it was not encoded.
            let name = part.drop { "+- ".contains($0) }
            guard let property = collection.property(String(name)) else {
                throw .badParameter("sortby names no property of the collection.")
            }
            keys.append(
                FeatureQuery.SortKey(property: property, isDescending: part.first == "-"))
        }
        return keys
    }

    private func wantedProperties() throws(RequestFailure) -> [Int]? {
        guard let text = parameters["properties"] else { return nil }
        var wanted: [Int] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let property = collection.property(String(name)) else {
                throw .badParameter("properties names no property of the collection.")
            }
            if !wanted.contains(property) { wanted.append(property) }
        }
        return wanted
    }
}

extension FeatureCursor {
    /// Letters, digits, `-` and `_` only, so that it needs no escape in an address.
    var text: String {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        FeatureValue.bool(isBackward).appendJSON(to: &bytes)
        bytes.append(UInt8(ascii: ","))
        FeatureValue.integer(id).appendJSON(to: &bytes)
        for value in values {
            bytes.append(UInt8(ascii: ","))
            value.appendJSON(to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return Data(bytes).base64EncodedString().replacing("+", with: "-")
            .replacing("/", with: "_").replacing("=", with: "")
    }

    private enum Part: Decodable {
        case value(FeatureValue)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .value(.null)
            } else if let flag = try? container.decode(Bool.self) {
                self = .value(.bool(flag))
            } else if let number = try? container.decode(Int64.self) {
                self = .value(.integer(number))
            } else if let number = try? container.decode(Double.self) {
                self = .value(.real(number))
            } else {
                self = .value(.text(try container.decode(String.self)))
            }
        }

        var value: FeatureValue { if case .value(let value) = self { value } else { .null } }
    }

    init?(text: String) {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: plain + padding),
            let parts = try? JSONDecoder().decode([Part].self, from: data), parts.count >= 2,
            case .bool(let isBackward) = parts[0].value, case .integer(let id) = parts[1].value
        else { return nil }
        self.init(values: parts.dropFirst(2).map(\.value), id: id, isBackward: isBackward)
    }
}
