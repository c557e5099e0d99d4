internal import Foundation
internal import Geospatial
internal import SpatialStore

/// Writes results as CSV, GeoJSON or GeoPackage, as the file's name says.
struct AreaResultsFile {
    let results: AreaResults
    /// The areas of the rows; nil for a table.
    let shapes: [MultiPolygon]?

    func write(to path: String) throws {
        switch URL(fileURLWithPath: path).pathExtension.lowercased() {
        case "csv": try write(csv, to: path)
        case "geojson", "json": try write(geoJSON(needed(path)), to: path)
        case "gpkg": try writeGeoPackage(needed(path), to: path)
        default: throw AreaFileError.unknownKind(path: path)
        }
    }

    private func needed(_ path: String) throws -> [MultiPolygon] {
        guard let shapes else { throw AreaFileError.noShapes(output: path) }
        return shapes
    }

    private func write(_ text: String, to path: String) throws {
        let file = try OutputFile(path: path)
        try file.write(Array(text.utf8))
        try file.finish()
    }

    private var csv: String {
        var text = results.columns.joined(separator: ",") + "\n"
        for row in results.rows {
            text +=
                row.map { cell in
                    switch cell {
                    case .none: ""
                    case .number(let number): Self.shown(number)
                    case .text(let text):
                        text.contains { ",\"\n\r".contains($0) }
                            ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
                    }
                }.joined(separator: ",") + "\n"
        }
        return text
    }

    private func geoJSON(_ shapes: [MultiPolygon]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        func quoted(_ text: String) throws -> String {
            String(decoding: try encoder.encode(text), as: UTF8.self)
        }
        let features = try zip(results.rows, shapes).map { row, shape in
            let properties = try zip(results.columns, row).map { name, cell in
                let value =
                    switch cell {
                    case .none: "null"
                    case .number(let number): Self.shown(number)
                    case .text(let text): try quoted(text)
                    }
                return try quoted(name) + ":" + value
            }
            let polygons = shape.wound().polygons.map { polygon in
                let rings = polygon.rings.map { ring in
                    let closed = ring + ring.prefix(1)
                    return "["
                        + closed.map { "[\($0.longitude),\($0.latitude)]" }.joined(separator: ",")
                        + "]"
                }
                return "[" + rings.joined(separator: ",") + "]"
            }
            return "{\"type\":\"Feature\",\"properties\":{" + properties.joined(separator: ",")
                + "},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":["
                + polygons.joined(separator: ",") + "]}}"
        }
        return "{\"type\":\"FeatureCollection\",\"features\":[\n"
            + features.joined(separator: ",\n") + "\n]}\n"
    }

    /// Written beside and renamed, so that no half file bears the name.
    private func writeGeoPackage(_ shapes: [MultiPolygon], to path: String) throws {
        let rows = results.rows.map { row in
            row.map { cell -> GeoPackage.Value in
                switch cell {
                case .none: .null
                case .number(let number): .real(number)
                case .text(let text): .text(text)
                }
            }
        }
        let temporary = path + ".part"
        try? FileManager.default.removeItem(atPath: temporary)
        do {
            try GeoPackage(columns: results.columns, rows: rows, areas: shapes)
                .write(to: temporary, layer: "hotspots")
        } catch is GeoPackage.Failure {
            throw PipelineError.cannotWrite(path: path)
        }
        guard rename(temporary, path) == 0 else { throw PipelineError.cannotWrite(path: path) }
    }

    /// Whole numbers without “.0”, others with all their digits.
    private static func shown(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    }
}
