internal import ArgumentParser
internal import Pipeline

struct LinkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Find the families that two registers have in common.",
        discussion: """
            By the NIK of the head and the No KK, by ID and year, then by name, birth date, desa \
            and address, weighed together (Fellegi and Sunter). Pairs are held the same, likely \
            (for a person to decide) or different; `peta compare` uses those that are the same.
            """)

    @Argument(help: "The number of an import of the first register.")
    var first: Int64

    @Argument(help: "The number of an import of the second register.")
    var second: Int64

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var key: KeyOptions

    func run() throws {
        let store = try database.open()
        let linking = FamilyLinking(
            database: store, seal: try key.seal(for: store), progress: TerminalProgress())
        print(try linking.run(first: first, second: second).table.text)
    }
}

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two registers: families new, gone, changed in desil, moved.",
        discussion: """
            Families are known by their number and, when the two were linked, by their links. \
            Moves are known when both are geocoded.
            """)

    @Argument(help: "The number of an import of the earlier register.")
    var first: Int64

    @Argument(help: "The number of an import of the later register.")
    var second: Int64

    @Option(
        name: .shortAndLong,
        help: "A CSV file with a row for each desa; true counts, for the agency alone.")
    var output: String?

    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let comparing = RegisterComparing(database: try database.open())
        let summary = try comparing.run(first: first, second: second, output: output)
        print(summary.table.text)
    }
}
