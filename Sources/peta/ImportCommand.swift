internal import ArgumentParser
internal import Pipeline
internal import PovertyModel

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read household files (DTSEN, P3KE, verval sheet), XLSX or CSV.",
        discussion: """
            The layout is recognised by its header, which may stand in any of the first 20 rows. \
            A file is imported whole or not at all; one imported before changes nothing. Rows are \
            stored, or counted with the reason why not.
            """)

    @Argument(help: "The files; a register before its verval sheets or after, as you like.")
    var files: [String]

    @Option(name: .long, help: "The day the register describes, such as 2026-02-28.")
    var date: String?

    @Flag(name: .long, help: "Say what each file is, column by column, and store nothing.")
    var detect = false

    @Option(
        name: .long,
        help: """
            A CSV file for the rejected rows as they were received, with the reason of each; for \
            the sender alone, since it holds personal data.
            """)
    var rejections: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var key: KeyOptions

    func validate() throws {
        if rejections != nil, files.count > 1 {
            throw ValidationError("--rejections takes one file at a time.")
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
            for file in files { print(try RegistryDetection(path: file).table.text) }
            return
        }
        let releaseDate = try releaseDate()
        let store = try database.open()
        let importing = RegistryImporting(
            database: store, seal: try key.seal(for: store), progress: TerminalProgress())
        for file in files {
            let summary = try importing.run(
                path: file, releaseDate: releaseDate, rejections: rejections)
            print(summary.table.text)
        }
    }
}
