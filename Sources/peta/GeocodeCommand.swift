internal import ArgumentParser
internal import Foundation
internal import Pipeline
internal import SpatialStore

struct GeocodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geocode",
        abstract: "Place each keluarga in a desa by code, position and name.",
        discussion: """
            Records how each was placed and how sure that is. Run again, it decides anew with \
            the active boundary set and all verval sheets imported so far.
            """)

    @Option(name: .long, help: "The number of an import (default: all registers).")
    var register: Int64?

    @Option(
        name: .long,
        help: """
            Only say why a keluarga is placed where it is: the number of its import and the row \
            of its file, such as 1.214. The look is recorded.
            """)
    var explain: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var key: KeyOptions

    func run() throws {
        let store = try database.open()
        let geocoding = KeluargaGeocoding(
            database: store, seal: try key.seal(for: store), progress: TerminalProgress())
        if let explain {
            guard let id = KeluargaID(explain) else {
                throw ValidationError("--explain takes an import and a row, such as 1.214.")
            }
            let explanation = try PlacementExplanation(
                of: id, geocoding: geocoding, who: NSUserName())
            var table = SummaryTable("Keluarga \(explain)")
            for line in explanation.lines { table.text(line.name, line.text) }
            print(table.text)
            return
        }
        for register in try geocoding.registers(id: register) {
            print(try geocoding.run(register: register).table.text)
        }
    }
}
