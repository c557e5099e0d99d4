internal import ArgumentParser
internal import Pipeline

struct PrecomputeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "precompute",
        abstract: "Compute figures, densities, hotspots and tiles, and publish them.",
        discussion: """
            A running server changes to the new release by itself, at once and whole. When \
            nothing has changed, the published release stays.
            """)

    @Option(name: .long, help: "The number of an import (default: the newest full register).")
    var register: Int64?

    @Option(
        name: .long, help: "The id of a rule (default: the one in force on the register's date).")
    var rule: String?

    @Option(
        name: .long,
        help: "The file with the rules (default: kriteria.json beside the database).")
    var criteria: String?

    @Option(name: .long, help: "Draws of the permutation test for each desa.")
    var permutations = ReleasePublication.Options().permutations

    @Option(name: .long, help: "The seed of the permutation test.")
    var seed = ReleasePublication.Options().seed

    @Option(
        name: .long, help: "Of the smoothed density: gaussian or quartic.",
        transform: { text in
            guard let kernel = SurfaceKernel(rawValue: text) else {
                throw ValidationError("--kernel takes gaussian or quartic.")
            }
            return kernel
        })
    var kernel = ReleasePublication.Options().kernel

    @Option(
        name: .long,
        help: """
            Of the smoothed density: scott, diggle (cross-validation), or the standard deviation in \
            metres; never less than the width of a cell.
            """,
        transform: { text in
            switch text {
            case "scott": return .scott
            case "diggle": return .diggle
            default:
                guard let metres = Double(text), metres > 0, metres <= 100_000 else {
                    throw ValidationError("--bandwidth takes scott, diggle or metres.")
                }
                return .metres(metres)
            }
        })
    var bandwidth = ReleasePublication.Options().bandwidth

    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (999...10_000_000).contains(permutations) else {
            throw ValidationError("--permutations takes a number from 999 to 10000000.")
        }
    }

    func run() throws {
        var options = ReleasePublication.Options()
        options.registerID = register
        options.ruleID = rule
        options.permutations = permutations
        options.seed = seed
        options.kernel = kernel
        options.bandwidth = bandwidth
        let publication = ReleasePublication(
            database: try database.open(),
            criteriaPath: criteria ?? database.criteriaPath,
            progress: TerminalProgress())
        print(try publication.run(options).table.text)
    }
}
