import Foundation

/// Runs the built command as a user would.
struct CommandRunner {
    struct Outcome {
        let status: Int32
        let output: String
        let error: String
    }

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the tests' own bundle.
    static let peta = Bundle.module.bundleURL.deletingLastPathComponent()
        .appendingPathComponent("peta")

    let folder: URL

    @discardableResult
    func peta(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        try run(Self.peta, arguments, environment: environment)
    }

    func run(
        _ executable: URL,
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment
            .filter { $0.key != "PETA_KEY" }
            .merging(environment) { $1 }
        // Files instead of pipes: no output, however long, can block the process.
        let output = folder.appendingPathComponent("stdout-\(UUID().uuidString)")
        let error = folder.appendingPathComponent("stderr-\(UUID().uuidString)")
        for file in [output, error] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: error)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            error: try String(contentsOf: error, encoding: .utf8))
    }

    /// The body of `url` as curl gets it; nil when the status is not 200.
    func fetch(_ url: String, to file: String? = nil) throws -> String? {
        let outcome = try run(
            URL(fileURLWithPath: "/usr/bin/env"),
            ["curl", "--silent", "--fail"] + (file.map { ["--output", $0] } ?? []) + [url])
        return outcome.status == 0 ? outcome.output : nil
    }
}

/// A folder for one test, removed when it is over.
final class Place {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("peta-end-to-end-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    var runner: CommandRunner { CommandRunner(folder: url) }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}

/// A server of its own for a test; stopped when the test is over.
final class RunningServer {
    let address: String
    private let process = Process()

    init(_ place: Place, database: String = "peta.sqlite") throws {
        process.executableURL = CommandRunner.peta
        process.arguments = ["serve", "--database", database, "--port", "0"]
        process.currentDirectoryURL = place.url
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = ""
        while !line.contains("\n") {
            let bytes = output.fileHandleForReading.availableData
            if bytes.isEmpty { break }
            line += String(decoding: bytes, as: UTF8.self)
        }
        address = line.replacingOccurrences(of: "Peta: ", with: "")
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Asks the server to stop and waits for it.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit {
        if process.isRunning {
            process.terminate()
            process.waitUntilExit()
        }
    }
}
