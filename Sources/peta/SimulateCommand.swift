public import ArgumentParser
internal import Pipeline
public import RegistrySimulation

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Write a simulated register, a verval sheet and the truth behind them.",
        discussion: """
            The same seed gives the same bytes, and all layouts tell of the same families. All \
            numbers begin with 99, a province that does not exist, so that whatever is made of \
            them is marked DATA SIMULASI.
            """)

    @OptionGroup var database: DatabaseOptions

    @Option(name: .long, help: "How many keluarga (default: 387,794, the real number).")
    var keluarga: Int?

    @Option(name: .long, help: "The seed of the simulation.")
    var seed: UInt64 = 1

    @Option(
        name: .long,
        help: """
            A layout to write, may be repeated (default: dtsen-keluarga and verval); one of \
            \(SimulatedLayout.allCases.map(\.rawValue).joined(separator: ", ")).
            """)
    var layout: [SimulatedLayout] = []

    @Flag(name: .long, help: "Words in the place of DTSEN's integer codes.")
    var labels = false

    @Flag(name: .long, help: "Write XLSX in the place of CSV.")
    var xlsx = false

    @Option(name: .long, help: "comma, semicolon or tab.")
    var delimiter = Delimiter.comma

    @Option(name: .long, help: "The row of the header, 1 to 20; titles stand above it.")
    var headerRow = 1

    @Option(name: .long, help: "The folder to write to.")
    var output = "data/simulasi"

    enum Delimiter: String, ExpressibleByArgument, CaseIterable {
        case comma, semicolon, tab

        var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .semicolon: UInt8(ascii: ";")
            case .tab: UInt8(ascii: "\t")
            }
        }
    }

    func validate() throws {
        if let keluarga, !(1000...5_000_000).contains(keluarga) {
            throw ValidationError("--keluarga takes a number from 1000 to 5000000.")
        }
        if !(1...20).contains(headerRow) {
            throw ValidationError("--header-row takes a number from 1 to 20.")
        }
    }

    func run() throws {
        var options = RegistrySimulating.Options()
        options.keluarga = keluarga
        options.seed = seed
        if !layout.isEmpty { options.layouts = layout }
        options.writing = SimulationWriting(
            usesLabels: labels, delimiter: delimiter.byte, headerRow: headerRow)
        options.asWorkbook = xlsx
        let summary = try RegistrySimulating(
            database: database.open(), progress: TerminalProgress()
        ).run(options, folder: output)
        print(summary.table.text)
    }
}

extension SimulatedLayout: ExpressibleByArgument {}
