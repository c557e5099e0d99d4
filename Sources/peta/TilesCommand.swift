internal import ArgumentParser
internal import Pipeline
internal import SpatialStore

struct TilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles",
        abstract: "Cut any file of polygons into tiles, without a database.",
        discussion: """
            Neighbours share their borders at every zoom, without gap or overlap. No tile has more \
            than 500 kB compressed.
            """)

    @Argument(help: "A .fgb in degrees, or whatever GDAL reads: .geojson, .gpkg, .shp.")
    var file: String

    @Option(name: .long, help: "The name of the layer in the tiles.")
    var layer = "areas"

    @Option(name: .long, help: "The layer of a file with several.")
    var sourceLayer: String?

    @Option(name: .long, help: "The first zoom, 0 to 17.")
    var minZoom = 6

    @Option(name: .long, help: "The last zoom, 0 to 17.")
    var maxZoom = 14

    @Option(
        name: .long,
        help: "The column with each area's id: a whole number or a code (default: the row).")
    var idField: String?

    @Option(name: .long, help: "The columns to keep, such as nama,kode (default: all).")
    var properties: String?

    @Option(name: .long, help: "Who has to be named on the map.")
    var attribution = ""

    @Option(
        name: .long, help: "pmtiles, mbtiles or directory (default: by the ending of the output).")
    var format: ArchiveFormat?

    @Option(name: .long, help: "mvt or geojson (default: mvt, in a folder both).")
    var tiles: ExportCommand.Tiles?

    @Option(name: .long, help: "The address where a folder will be served, for its TileJSON.")
    var publicURL = "http://127.0.0.1:8080"

    @Option(name: .shortAndLong, help: "The file or folder to write.")
    var output: String

    func validate() throws {
        guard 0 <= minZoom, minZoom <= maxZoom, maxZoom <= 17 else {
            throw ValidationError("--min-zoom and --max-zoom take zooms from 0 to 17, in order.")
        }
    }

    func run() throws {
        var options = AreaTiling.Options()
        options.format = format
        options.layerName = layer
        options.sourceLayer = sourceLayer
        options.zooms = minZoom...maxZoom
        options.idField = idField
        options.properties = properties.map {
            $0.split(separator: ",").map { $0.trimmingPrefix(" ") }.map(String.init)
        }
        options.attribution = attribution
        options.tiles = tiles?.format
        options.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
        let summary = try AreaTiling(progress: TerminalProgress())
            .run(path: file, options: options, output: output)
        print(summary.table(output: output).text)
    }
}

extension AreaTiling.Summary {
    func table(output: String) -> SummaryTable {
        var table = SummaryTable("Tiles")
        table.count("Areas", areas)
        table.count("Vertices", vertices)
        if crossings > 0 { table.count("Edges that crossed", crossings) }
        if overlaps > 0 { table.count("Borders that two areas claimed", overlaps) }
        for zoom in zooms {
            table.rule()
            table.count("Zoom \(zoom.zoom): tiles", zoom.tiles)
            table.count("  bytes, compressed", zoom.bytes)
            table.count("  largest tile", zoom.largest)
            if !zoom.hasProperties { table.text("  properties", "none, ids only") }
            if zoom.unitsPerPixel < 16 {
                table.text("  vertices", "on 1/\(zoom.unitsPerPixel) pixel")
            }
            if zoom.vanished > 0 { table.count("  areas below the grid", zoom.vanished) }
            if zoom.conflicts > 0 { table.count("  borders not drawn cleanly", zoom.conflicts) }
        }
        table.rule()
        table.text("Written", output)
        return table
    }
}
