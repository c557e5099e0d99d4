internal import Foundation
internal import SocialRegistry
internal import Workbooks

/// A table as delimited text, whatever form it came in: a text file as it is, a sheet of a
/// workbook through our own stream reader, a layer of a geographic file through GDAL.
struct TableContent {
    private enum Form {
        case text
        case sheet(Int, of: Workbook)
        /// Of a GeoPackage, GeoJSON, Shapefile or FlatGeobuf.
        case layer(String)
    }

    let file: InputFile
    /// The sheet or layer; nil for a file that is text itself.
    let name: String?
    private let form: Form

    private static let geographicForms: Set<String> = ["gpkg", "geojson", "json", "shp", "fgb"]

    /// Every sheet or layer of `file`, in its order; at least one.
    static func all(_ file: InputFile) throws -> [TableContent] {
        let suffix = URL(fileURLWithPath: file.path).pathExtension.lowercased()
        if geographicForms.contains(suffix) {
            return try GeographicTable.layers(path: file.path).map {
                TableContent(file: file, name: $0, form: .layer($0))
            }
        }
        let head = try file.head(8)
        // A ZIP file, or the compound file of an old or an encrypted workbook.
        guard head.starts(with: [0x50, 0x4B]) || head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else {
            return [TableContent(file: file, name: nil, form: .text)]
        }
        do {
            let workbook = try Workbook(byteCount: file.byteCount) { offset, count in
                try file.bytes(at: offset, count: count)
            }
            return workbook.sheets.indices.map {
                TableContent(
                    file: file, name: workbook.sheets[$0].name, form: .sheet($0, of: workbook))
            }
        } catch let error as WorkbookError {
            throw PipelineError.badWorkbook(path: file.path, problem: error.description)
        }
    }

    private init(file: InputFile, name: String?, form: Form) {
        self.file = file
        self.name = name
        self.form = form
    }

    /// What stands before a row in a message: the file, and the sheet when it has several.
    var label: String { file.path + (name.map { ", “\($0)”" } ?? "") }

    /// The first bytes as they stand in the text.
    func head(_ count: Int) throws -> [UInt8] {
        if case .text = form { return try file.head(count) }
        var bytes: [UInt8] = []
        try stream { piece in
            bytes += piece
            return bytes.count < count
        }
        return Array(bytes.prefix(count))
    }

    /// Hands over the text in UTF-8 piece by piece, with the share of the file read so far.
    func forEachPiece(
        encoding: TextEncoding = .utf8,
        _ body: (UnsafeBufferPointer<UInt8>, Double) throws -> Void
    ) throws {
        guard case .text = form else {
            // How much text a workbook holds is known only at its end.
            try stream { piece in
                try body(piece, 0)
                return true
            }
            try body(UnsafeBufferPointer(start: nil, count: 0), 1)
            return
        }
        var transcoder = TextTranscoder(encoding: encoding)
        var text: [UInt8] = []
        let total = Double(max(file.byteCount, 1))
        try file.forEachPiece { piece, position in
            if transcoder.isIdentity {
                try piece.withUnsafeBytes {
                    try body($0.bindMemory(to: UInt8.self), Double(position) / total)
                }
                return
            }
            text.removeAll(keepingCapacity: true)
            transcoder.transcode(piece, into: &text)
            try text.withUnsafeBufferPointer { try body($0, Double(position) / total) }
        }
        text.removeAll(keepingCapacity: true)
        transcoder.finish(into: &text)
        if !text.isEmpty { try text.withUnsafeBufferPointer { try body($0, 1) } }
    }

    private func stream(_ body: (UnsafeBufferPointer<UInt8>) throws -> Bool) throws {
        switch form {
        case .text:
            try file.forEachPiece { piece, _ in
                _ = try piece.withUnsafeBytes { try body($0.bindMemory(to: UInt8.self)) }
            }
        case .sheet(let index, let workbook):
            do {
                try workbook.stream(sheet: index, body)
            } catch let error as WorkbookError {
                throw PipelineError.badWorkbook(path: file.path, problem: error.description)
            }
        case .layer(let layer):
            try GeographicTable(path: file.path, layer: layer).stream(body)
        }
    }
}

/// The attributes and positions of a layer as comma-separated text, read by GDAL.
///
/// `ogr2ogr` runs beside and its text comes through a pipe, so nothing of it is written to disk.
struct GeographicTable {
    let path: String
    let layer: String

    private static let pieceSize = 1 << 20

    /// The names of the layers of the file at `path`.
    static func layers(path: String) throws -> [String] {
        let (output, status) = try GDALTool.run("ogrinfo", ["-ro", "-q", path])
        guard status == 0 else { throw PipelineError.notConverted(path: path) }
        // `1: name (Point)`, one a line.
        let names = String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap {
            line -> String? in
            guard let colon = line.range(of: ": "), Int(line[..<colon.lowerBound]) != nil else {
                return nil
            }
            let rest = line[colon.upperBound...]
            let end = rest.range(of: " (", options: .backwards)?.lowerBound ?? rest.endIndex
            return String(rest[..<end])
        }
        guard !names.isEmpty else { throw PipelineError.notConverted(path: path) }
        return names
    }

    func stream(_ body: (UnsafeBufferPointer<UInt8>) throws -> Bool) throws {
        // A file without a reference system stays in its own numbers: `PositionReading` knows UTM.
        let isTransformed = try ["-t_srs", "EPSG:4326"].isAccepted(path: path, layer: layer)
        let process = GDALTool.process(
            "ogr2ogr",
            ["-f", "CSV", "/vsistdout/", path, layer]
                + (isTransformed ? ["-t_srs", "EPSG:4326"] : [])
                + ["-lco", "GEOMETRY=AS_XY", "-lco", "STRING_QUOTING=IF_NEEDED"])
        let pipe = Pipe()
        process.standardOutput = pipe
        try GDALTool.start(process)
        defer {
            if process.isRunning { process.terminate() }
            process.waitUntilExit()
        }
        let reader = pipe.fileHandleForReading
        var isFirst = true
        while let piece = try reader.read(upToCount: Self.pieceSize), !piece.isEmpty {
            let bytes = isFirst ? Self.withNamedAxes([UInt8](piece)) : [UInt8](piece)
            isFirst = false
            if try !bytes.withUnsafeBufferPointer(body) { return }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw PipelineError.notConverted(path: path)
        }
    }

    /// GDAL calls the position X and Y, which says too little among a file's own columns.
    private static func withNamedAxes(_ bytes: [UInt8]) -> [UInt8] {
        let axes = Array("X,Y,".utf8)
        guard bytes.starts(with: axes) else { return bytes }
        return Array("Koordinat_X,Koordinat_Y,".utf8) + bytes.dropFirst(axes.count)
    }
}

extension [String] {
    /// Whether GDAL can bring the layer into the reference system that these arguments name.
    fileprivate func isAccepted(path: String, layer: String) throws -> Bool {
        let (_, status) = try GDALTool.run(
            "ogr2ogr", ["-f", "CSV", "/vsistdout/", path, layer, "-limit", "1"] + self)
        return status == 0
    }
}
