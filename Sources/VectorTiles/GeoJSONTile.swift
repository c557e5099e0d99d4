internal import Geospatial

/// A tile as a GeoJSON feature collection (RFC 7946).
///
/// Written by hand: exteriors counter-clockwise (3.1.6), rings closed, longitude before latitude
/// in WGS 84 with the decimals the zoom needs (11.2), the same bytes every time.
enum GeoJSONTile {
    static func tile(
        _ geometry: TileGeometry?,
        kind: LayerGeometry.Kind,
        at tile: TileCoordinate,
        attributes: LayerAttributes
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.append(attributes.collectionHead)
        if let geometry {
            let positions = PositionWriter(geometry, tile)
            for (position, feature) in geometry.features.enumerated() {
                writer.append(position == 0 ? "\n" : ",\n")
                writer.append(#"{"type":"Feature","id":"#)
                writer.append(String(attributes.ids[Int(feature)]))
                writer.append(#","properties":"#)
                writer.append(attributes.propertiesJSON[Int(feature)])
                writer.append(#","geometry":"#)
                switch kind {
                case .points:
                    writer.append(#"{"type":"Point","coordinates":"#)
                    positions.write(position, to: &writer)
                case .polygons:
                    write(geometry, position, positions, to: &writer)
                }
                writer.append("}}")
            }
            writer.append("\n")
        }
        writer.append("]}")
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
