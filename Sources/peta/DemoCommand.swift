internal import ArgumentParser
internal import Foundation
internal import Pipeline
internal import PovertyModel
internal import SpatialStore

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Do init, simulate, import, geocode and precompute in one go.",
        discussion: """
            Builds a folder with the database, its key and the simulated files. A demo that is \
            interrupted leaves nothing under the folder's name.
            """)

    @Option(name: .long, help: "The folder to make; it must not be there yet.")
    var output = "data/demo"

    @Option(name: .long, help: "The folder with desa.geojson and gazetteer.csv.")
    var geodata = "geodata"

    @Option(name: .long, help: "How many keluarga (default: 387,794, the real number).")
    var keluarga: Int?

    @Option(name: .long, help: "The seed of the simulation.")
    var seed: UInt64 = 1

    func validate() throws {
        if let keluarga, !(1000...5_000_000).contains(keluarga) {
            throw ValidationError("--keluarga takes a number from 1000 to 5000000.")
        }
    }

    func run() throws {
        let summary = try Demo(geodata: geodata, progress: TerminalProgress()).run(
            folder: output, keluarga: keluarga, seed: seed)
        for table in [
            summary.boundaries.table, summary.simulation.table, summary.register.table,
            summary.verval.table, summary.geocoding.table, summary.release.table,
        ] {
            print(table.text)
        }
        print("See it with: peta serve --database \(output)/\(Demo.databaseName)")
    }
}
