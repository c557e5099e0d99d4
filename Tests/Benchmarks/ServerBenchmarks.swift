internal import Foundation
internal import Pipeline

/// The built server from outside: first tile, memory after 100,000 tiles, requests per second.
///
/// Needs `wrk` for the load; the target is this machine only.
enum ServerBenchmarks {
    private static let port = 18_099

    static func run(_ report: (String) -> Void) throws {
        let binary = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("peta")
        guard FileManager.default.isExecutableFile(atPath: binary.path) else {
            report("  skipped: build the command first, swift build -c release --product peta")
            return
        }
        try BenchmarkPlace.withFolder { folder in
            _ = try Demo(geodata: BenchmarkPlace.geodata, progress: SilentProgress())
                .run(folder: folder + "/demo", keluarga: 50_000, seed: 1)
            let server = Process()
            server.executableURL = binary
            server.arguments = [
                "serve", "--database", folder + "/demo/" + Demo.databaseName,
                "--port", String(port),
            ]
            server.standardOutput = FileHandle.nullDevice
            server.standardError = FileHandle.nullDevice
            let start = ContinuousClock.now
            try server.run()
            defer {
                server.terminate()
                server.waitUntilExit()
            }
            while !isAnswered("/tiles/desa/10/833/534.mvt") {
                guard (ContinuousClock.now - start).inSeconds < 10 else {
                    report("  the server did not start")
                    return
                }
                usleep(2000)
            }
            let first = (ContinuousClock.now - start).inSeconds
            report("  first tile after start: \(Int(first * 1000)) ms (goal: under 300)")
            try load(report)
            if let memory = residentMegabytes(of: server.processIdentifier) {
                report("  memory after the load: \(memory) MB (goal: under 120)")
            }
        }
    }

    private static func load(_ report: (String) -> Void) throws {
        for path in ["/tiles/desa/10/833/534.geojson", "/tiles/desa/10/833/534.mvt"] {
            let wrk = Process()
            wrk.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            wrk.arguments = [
                "wrk", "-t1", "-c32", "-d8", "--latency", "-H", "Accept-Encoding: gzip",
                "http://127.0.0.1:\(port)\(path)",
            ]
            let output = Pipe()
            wrk.standardOutput = output
            wrk.standardError = FileHandle.nullDevice
            try wrk.run()
            let text = String(
                decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            wrk.waitUntilExit()
            let lines = text.split(separator: "\n").filter { line in
                ["requests in", "Requests/sec", "50%", "99%", "Non-2xx"].contains {
                    line.contains($0)
                }
            }
            report("  \(path)")
            if lines.isEmpty { report("    no figures: install wrk") }
            for line in lines { report("    \(line.drop { $0 == " " })") }
        }
    }

    private static func isAnswered(_ path: String) -> Bool {
        let curl = Process()
        curl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        curl.arguments = ["curl", "-sf", "-o", "/dev/null", "http://127.0.0.1:\(port)\(path)"]
        guard (try? curl.run()) != nil else { return false }
        curl.waitUntilExit()
        return curl.terminationStatus == 0
    }

    private static func residentMegabytes(of process: Int32) -> Int? {
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        return status?.split(separator: "\n").first { $0.hasPrefix("VmRSS") }
            .flatMap { $0.split(separator: " ").compactMap { Int($0) }.first }
            .map { $0 / 1024 }
    }
}
