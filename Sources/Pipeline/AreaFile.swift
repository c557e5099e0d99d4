internal import Foundation
internal import Geocoding
internal import Geospatial
internal import SocialRegistry
internal import SpatialStore

/// A file of areas or points with figures: any researcher's, not only ours.
struct AreaFile {
    let path: String
    let columns: [String]
    /// One row for each area, in the file's order.
    let rows: [[String: String]]
    /// Nil for a table without shapes.
    let polygons: [MultiPolygon]?

    init(path: String) throws {
        self.path = path
        let file = try InputFile(path: path)
        switch URL(fileURLWithPath: path).pathExtension.lowercased() {
        case "geojson", "json":
            let features: [GeoJSONAreas.Feature]
            do {
                features = try GeoJSONAreas.read(Data(try file.head(file.byteCount)))
            } catch is GeoJSONAreas.Failure {
                throw AreaFileError.notPolygons(path: path)
            }
            rows = features.map(\.properties)
            columns = Set(rows.flatMap(\.keys)).sorted()
            polygons = features.map(\.area)
        case "gpkg":
            let package: GeoPackage
            do {
                package = try GeoPackage(path: path)
            } catch let failure as GeoPackage.Failure {
                throw AreaFileError(failure)
            }
            columns = package.columns
            rows = package.rows.map { row in
                Dictionary(
                    uniqueKeysWithValues: zip(package.columns, row.map(Self.text)))
            }
            polygons = package.areas
        case "csv", "tsv", "txt":
            (columns, rows) = try Self.table(file)
            polygons = nil
        default:
            throw AreaFileError.unknownKind(path: path)
        }
        guard !rows.isEmpty else { throw PipelineError.fileEmpty(path: path) }
    }

    private static func text(_ value: GeoPackage.Value) -> String {
        switch value {
        case .text(let text): text
        case .real(let number): String(number)
        case .null: ""
        }
    }

    private static func table(
        _ file: InputFile
    ) throws -> (columns: [String], rows: [[String: String]]) {
        let firstLine = try file.head(64 << 10).prefix { $0 != UInt8(ascii: "\n") }
        var parser = DelimitedTextParser(delimiter: TableLines.delimiter(ofHeader: firstLine))
        var columns: [String] = []
        var rows: [[String: String]] = []
        let take = { (row: DelimitedRow) throws -> Bool in
            if columns.isEmpty {
                columns = (0..<row.count).map(row.text)
            } else if !row.isBlank {
                guard row.count == columns.count else {
                    throw AreaFileError.raggedRow(path: file.path, row: row.number)
                }
                var cells: [String: String] = [:]
                for (index, column) in columns.enumerated() { cells[column] = row.text(index) }
                rows.append(cells)
            }
            return true
        }
        try file.forEachPiece { piece, _ in try parser.feed(piece, body: take) }
        _ = try parser.finish(body: take)
        return (columns, rows)
    }

    /// The texts of a column; every row must have one.
    func texts(_ column: String) throws -> [String] {
        try checkColumn(column)
        let texts = rows.map { $0[column] ?? "" }
        if let row = texts.firstIndex(of: "") {
            throw AreaFileError.badCell(path: path, row: row + 1, column: column, problem: "empty")
        }
        return texts
    }

    /// The same, all different.
    func ids(_ column: String) throws -> [String] {
        let ids = try texts(column)
        guard Set(ids).count == ids.count else {
            throw AreaFileError.repeatedID(path: path, column: column)
        }
        return ids
    }

    /// The numbers of a column; nil where the cell is empty, `NA` or `null`.
    func numbers(_ column: String) throws -> [Double?] {
        try checkColumn(column)
        return try rows.enumerated().map { index, row in
            let text = row[column] ?? ""
            if ["", "NA", "null", "nan", "NaN"].contains(text) { return nil }
            guard let number = Double(text), number.isFinite else {
                throw AreaFileError.badCell(
                    path: path, row: index + 1, column: column, problem: "no number")
            }
            return number
        }
    }

    /// Planar points in metres: columns x and y, or the middles of the polygons.
    func points() throws -> [PlanarPoint] {
        guard let polygons else {
            return try zip(numbers("x"), numbers("y")).enumerated().map { index, point in
                guard let x = point.0, let y = point.1 else {
                    throw AreaFileError.badCell(
                        path: path, row: index + 1, column: "x", problem: "empty")
                }
                return PlanarPoint(x: x, y: y)
            }
        }
        let centres = polygons.compactMap { $0.boundingBox?.center }
        let middle = centres.reduce(0) { $0 + $1.longitude } / Double(max(centres.count, 1))
        // A zone of its own: distances are true to some 0.1 % within 3 degrees of its middle.
        let projection = TransverseMercator(
            centralMeridian: middle, falseEasting: 500_000, falseNorthing: 10_000_000)
        return centres.map(projection.project)
    }

    private func checkColumn(_ column: String) throws {
        guard columns.contains(column) else {
            throw AreaFileError.unknownColumn(path: path, column: column, known: columns)
        }
    }
}
