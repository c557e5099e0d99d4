internal import SpatialStore

/// Trouble with a file of areas, in words that say what to do.
public enum AreaFileError: Error, Hashable, Sendable {
    case unknownKind(path: String)
    case notPolygons(path: String)
    case raggedRow(path: String, row: Int)
    case unknownColumn(path: String, column: String, known: [String])
    case repeatedID(path: String, column: String)
    case badCell(path: String, row: Int, column: String, problem: String)
    case badWeights(text: String, problem: String)
    case badCounts(problem: String)
    case tooFewAreas(count: Int)
    case badChoice(problem: String)
    case otherReferenceSystem(path: String, srs: Int)
    case noShapes(output: String)
    case noPolygon(path: String, row: Int)
    case tilesTooLarge(zoom: Int, bytes: Int)

    init(_ failure: GeoPackage.Failure) {
        self =
            switch failure {
            case .notAGeoPackage(let path), .noFeatureTable(let path): .notPolygons(path: path)
            case .otherReferenceSystem(let path, let srs):
                .otherReferenceSystem(path: path, srs: srs)
            case .noPolygon(let path, let row): .noPolygon(path: path, row: row)
            case .cannotWrite(let path): .badChoice(problem: "Cannot write \(path).")
            }
    }
}

extension AreaFileError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .otherReferenceSystem(let path, let srs):
            "\(path) is in EPSG:\(srs), not in EPSG:4326. Convert it with: ogr2ogr -t_srs "
                + "EPSG:4326 areas.gpkg \(path)."
        case .tilesTooLarge(let zoom, let bytes):
            "At zoom \(zoom) a tile would have \(bytes) bytes even without properties, and no area "
                + "is left out. Start with --min-zoom \(zoom + 1)."
        case .noShapes(let output):
            "\(output) needs polygons, and a table has none. Write a .csv instead."
        case .noPolygon(let path, let row):
            "\(path) feature \(row) has no polygon. Leave it out, or mend it in QGIS."
        case .unknownKind(let path):
            "\(path) is neither .csv, .geojson nor .gpkg. Convert it with: ogr2ogr -f GeoJSON "
                + "-t_srs EPSG:4326 areas.geojson \(path)."
        case .notPolygons(let path):
            "\(path) holds no table of polygons. Check it with ogrinfo, or give a CSV "
                + "with columns x and y in metres."
        case .raggedRow(let path, let row):
            "\(path) row \(row) has not as many fields as the header. Mend that row."
        case .unknownColumn(let path, let column, let known):
            "\(path) has no column “\(column)”. It has: \(known.joined(separator: ", "))."
        case .repeatedID(let path, let column):
            "\(path): two rows have the same “\(column)”. Choose a column that names each row."
        case .badCell(let path, let row, let column, let problem):
            "\(path) data row \(row), “\(column)”: \(problem). Correct that cell."
        case .badWeights(let text, let problem):
            "--weights \(text): \(problem)."
        case .badCounts(let problem):
            problem
        case .tooFewAreas(let count):
            "Only \(count) areas have figures; at least 3 are needed."
        case .badChoice(let problem):
            problem
        }
    }
}
