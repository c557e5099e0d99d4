internal import ArgumentParser
internal import Pipeline

struct SensitivityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract: "Would each desa still be hot if the test were done otherwise?",
        discussion: """
            Other neighbours, other levels, another test, the other boundary sets, the counts at \
            the ends of their intervals. The stability of a desa is the share of these variants \
            that agree with the map. Nothing is published.
            """)

    @Option(name: .long, help: "The number of an import (default: the newest full register).")
    var register: Int64?

    @Option(name: .long, help: "The rules (default: kriteria.json beside the database).")
    var criteria: String?

    @Option(name: .shortAndLong, help: "A CSV file with a row for each desa.")
    var output: String?

    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let summary = try HotspotSensitivity(
            database: database.open(), criteriaPath: criteria ?? database.criteriaPath,
            progress: TerminalProgress()
        ).run(registerID: register, output: output)
        print(summary.table.text)
    }
}
