internal import ArgumentParser
internal import Foundation
internal import Pipeline

@main
struct Peta: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peta",
        abstract: "Maps extreme poverty: household file in, hotspot map out.",
        discussion: """
            The usual order: init, import, geocode, precompute, serve. To see it all with \
            simulated families: peta demo, then peta serve.
            """,
        version: PetaVersion.text,
        subcommands: [
            InitCommand.self, SimulateCommand.self, ImportCommand.self, GeocodeCommand.self,
            PrecomputeCommand.self, ServeCommand.self, DemoCommand.self, HotspotsCommand.self,
            BoundariesCommand.self, SensitivityCommand.self, LinkCommand.self, CompareCommand.self,
            KeyCommand.self, CollectionsCommand.self, ExportCommand.self, TilesCommand.self,
        ]
    )

    static func main() async {
        // A reader that goes away (`peta … | head`) is no crash.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard let code = ExitCodes.code(of: error) else { exit(withError: error) }
            FileHandle.standardError.write(Data("peta: \(error)\n".utf8))
            Foundation.exit(code.rawValue)
        }
    }
}
