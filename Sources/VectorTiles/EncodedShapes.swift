/// The shapes of a tile as they stand in its bytes, to be put beside other figures.
///
/// A release that changes figures only needs no topology, no simplification and no clipping: the
/// tiles published before hold every shape, finished.
public struct EncodedShapes: Sendable {
    public enum Format: Hashable, Sendable {
        case geoJSON
        case mvt
    }

    public let format: Format
    /// By their numbers in the layer, in the order of the tile.
    let features: [Int32]
    /// The bytes of the tile that was read, and where in them each feature's geometry lies: a
    /// geometry object of GeoJSON, or the packed commands of MVT.
    private let bytes: [UInt8]
    private let places: [Range<Int>]
    /// `GeomType` of the features in MVT.
    let geometryType: UInt64

    private init(
        _ format: Format,
        features: [Int32],
        bytes: [UInt8],
        places: [Range<Int>],
        geometryType: UInt64 = 0
    ) {
        self.format = format
        self.features = features
        self.bytes = bytes
        self.places = places
        self.geometryType = geometryType
    }

    var geometryBytes: Int { places.reduce(0) { $0 + $1.count } }

    /// The encoded geometry of the feature at `position` in `features`.
    func geometry(_ position: Int) -> ArraySlice<UInt8> { bytes[places[position]] }

    /// Reads a tile that `TileEncoder` wrote as GeoJSON; nil when it is anything else.
    ///
    /// `numbers` has the number of each feature by its id. The text is known to the byte: a line
    /// for each feature, properties before geometry, quotes within strings escaped.
    ///
    /// - Complexity: O(bytes).
    public init?(geoJSON bytes: [UInt8], numbers: [UInt64: Int32]) {
        var features: [Int32] = []
        var places: [Range<Int>] = []
        let isRead = bytes.withUnsafeBufferPointer { text -> Bool in
            guard var line = text.firstIndex(of: Self.newline) else {
                return text.ends(with: GeoJSONTile.withoutFeatures)
            }
            while let end = text[(line + 1)...].firstIndex(of: Self.newline) {
                guard
                    let feature = Self.feature(
                        UnsafeBufferPointer(rebasing: text[(line + 1)..<end])),
                    let number = numbers[feature.id]
                else { return false }
                features.append(number)
                places.append(
                    line + 1 + feature.geometry.lowerBound..<line + 1 + feature.geometry.upperBound)
                line = end
            }
            return text.count == line + 3 && text.ends(with: GeoJSONTile.end)
        }
        guard isRead else { return nil }
        self.init(.geoJSON, features: features, bytes: bytes, places: places)
    }

    private static let newline = UInt8(ascii: "\n")

    /// The id of a feature on a line by itself, and where its geometry lies.
    private static func feature(
        _ line: UnsafeBufferPointer<UInt8>
    ) -> (id: UInt64, geometry: Range<Int>)? {
        guard line.contains(GeoJSONTile.beforeID, at: 0) else { return nil }
        var position = GeoJSONTile.beforeID.utf8CodeUnitCount
        var id: UInt64 = 0
        while position < line.count, case let digit = line[position] &- UInt8(ascii: "0"),
            digit < 10
        {
            let (tens, isTooMuch) = id.multipliedReportingOverflow(by: 10)
            guard !isTooMuch, tens <= UInt64.max - UInt64(digit) else { return nil }
            id = tens + UInt64(digit)
            position += 1
        }
        guard line.contains(GeoJSONTile.beforeProperties, at: position) else { return nil }
        // No property value holds these bytes: its quotes would be escaped.
        while position < line.count,
            line[position] != UInt8(ascii: "}")
                || !line.contains(GeoJSONTile.beforeGeometry, at: position)
        {
            position += 1
        }
        let start = position + GeoJSONTile.beforeGeometry.utf8CodeUnitCount
        var end = line.count
        if end > 0, line[end - 1] == UInt8(ascii: ",") { end -= 1 }
        guard start < end - 1, line[end - 1] == UInt8(ascii: "}") else { return nil }
        return (id, start..<end - 1)
    }

    /// Reads a tile of one layer that `TileEncoder` wrote as MVT; nil when it is anything else.
    ///
    /// - Complexity: O(features and different values).
    public init?(mvt bytes: [UInt8], numbers: [UInt64: Int32]) {
        var features: [Int32] = []
        var places: [Range<Int>] = []
        var type: UInt64 = 0
        let isRead = bytes.withUnsafeBufferPointer { bytes -> Bool in
            var tile = ProtobufReader(bytes)
            while let layer = tile.next() {
                guard layer.number == MVTEncoder.TileField.layers else { return false }
                var members = tile.message(layer)
                while let member = members.next() {
                    guard member.number == MVTEncoder.LayerField.features else { continue }
                    var feature = members.message(member)
                    var number: Int32?
                    var place: Range<Int>?
                    while let field = feature.next() {
                        switch field.number {
                        case MVTEncoder.FeatureField.id: number = numbers[field.varint]
                        case MVTEncoder.FeatureField.type: type = field.varint
                        case MVTEncoder.FeatureField.geometry: place = field.bytes
                        default: break
                        }
                    }
                    guard !feature.isDamaged, let number, let place else { return false }
                    features.append(number)
                    places.append(place)
                }
                guard !members.isDamaged else { return false }
            }
            return !tile.isDamaged
        }
        guard isRead else { return nil }
        self.init(.mvt, features: features, bytes: bytes, places: places, geometryType: type)
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func contains(_ text: StaticString, at position: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= self.count else { return false }
        for index in 0..<count where self[position + index] != text.utf8Start[index] {
            return false
        }
        return true
    }

    fileprivate func ends(with text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && contains(text, at: count - text.utf8CodeUnitCount)
    }
}
