internal import Geospatial

/// A tile as a GeoJSON feature collection (RFC 7946).
///
/// Written by hand: exteriors counter-clockwise (3.1.6), rings closed, longitude before latitude
/// in WGS 84 with the decimals the zoom needs (11.2), the same bytes every time.
enum GeoJSONTile {
    // What stands between the parts of a feature; `EncodedShapes` finds the parts by it.
    static let beforeID: StaticString = #"{"type":"Feature","id":"#
    static let beforeProperties: StaticString = #","properties":"#
    static let beforeGeometry: StaticString = #"},"geometry":"#
    static let end: StaticString = "]}"
    static let withoutFeatures: StaticString = #""features":[]}"#

    static func tile(
        _ geometry: TileGeometry?,
        kind: LayerGeometry.Kind,
        at tile: TileCoordinate,
        attributes: LayerAttributes
    ) -> [UInt8] {
        guard let geometry else { return self.tile(features: [], attributes) { _, _ in } }
        let positions = PositionWriter(geometry, tile)
        // A position takes some 20 bytes.
        return self.tile(
            features: geometry.features, attributes,
            geometryBytes: 10 * geometry.coordinates.count + 60 * geometry.features.count
        ) { position, writer in
            switch kind {
            case .points:
                writer.append(#"{"type":"Point","coordinates":"#)
                positions.write(position, to: &writer)
                writer.append("}")
            case .polygons:
                write(geometry, position, positions, to: &writer)
                writer.append("}")
            }
        }
    }

    /// The tile with shapes from an earlier one.
    static func tile(_ shapes: EncodedShapes, attributes: LayerAttributes) -> [UInt8] {
        tile(
            features: shapes.features, attributes, geometryBytes: shapes.geometryBytes
        ) { position, writer in
            writer.append(shapes.geometry(position))
        }
    }

    /// `writeGeometry` writes the geometry of the feature at a position in `features`.
    private static func tile(
        features: [Int32],
        _ attributes: LayerAttributes,
        geometryBytes: Int = 0,
        writeGeometry: (Int, inout JSONWriter) -> Void
    ) -> [UInt8] {
        let properties = features.reduce(0) { $0 + attributes.propertiesJSON[Int($1)].count + 80 }
        var writer = JSONWriter(expected: properties + geometryBytes + 100)
        writer.append(attributes.collectionHead)
        for (position, feature) in features.enumerated() {
            writer.append(position == 0 ? "\n" : ",\n")
            writer.append(beforeID)
            writer.append(String(attributes.ids[Int(feature)]))
            writer.append(beforeProperties)
            // The brace that closes them stands in `beforeGeometry`.
            writer.append(attributes.propertiesJSON[Int(feature)].dropLast())
            writer.append(beforeGeometry)
            writeGeometry(position, &writer)
            writer.append("}")
        }
        if !features.isEmpty { writer.append("\n") }
        writer.append(end)
        return writer.bytes
    }

    /// The collection up to its first feature.
    static func head(foreignMembers: [TileProperty]) -> [UInt8] {
        var writer = JSONWriter()
        writer.append(#"{"type":"FeatureCollection","#)
        for member in foreignMembers {
            writer.write(member.name)
            writer.append(":")
            writer.write(member.value)
            writer.append(",")
        }
        writer.append(#""features":["#)
        return writer.bytes
    }

    static func object(keys: [String], values: [TileValue]) -> [UInt8] {
        var writer = JSONWriter()
        writer.append("{")
        for (index, key) in keys.enumerated() {
            if index > 0 { writer.append(",") }
            writer.write(key)
            writer.append(":")
            writer.write(values[index])
        }
        writer.append("}")
        return writer.bytes
    }

    private static func write(
        _ geometry: TileGeometry,
        _ position: Int,
        _ positions: PositionWriter,
        to writer: inout JSONWriter
    ) {
        let polygons = geometry.polygons(at: position)
        let isMultiple = polygons.count > 1
        writer.append(
            isMultiple
                ? #"{"type":"MultiPolygon","coordinates":["# : #"{"type":"Polygon","coordinates":"#
        )
        for polygon in polygons {
            if polygon > polygons.lowerBound { writer.append(",") }
            for ring in geometry.rings(of: polygon) {
                let isFirst = ring == geometry.rings(of: polygon).lowerBound
                writer.append(isFirst ? "[[" : ",[")
                let vertices = geometry.vertices(of: ring)
                // Backwards: the grid's y runs south, so the stored order is clockwise on the map.
                positions.write(vertices.lowerBound, to: &writer)
                for vertex in vertices.reversed() {
                    writer.append(",")
                    positions.write(vertex, to: &writer)
                }
                writer.append("]")
            }
            writer.append("]")
        }
        if isMultiple { writer.append("]") }
    }
}

/// Writes positions of a tile in degrees.
private struct PositionWriter {
    private let geometry: TileGeometry
    private let tile: TileCoordinate
    private let decimals: Int
    private let scale: Double

    init(_ geometry: TileGeometry, _ tile: TileCoordinate) {
        self.geometry = geometry
        self.tile = tile
        decimals = TileGrid.decimals(at: tile.zoom)
        scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    }

    func write(_ vertex: Int, to writer: inout JSONWriter) {
        let point = GridPoint(
            x: tile.column * TileGrid.extent + Int(geometry.coordinates[2 * vertex]),
            y: tile.row * TileGrid.extent + Int(geometry.coordinates[2 * vertex + 1])
        )
        let position = TileGrid.coordinate(of: point, zoom: tile.zoom)
        writer.append("[")
        writer.write(Int((position.longitude * scale).rounded()), decimals: decimals)
        writer.append(",")
        writer.write(Int((position.latitude * scale).rounded()), decimals: decimals)
        writer.append("]")
    }
}
