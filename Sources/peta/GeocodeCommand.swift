internal import ArgumentParser
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

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var key: KeyOptions

    func run() throws {
        let store = try database.open()
        let geocoding = KeluargaGeocoding(
            database: store, seal: try key.seal(for: store), progress: TerminalProgress())
        for register in try geocoding.registers(id: register) {
            print(try geocoding.run(register: register).table.text)
        }
    }
}
