internal import ArgumentParser
internal import Pipeline
internal import SpatialStore

struct CollectionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collections",
        abstract: "Publish further collections, such as schools, clinics and roads.",
        subcommands: [Add.self, Remove.self, List.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Publish a layer of a file at /collections; one of that id is replaced.",
            discussion: """
                Everything in the published columns can be read by everybody who reaches the \
                server. Columns with NIK or No KK are refused.
                """)

        @Argument(help: "A .gpkg, .geojson, .shp or .fgb; what GDAL reads.")
        var file: String

        @Option(name: .long, help: "The layer of a file with several.")
        var layer: String?

        @Option(name: .long, help: "The id in addresses (default: the layer's or file's name).")
        var id: String?

        @Option(
            name: .long, help: "The columns to publish, with commas (default: all).",
            transform: { Set($0.split(separator: ",").map(String.init)) })
        var properties: Set<String>?

        @Option(name: .long, help: "The title, in Indonesian.")
        var title: String?

        @Option(name: .long, help: "What it is, in Indonesian.")
        var description: String?

        @Option(name: .long, help: "The licence it is under.")
        var licence: String?

        @Option(name: .long, help: "Who has to be named; may be repeated.")
        var attribution: [String] = []

        @Option(name: .long, help: "The reference system of a file without one: EPSG:32749.")
        var srs: String?

        @OptionGroup var database: DatabaseOptions

        func run() throws {
            var wanted = CollectionPublishing.Description()
            wanted.name = id
            wanted.layer = layer
            wanted.properties = properties
            wanted.referenceSystem = srs
            wanted.title = title
            wanted.text = description
            wanted.licence = licence
            wanted.attribution = attribution
            let summary = try CollectionPublishing(database: database.open())
                .add(path: file, wanted)
            var table = SummaryTable("Collection")
            table.text("Id", summary.name)
            table.count("Features", summary.features)
            table.count("Properties", summary.properties)
            print(table.text)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Take an added collection back.")

        @Argument(help: "Its id.")
        var id: String

        @OptionGroup var database: DatabaseOptions

        func run() throws {
            guard try database.open().removeCollection(named: id) else {
                throw ValidationError("There is no added collection “\(id)”.")
            }
            print("Removed: \(id).")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the collections; those of releases by number.")

        @OptionGroup var database: DatabaseOptions

        func run() throws {
            var table = SummaryTable("Collections")
            for stored in try PublishedFeatures(path: database.database).collections() {
                let release = stored.releaseID.map { "release \($0)" } ?? "added"
                table.text(
                    stored.collection.name, "\(release), \(stored.featureCount) features")
            }
            print(table.text)
        }
    }
}
