public import ArgumentParser
internal import Pipeline
internal import PovertyModel
public import SocialRegistry

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read household files: DTSEN, P3KE, DTKS, BDT, Regsosek, verval, BSPS.",
        discussion: """
            XLSX, ODS, CSV, GeoPackage, GeoJSON and Shapefile. The layout is recognised by its \
            header, which may stand in any of the first 20 rows; sheets of one layout are read \
            one after the other. A file is imported whole or not at all; one imported before \
            changes nothing, one that comes again with other content takes the place of the \
            former. Rows are stored, or listed with the reason why not.
            """)

    @Argument(help: "The files; a register before its verval sheets or after, as you like.")
    var files: [String]

    @Option(name: .long, help: "The day the register describes, such as 2026-02-28.")
    var date: String?

    @Flag(name: .long, help: "Say what each file is, column by column, and store nothing.")
    var detect = false

    @Option(
        name: .long,
        help: "A YAML file that says what the columns of a table of another layout are.")
    var mapping: String?

    @Option(name: .long, help: "The number of the import that this file corrects.")
    var replaces: Int64?

    @Option(
        name: .long,
        help: """
            Keep this kind of specific personal data (UU 27/2022), may be repeated; it is left \
            out otherwise. One of \(SpecificData.allCases.map(\.rawValue).joined(separator: ", ")).
            """)
    var keep: [SpecificData] = []

    @Option(
        name: .long,
        help: """
            A file (.xlsx or .csv) for the rejected rows as they were received, with the reason \
            of each; for the sender alone, since it holds personal data.
            """)
    var rejections: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var key: KeyOptions

    func validate() throws {
        if files.count > 1, rejections != nil || replaces != nil {
            throw ValidationError("--rejections and --replaces take one file at a time.")
        }
        if !detect { _ = try releaseDate() }
    }

    private func releaseDate() throws -> CalendarDate {
        guard let date, let day = CalendarDate(date) else {
            throw ValidationError("--date takes the day of the register, such as 2026-02-28.")
        }
        return day
    }

    func run() throws {
        if detect {
            for file in files {
                let detection = try RegistryDetection(path: file, mapping: mapping)
                for table in detection.tables { print(table.text) }
            }
            return
        }
        let releaseDate = try releaseDate()
        let store = try database.open()
        let importing = RegistryImporting(
            database: store, seal: try key.seal(for: store), progress: TerminalProgress())
        var options = RegistryImporting.Options()
        options.mapping = mapping
        options.rejections = rejections
        options.replaces = replaces
        options.keptSpecific = Set(keep)
        for file in files {
            let summary = try importing.run(
                path: file, releaseDate: releaseDate, options: options)
            print(summary.table.text)
        }
    }
}

extension SpecificData: ExpressibleByArgument {}
