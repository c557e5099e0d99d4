/// Trouble with a file or an order of steps, in words that say what to do.
public enum PipelineError: Error, Hashable, Sendable {
    case fileMissing(path: String)
    case fileUnreadable(path: String)
    case fileEmpty(path: String)
    case badWorkbook(path: String, problem: String)
    case gdalMissing
    case fileNotUTF8(path: String, row: Int?, column: String?)
    case fileUnknownLayout(path: String, firstCells: [String])
    case fileCut(path: String, row: Int)
    case fileQuoteOpen(path: String, row: Int)
    case fileHasNoRows(path: String)
    case fileTooLong(path: String)
    case badMapping(path: String, problem: String)
    case mappingDoesNotFit(path: String, problems: [String])
    case notGeoJSON(path: String)
    case notConverted(path: String)
    case noAreas(path: String)
    case brokenArea(path: String, feature: Int, problem: String)
    case badGazetteer(path: String, row: Int, column: String, problem: String)
    case badCriteria(path: String, problem: String)
    case noRuleInForce(date: String, path: String)
    case unknownRule(id: String, known: [String])
    case noBoundarySet(database: String)
    case noRegister(database: String)
    case unknownRegister(id: Int64, known: [Int64])
    case sameRegister(id: Int64)
    case noDenominator(source: String)
    case keyFromEnvironment
    case notGeocoded(file: String)
    case unknownKeluarga(id: String)
    case noPlaceColumns(path: String, found: Int)
    case noCodeField(path: String, wanted: String, known: [String])
    case unknownRelease(id: Int64, known: [Int64])
    case unknownLayer(name: String, known: [String])
    case layersNotJoinable(known: [String])
    case folderExists(path: String)
    case diskFull(path: String)
    case cannotWrite(path: String)
}

extension PipelineError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .fileMissing(let path):
            "\(path) does not exist. Check the path."
        case .fileUnreadable(let path):
            "\(path) cannot be read. Check that it is a file and that you may read it."
        case .fileEmpty(let path):
            "\(path) is empty. Ask its sender for it again."
        case .badWorkbook(let path, let problem):
            "\(path): \(problem)"
        case .gdalMissing:
            "Reading this form needs GDAL. On Debian: apt-get install gdal-bin."
        case .fileNotUTF8(let path, let row, let column):
            path + (row.map { " row \($0)" } ?? "") + (column.map { ", “\($0)”" } ?? "")
                + ": the text is not UTF-8. Save the file as “CSV UTF-8” and import it again."
        case .fileUnknownLayout(let path, let cells):
            "\(path) is no household file that peta knows: no header of DTSEN, P3KE, DTKS, BDT, "
                + "Regsosek, a verval or a BSPS sheet in its first rows (found \(cells.count) "
                + "columns in row 1). Check that it is the right file and that its header row is "
                + "there, or say what its columns are with --mapping."
        case .fileCut(let path, let row):
            "\(path) ends in the middle of row \(row): the file was cut. Nothing was imported; "
                + "fetch it again."
        case .fileQuoteOpen(let path, let row):
            "\(path) row \(row): a quotation mark is never closed. Nothing was imported; close it, "
                + "or fetch the file again if it was cut."
        case .fileHasNoRows(let path):
            "\(path) has a header but no rows. Ask its sender for it again."
        case .fileTooLong(let path):
            "\(path) has more than 16,777,215 rows. Split it by kecamatan and import the parts under "
                + "one date: they are taken as one register."
        case .badMapping(let path, let problem):
            "\(path): \(problem). See “Other tables” in the README."
        case .mappingDoesNotFit(let path, let problems):
            "\(path) does not fit the mapping: \(problems.joined(separator: " "))"
        case .notGeoJSON(let path):
            "\(path) is no GeoJSON feature collection. Convert it with: ogr2ogr -f GeoJSON "
                + "-t_srs EPSG:4326 out.geojson \(path)."
        case .notConverted(let path):
            "GDAL cannot read \(path) as one layer of polygons. If it has no reference system (a "
                + "missing .prj), name it with --srs EPSG:32749; if it has several layers, name "
                + "one with --layer."
        case .noAreas(let path):
            "\(path) holds no polygon with the code of a desa (property kode_desa). Check the file."
        case .brokenArea(let path, let feature, let problem):
            "\(path) feature \(feature): \(problem). Mend it in QGIS (“Fix geometries”)."
        case .badGazetteer(let path, let row, let column, let problem):
            "\(path) row \(row), “\(column)”: \(problem). Correct that cell."
        case .badCriteria(let path, let problem):
            "\(path): \(problem). See the section “Criteria” of the README."
        case .noRuleInForce(let date, let path):
            "No rule of \(path) is in force on \(date), the date of the register. Add one whose "
                + "berlaku_sejak is not later."
        case .unknownRule(let id, let known):
            "There is no rule “\(id)”. Known: \(known.joined(separator: ", "))."
        case .noBoundarySet(let database):
            "\(database) has no boundaries. Run: peta init --database \(database)."
        case .noRegister(let database):
            "\(database) has no register. Run: peta import FILE --database \(database)."
        case .unknownRegister(let id, let known):
            "There is no register with number \(id). Known: "
                + "\(known.map(String.init).joined(separator: ", "))."
        case .sameRegister(let id):
            "Import \(id) belongs to both registers: name two that differ in source or day."
        case .noDenominator(let source):
            "\(source) lists only the poorer families, so there is no denominator and no hotspot. "
                + "Import a full register (DTSEN keluarga)."
        case .keyFromEnvironment:
            "The key comes from the environment variable PETA_KEY, which only its owner can change. "
                + "Rotate with the key in a file."
        case .notGeocoded(let file):
            "\(file) is not geocoded with the active boundary set. Run: peta geocode."
        case .unknownKeluarga(let id):
            "There is no keluarga \(id). Write the number of the import and the row of its file, "
                + "such as 1.214."
        case .noPlaceColumns(let path, let found):
            "\(path) has no column to find a place by (\(found) columns). Name the columns lon and "
                + "lat (with --boundaries), or desa and kecamatan, or kode (with --gazetteer)."
        case .noCodeField(let path, let wanted, let known):
            "\(path) has no property “\(wanted)”. Name one of these with --code-field: "
                + "\(known.joined(separator: ", "))."
        case .unknownRelease(let id, let known):
            "Release \(id) is not kept. Kept: "
                + "\(known.map(String.init).joined(separator: ", "))."
        case .unknownLayer(let name, let known):
            "There is no layer “\(name)”. Known: \(known.joined(separator: ", "))."
        case .layersNotJoinable(let known):
            "GeoJSON tiles of several layers cannot share a file. Name one with --layer: "
                + "\(known.joined(separator: ", "))."
        case .folderExists(let path):
            "\(path) exists already. Name a new folder, or move that one away first."
        case .diskFull(let path):
            "The disk that holds \(path) is full. Free some space and repeat."
        case .cannotWrite(let path):
            "Cannot write \(path). Check the folder and its permissions."
        }
    }
}
