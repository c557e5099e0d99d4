internal import Foundation
internal import Geospatial
internal import VectorTiles

/// The polygons of a file with their properties, types kept.
struct AreaTable {
    let path: String
    let columns: [String]
    /// One row for each area, in the file's order.
    let rows: [[TileValue]]
    let areas: [MultiPolygon]

    /// Reads FlatGeobuf in degrees directly, all else through GDAL.
    ///
    /// `layer` names one of several; without it the one with the most polygons is taken.
    init(path: String, layer: String?) throws {
        let file = try InputFile(path: path)
        self.path = path
        if URL(fileURLWithPath: path).pathExtension.lowercased() == "fgb",
            let table = try Self.read(file.head(file.byteCount), path: path)
        {
            (columns, rows, areas) = table
            return
        }
        let isGeoJSON = path.lowercased().hasSuffix("json")
        let layer = try layer ?? (isGeoJSON ? nil : BoundaryImport.finestPolygonLayer(of: path))
        guard let table = try Self.read(Self.converted(path: path, layer: layer), path: path)
        else { throw PipelineError.notConverted(path: path) }
        (columns, rows, areas) = table
    }

    /// Nil when the file is in another reference system.
    private static func read(
        _ bytes: [UInt8],
        path: String
    ) throws -> (columns: [String], rows: [[TileValue]], areas: [MultiPolygon])? {
        do {
            var reader = try FlatGeobufReader(bytes)
            guard [nil, 4326].contains(reader.header.crsCode) else { return nil }
            var rows: [[TileValue]] = []
            var areas: [MultiPolygon] = []
            while let feature = try reader.next() {
                guard case .area(let area) = feature.geometry else {
                    throw PipelineError.brokenArea(
                        path: path, feature: areas.count + 1, problem: "it is no polygon")
                }
                areas.append(area)
                rows.append(feature.values.map(TileValue.init))
            }
            guard !areas.isEmpty else { throw PipelineError.noAreas(path: path) }
            return (reader.header.columns.map(\.name), rows, areas)
        } catch is FlatGeobufError {
            throw PipelineError.notConverted(path: path)
        }
    }

    /// The file as FlatGeobuf in EPSG:4326, which keeps the types of properties.
    private static func converted(path: String, layer: String?) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("peta-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appendingPathComponent("areas.fgb").path
        var arguments = [
            "-f", "FlatGeobuf", output, path, "-t_srs", "EPSG:4326", "-lco", "SPATIAL_INDEX=NO",
            "-nlt", "PROMOTE_TO_MULTI", "-mapFieldType",
            "IntegerList=String,Integer64List=String,RealList=String,StringList=String",
        ]
        if let layer { arguments.append(layer) }
        let (_, status) = try GDALTool.run("ogr2ogr", arguments)
        guard status == 0, let file = try? InputFile(path: output) else {
            throw PipelineError.notConverted(path: path)
        }
        return try file.head(file.byteCount)
    }

    /// The areas' ids: from a column of different whole numbers or codes such as 35.13.01.2001, of
    /// which the digits count; the number of the row, from 1, without one.
    func ids(_ column: String?) throws -> [UInt64] {
        guard let column else { return areas.indices.map { UInt64($0 + 1) } }
        let position = try position(of: column)
        var seen: Set<UInt64> = []
        return try rows.enumerated().map { row, values in
            let text =
                switch values[position] {
                case .int(let number): String(number)
                case .string(let text): text.filter { $0 != "." }
                default: ""
                }
            guard let id = UInt64(text) else {
                throw AreaFileError.badCell(
                    path: path, row: row + 1, column: column, problem: "no whole number")
            }
            guard seen.insert(id).inserted else {
                throw AreaFileError.repeatedID(path: path, column: column)
            }
            return id
        }
    }

    /// The table with these columns only.
    func properties(_ names: [String]) throws -> [[TileValue]] {
        let positions = try names.map(position)
        if positions == Array(columns.indices) { return rows }
        return rows.map { row in positions.map { row[$0] } }
    }

    private func position(of column: String) throws -> Int {
        guard let position = columns.firstIndex(of: column) else {
            throw AreaFileError.unknownColumn(path: path, column: column, known: columns)
        }
        return position
    }
}

extension TileValue {
    fileprivate init(_ value: FlatGeobufValue?) {
        self =
            switch value {
            case .bool(let flag): .bool(flag)
            case .integer(let number): .int(Int(number))
            case .unsignedLong(let number):
                Int(exactly: number).map(TileValue.int) ?? .string(String(number))
            case .double(let number): number.isFinite ? .double(number) : .null
            case .string(let text), .json(let text), .dateTime(let text): .string(text)
            case .binary, nil: .null
            }
    }
}
