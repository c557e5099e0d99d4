internal import ArgumentParser
internal import Foundation
internal import Pipeline
internal import SpatialStore

struct GeocodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geocode",
        abstract: "Place each keluarga, or each row of any table, in a desa.",
        discussion: """
            Without a FILE: each keluarga of the database by code, position and name, with how \
            it was placed and how sure that is. Run again, it decides anew with the active \
            boundary set and all verval sheets imported so far.

            With a FILE (CSV or XLSX; columns lon and lat, or desa and kecamatan, or kode): no \
            database is used; the rows come out with kode_desa, match and probability. See the \
            README for what they mean.
            """)

    @Argument(help: "A table to geocode on its own.")
    var file: String?

    @Option(name: .long, help: "For a FILE: the areas, a .fgb, .geojson, .gpkg or .shp.")
    var boundaries: String?

    @Option(name: .long, help: "For a FILE: the property of an area that is its code.")
    var codeField: String?

    @Option(name: .long, help: "For a FILE: the names, in the form of geodata/gazetteer.csv.")
    var gazetteer: String?

    @Option(
        name: .long,
        help: "For a FILE: where the index of the boundaries is kept for the next time.")
    var cache: String?

    @Option(name: .shortAndLong, help: "For a FILE: what to write (default: standard output).")
    var output: String?

    @Option(name: .long, help: "The number of an import of a register (default: all).")
    var register: Int64?

    @Option(
        name: .long,
        help: """
            Only say why a keluarga is placed where it is: the number of its import and the row \
            of its file, such as 1.214. The look is recorded.
            """)
    var explain: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var key: KeyOptions

    func validate() throws {
        let forFile = [boundaries, codeField, gazetteer, cache, output].contains { $0 != nil }
        if file == nil, forFile {
            throw ValidationError(
                "--boundaries, --code-field, --gazetteer, --cache and --output need a FILE.")
        }
        if file != nil, register != nil || explain != nil {
            throw ValidationError("--register and --explain are about the database, not a FILE.")
        }
        if file != nil, boundaries == nil, gazetteer == nil {
            throw ValidationError("A FILE needs --boundaries for positions, --gazetteer for names.")
        }
    }

    func run() throws {
        if let file { return try run(on: file) }
        let store = try database.open()
        let geocoding = KeluargaGeocoding(
            database: store, seal: try key.seal(for: store), progress: TerminalProgress())
        if let explain {
            guard let id = KeluargaID(explain) else {
                throw ValidationError("--explain takes an import and a row, such as 1.214.")
            }
            let explanation = try PlacementExplanation(
                of: id, geocoding: geocoding, who: NSUserName())
            var table = SummaryTable("Keluarga \(explain)")
            for line in explanation.lines { table.text(line.name, line.text) }
            print(table.text)
            return
        }
        for register in try geocoding.registers(id: register) {
            print(try geocoding.run(register: register).table.text)
        }
    }

    private func run(on file: String) throws {
        var options = PlaceFileGeocoding.Options()
        options.boundaries = boundaries
        options.codeField = codeField
        options.gazetteer = gazetteer
        options.cache = cache
        let summary = try PlaceFileGeocoding(options: options, progress: TerminalProgress())
            .run(path: file, output: output)
        // Standard output may be the table itself.
        FileHandle.standardError.write(Data((summary.table.text + "\n").utf8))
    }
}
