internal import ArgumentParser
internal import Pipeline
internal import PovertyModel
internal import SpatialStore

struct BoundariesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "boundaries",
        abstract: "Add, list and choose sets of boundaries.",
        subcommands: [Import.self, List.self, Use.self])

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Load a further boundary set and make it the active one.",
            discussion: """
                Reads the code of each polygon from kode_desa, kode_kemendagri, KDEPUM, kode, \
                kode_bps, KDEBPS, village_code or ADM4_PCODE. Polygons that cross themselves are \
                made valid, those of one code joined. Geocode again afterwards.
                """)

        @Argument(help: "A .geojson, .gpkg, .shp or .fgb; what GDAL reads.")
        var file: String

        @Option(name: .long, help: "The name of the set; one of that name is replaced.")
        var name: String

        @Option(name: .long, help: "The day the set describes, such as 2020-04-01.")
        var date: String

        @Option(name: .long, help: "Where it comes from.")
        var source: String

        @Option(name: .long, help: "The licence it is under.")
        var licence: String

        @Option(name: .long, help: "Who has to be named on the map; may be repeated.")
        var attribution: [String]

        @Option(name: .long, help: "The layer of a file with several.")
        var layer: String?

        @Option(name: .long, help: "The reference system of a file without one: EPSG:32749.")
        var srs: String?

        @Option(
            name: .long,
            help: """
                How far its lines may lie from the true ones, in metres (one standard deviation): \
                families near them then belong to both sides in part.
                """)
        var accuracy = 0.0

        @OptionGroup var database: DatabaseOptions

        func validate() throws {
            if !(0...1000).contains(accuracy) {
                throw ValidationError("--accuracy takes metres from 0 to 1000.")
            }
        }

        func run() throws {
            guard let day = CalendarDate(date) else {
                throw ValidationError("--date takes a day such as 2020-04-01.")
            }
            let set = BoundarySet(
                name: name, date: day, source: source, licence: licence,
                attribution: attribution, accuracyMetres: accuracy)
            let summary = try BoundaryImport(database: database.open())
                .add(path: file, layer: layer, referenceSystem: srs, set: set)
            print(summary.table.text)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the boundary sets; the active one has a star.")

        @OptionGroup var database: DatabaseOptions

        func run() throws {
            let store = try database.open()
            let active = try store.activeBoundarySet()
            var table = SummaryTable("Boundary sets")
            for set in try store.boundarySets() {
                table.text(
                    (set.id == active?.id ? "* " : "  ") + set.name,
                    "\(set.date.iso), \(set.licence)")
            }
            print(table.text)
        }
    }

    struct Use: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "use", abstract: "Make a boundary set the active one.")

        @Argument(help: "The name of the set.")
        var name: String

        @OptionGroup var database: DatabaseOptions

        func run() throws {
            try database.open().activateBoundarySet(name: name)
            print("Active: \(name). Geocode and precompute to see it on the map.")
        }
    }
}
