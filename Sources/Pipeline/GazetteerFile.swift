internal import Geospatial
internal import PovertyModel
internal import SocialRegistry

/// Reads `gazetteer.csv`.
enum GazetteerFile {
    private static let columns = [
        "kode_desa", "kode_bps", "nama_desa", "jenis", "nama_kecamatan", "titik_lon", "titik_lat",
        "nama_lain",
    ]

    static func read(path: String) throws -> [Desa] {
        let file = try InputFile(path: path)
        var parser = DelimitedTextParser(delimiter: UInt8(ascii: ","))
        var positions: [String: Int] = [:]
        var units: [Desa] = []
        let readRow = { (row: DelimitedRow) throws -> Bool in
            if positions.isEmpty {
                positions = try header(row, path: path)
            } else if !row.isBlank {
                units.append(try desa(in: row, positions: positions, path: path))
            }
            return true
        }
        try file.forEachPiece { piece, _ in try parser.feed(piece, body: readRow) }
        _ = try parser.finish(body: readRow)
        guard !units.isEmpty else { throw PipelineError.fileEmpty(path: path) }
        return units
    }

    private static func header(_ row: DelimitedRow, path: String) throws -> [String: Int] {
        let names = (0..<row.count).map(row.text)
        var positions: [String: Int] = [:]
        for (index, name) in names.enumerated() { positions[name] = index }
        if let missing = columns.first(where: { positions[$0] == nil }) {
            throw PipelineError.badGazetteer(
                path: path, row: 1, column: missing, problem: "the column is missing")
        }
        return positions
    }

    private static func desa(
        in row: DelimitedRow,
        positions: [String: Int],
        path: String
    ) throws -> Desa {
        func text(_ column: String) -> String { positions[column].map(row.text) ?? "" }
        func value<T>(_ column: String, _ read: (String) -> T?, _ problem: String) throws -> T {
            guard let value = read(text(column)) else {
                throw PipelineError.badGazetteer(
                    path: path, row: row.number, column: column, problem: problem)
            }
            return value
        }
        return Desa(
            code: try value("kode_desa", { DesaCode($0) }, "no code such as 35.13.01.2001"),
            bpsCode: try value("kode_bps", { BPSDesaCode($0) }, "no code of 10 digits"),
            name: try value("nama_desa", { $0.isEmpty ? nil : $0 }, "the name is missing"),
            kind: try value("jenis", Desa.Kind.init, "neither desa nor kelurahan"),
            kecamatanName: text("nama_kecamatan"),
            otherNames: text("nama_lain").split(separator: "|").map(String.init),
            labelPoint: Coordinate(
                longitude: try value("titik_lon", { Double($0) }, "no number"),
                latitude: try value("titik_lat", { Double($0) }, "no number")),
            outerNeighbours: text("tetangga_luar").split(separator: "|").map(String.init),
            formerCodes: text("kode_lama").split(separator: "|").compactMap { code in
                Int(code.filter { $0 != "." })
            })
    }
}
