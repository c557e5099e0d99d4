internal import ArgumentParser
internal import Pipeline
internal import PovertyModel

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read household files (DTSEN, P3KE, verval sheet) as CSV.",
        discussion: """
            The layout is recognised by its header, which may stand in any of the first 20 rows. \
            A file is imported whole or not at all; one imported before changes nothing. Rows are \
            stored, or counted with the reason why not.
            """)

    @Argument(help: "The files; a register before its verval sheets or after, as you like.")
    var files: [String]

    @Option(name: .long, help: "The day the register describes, such as 2026-02-28.")
    var date: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var key: KeyOptions

    func validate() throws {
        guard CalendarDate(date) != nil else {
            throw ValidationError("--date takes a day such as 2026-02-28.")
        }
    }

    func run() throws {
        guard let releaseDate = CalendarDate(date) else {
            throw ValidationError("--date takes a day such as 2026-02-28.")
        }
        let store = try database.open()
        let importing = RegistryImporting(
            database: store, seal: try key.seal(for: store), progress: TerminalProgress())
        for file in files {
            print(try importing.run(path: file, releaseDate: releaseDate).table.text)
        }
    }
}
