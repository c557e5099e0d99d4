import Foundation
import Testing

/// What a user can type or ask for stands in the README.
@Suite struct ReadmeTests {
    private let readme: String

    init() throws {
        readme = try String(
            contentsOf: CommandRunner.root.appendingPathComponent("README.md"), encoding: .utf8)
    }

    @Test func everyCommandAndOptionStandsInTheReadme() throws {
        let place = try Place()
        let dump = try place.runner.peta("--experimental-dump-help").output
        let tool = try #require(
            try JSONSerialization.jsonObject(with: Data(dump.utf8)) as? [String: Any])
        let command = try #require(tool["command"] as? [String: Any])
        let subcommands = try #require(command["subcommands"] as? [[String: Any]])
            .filter { $0["commandName"] as? String != "help" }
        #expect(subcommands.count >= 7)
        for subcommand in subcommands {
            let name = try #require(subcommand["commandName"] as? String)
            #expect(readme.contains("`peta \(name)"), "peta \(name)")
            for argument in subcommand["arguments"] as? [[String: Any]] ?? [] {
                for form in argument["names"] as? [[String: Any]] ?? [] {
                    guard form["kind"] as? String == "long", let option = form["name"] as? String,
                        !["help", "version"].contains(option)
                    else { continue }
                    #expect(readme.contains("--\(option)"), "peta \(name) --\(option)")
                }
            }
        }
    }

    @Test func everyRouteStandsInTheReadme() throws {
        let folder = CommandRunner.root.appendingPathComponent("Sources/MapService")
        var routes: [String] = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where file.hasSuffix("Routes.swift") {
            let text = try String(
                contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            for piece in text.components(separatedBy: "router.get(\"").dropFirst() {
                routes.append(String(piece.prefix { $0 != "\"" }))
            }
        }
        #expect(routes.count >= 10)
        for route in routes {
            // `tiles/:layer` stands as `/tiles/{layer}` there.
            let shown =
                "/"
                + route.split(separator: "/").map { part in
                    part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
                }.joined(separator: "/")
            #expect(readme.contains(shown), "\(shown)")
        }
    }

    @Test func everyExitCodeStandsInTheReadme() throws {
        let text = try String(
            contentsOf: CommandRunner.root.appendingPathComponent("Sources/peta/ExitCodes.swift"),
            encoding: .utf8)
        let codes = text.split(separator: "\n").compactMap { line -> String? in
            guard line.contains("case "), let equals = line.range(of: " = ") else { return nil }
            return String(line[equals.upperBound...])
        }
        #expect(codes.count >= 10)
        for code in codes { #expect(readme.contains("| \(code) |"), "\(code)") }
    }

    @Test func everyPublishedPropertyStandsInTheReadme() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        let runner = place.runner
        try runner.peta("init")
        try runner.peta("import", "dtsen.csv", "--date", "2026-02-28")
        try runner.peta("geocode")
        try runner.peta("precompute", "--permutations", "999")
        let server = try RunningServer(place)
        for layer in ["desa", "kecamatan", "kepadatan", "label"] {
            #expect(readme.contains("`\(layer)`"))
            let body = try #require(try runner.fetch(server.address + "/tiles/\(layer).json"))
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
            let layers = try #require(json["vector_layers"] as? [[String: Any]])
            for name in try #require(layers[0]["fields"] as? [String: String]).keys {
                let shown = name.hasPrefix("desil_") ? "desil_1" : name
                #expect(readme.contains("`\(shown)`"), "\(layer).\(name)")
            }
        }
    }
}
