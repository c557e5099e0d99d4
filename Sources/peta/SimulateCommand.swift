internal import ArgumentParser
internal import Pipeline

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Write a simulated register, a verval sheet and the truth behind them.",
        discussion: """
            The same seed gives the same bytes. All numbers begin with 99, a province that does \
            not exist, so that whatever is made of them is marked DATA SIMULASI.
            """)

    @OptionGroup var database: DatabaseOptions

    @Option(name: .long, help: "How many keluarga (default: 387,794, the real number).")
    var keluarga: Int?

    @Option(name: .long, help: "The seed of the simulation.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "The folder to write to.")
    var output = "data/simulasi"

    func validate() throws {
        if let keluarga, !(1000...5_000_000).contains(keluarga) {
            throw ValidationError("--keluarga takes a number from 1000 to 5000000.")
        }
    }

    func run() throws {
        let summary = try RegistrySimulating(
            database: database.open(), progress: TerminalProgress()
        ).run(keluarga: keluarga, seed: seed, folder: output)
        print(summary.table.text)
    }
}
