public import ArgumentParser
internal import Foundation
public import Pipeline
internal import SpatialStore

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a release to a file of tiles or a folder that any web server can serve.",
        discussion: """
            A .pmtiles or .mbtiles holds all layers in one tileset; a folder has the tiles of each \
            layer as MVT and GeoJSON beside their .gz, TileJSON, and the release's documents. \
            Nothing appears under the name before it is whole.

            Where the layers of one tile have more than 500 kB compressed, a warning names zoom and \
            tile and the file is still written whole: which layer to do without is yours to say, \
            with --layer.
            """)

    @Option(
        name: .long, help: "pmtiles, mbtiles or directory (default: by the ending of the output).")
    var format: ArchiveFormat?

    @Option(name: .long, help: "A layer to write; may be repeated (default: all).")
    var layer: [String] = []

    @Option(name: .long, help: "The number of a kept release (default: the published one).")
    var release: Int64?

    @Option(
        name: .long,
        help: """
            mvt or geojson (default: mvt, in a folder both). GeoJSON tiles of several layers \
            cannot share a file: name one --layer.
            """)
    var tiles: Tiles?

    @Option(name: .long, help: "The address where a folder will be served, for its TileJSON.")
    var publicURL: String = "http://127.0.0.1:8080"

    @Option(name: .shortAndLong, help: "The file or folder to write.")
    var output: String

    @OptionGroup var database: DatabaseOptions

    enum Tiles: String, ExpressibleByArgument {
        case mvt, geojson

        var format: TileFormat { self == .mvt ? .mvt : .geoJSON }
    }

    func run() throws {
        var options = ReleaseExport.Options()
        options.format = format
        options.layers = layer
        options.releaseID = release
        options.tiles = tiles?.format
        options.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
        let summary = try ReleaseExport(
            databasePath: database.database, progress: TerminalProgress()
        ).run(options, output: output)
        var table = SummaryTable(
            "Release \(summary.releaseID)" + (summary.isSimulated ? " (DATA SIMULASI)" : ""))
        table.text("Layers", summary.layers.joined(separator: ", "))
        table.count("Tiles", summary.tiles)
        table.count("Bytes of tiles, compressed", summary.tileBytes)
        if let largest = summary.largest {
            table.count("Largest tile, compressed", largest.bytes)
            table.text("  zoom/column/row", largest.name)
        }
        table.text("Written", output)
        print(table.text)
        if let warning = summary.warning {
            FileHandle.standardError.write(Data("peta: \(warning)\n".utf8))
        }
    }
}

extension ReleaseExport.LargeTile {
    fileprivate var name: String { "\(zoom)/\(column)/\(row).\(format.rawValue)" }
}

extension ReleaseExport.Summary {
    private static let mostNamed = 5

    /// What to say of tiles that are too large; nil when none is.
    var warning: String? {
        guard !tooLarge.isEmpty else { return nil }
        let limit = SummaryTable.grouped(AreaTiling.mostTileBytes)
        let count = tooLarge.count == 1 ? "1 tile has" : "\(tooLarge.count) tiles have"
        let named = tooLarge.prefix(Self.mostNamed).map {
            "\($0.name) of \($0.layer) (\(SummaryTable.grouped($0.bytes)))"
        }
        let more = tooLarge.count > named.count ? ", …" : ""
        return "Warning: \(count) more than \(limit) bytes compressed, slow to fetch and to draw: "
            + named.joined(separator: ", ") + more
            + ". With --layer fewer layers go into a file."
    }
}

extension ArchiveFormat: ExpressibleByArgument {}
