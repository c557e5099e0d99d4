internal import Foundation
internal import Pipeline

/// The built server from outside: first tile, requests per second beside nginx, memory afterwards.
///
/// Needs `wrk` for the load; the target is this machine only.
enum ServerBenchmarks {
    private static let port = 18_099

    static func run(_ report: (String) -> Void) throws {
        try ServerPeers.run(report)
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
            try load(folder, report)
            if let memory = residentMegabytes(of: server.processIdentifier) {
                report("  memory after the load: \(memory) MB (goal: under 150)")
            }
        }
    }

    /// An address, how many connections ask for it, and what it has to reach.
    struct Load {
        let name: String
        let path: String
        var connections = 32
        var headers = ["Accept-Encoding: gzip"]
        /// Asked with another number each time in place of `#`, so that nothing is kept.
        var varies = false
        var goal = ""
    }

    private static let tile = "/tiles/desa/10/833/534"

    private static let loads = [
        Load(name: "tile, GeoJSON", path: tile + ".geojson", goal: "0.45 of nginx, p99 5 ms"),
        Load(name: "tile, MVT", path: tile + ".mvt", goal: ""),
        Load(
            name: "items, limit=10", path: "/collections/desa/items?limit=10", connections: 8,
            headers: [], goal: "5,000/s"),
        Load(
            name: "one item", path: "/collections/desa/items/3513012001", connections: 8,
            headers: [], goal: "8,000/s"),
        Load(
            name: "all 330 desa", path: "/collections/desa/items?limit=1000", connections: 4,
            headers: [], goal: "40/s"),
        Load(
            name: "filters, each another",
            path: "/collections/desa/items?filter=persen_ekstrem%3E1.#", connections: 8,
            headers: [], varies: true, goal: "1,000/s"),
        Load(
            name: "places, each another",
            path: "/collections/desa/items?filter=S_INTERSECTS(geom,POINT(113.#%20-7.9))",
            connections: 8, headers: [], varies: true, goal: "1,000/s"),
    ]

    private static func load(_ folder: String, _ report: (String) -> Void) throws {
        let nginx = try Nginx(
            folder: folder, file: fetched(tile + ".geojson"), port: port + 1)
        defer { nginx?.stop() }
        for load in loads {
            let figures = try measured(load, port: port, folder: folder)
            guard let figures else {
                report("  no figures: install wrk")
                return
            }
            report(
                "  \(load.name): \(figures.text)"
                    + (load.goal.isEmpty ? "" : " (goal: \(load.goal))"))
        }
        guard let nginx else {
            report("  no nginx to compare with: install nginx")
            return
        }
        // In turns, since other work on the machine comes and goes.
        var ratios: [Double] = []
        for _ in 0..<3 {
            let ours = try measured(loads[0], port: port, folder: folder)
            let theirs = try measured(
                Load(name: "nginx", path: nginx.path, goal: ""), port: port + 1, folder: folder)
            guard let ours, let theirs else { return }
            ratios.append(ours.perSecond / theirs.perSecond)
        }
        let median = ratios.sorted()[1]
        report(
            "  the same GeoJSON tile beside nginx gzip_static, 3 turns: "
                + String(format: "%.2f of its requests a second", median))
    }

    struct Figures {
        let perSecond: Double
        /// Whether each answer was one of success.
        let isComplete: Bool
        let text: String
    }

    private static func measured(_ load: Load, port: Int, folder: String) throws -> Figures? {
        try measured(load, at: "http://127.0.0.1:\(port)", folder: folder)
    }

    /// What wrk says of a load on the server at `base`; nil without wrk.
    static func measured(_ load: Load, at base: String, folder: String) throws -> Figures? {
        var arguments = [
            "wrk", "-t1", "-c\(load.connections)", "-d4", "--latency",
        ]
        for header in load.headers { arguments += ["-H", header] }
        if load.varies {
            let script = folder + "/vary.lua"
            let sides = load.path.split(separator: "#", omittingEmptySubsequences: false)
            try """
            request = function()
                return wrk.format("GET", "\(sides[0])" .. math.random(10000, 99999)
                    .. "\(sides[1])")
            end
            """.write(toFile: script, atomically: true, encoding: .utf8)
            arguments += ["-s", script, base + "/"]
        } else {
            arguments.append(base + load.path)
        }
        let lines = try output(of: arguments).split(separator: "\n")
        func value(_ name: String) -> String? {
            lines.first { $0.contains(name) }?.split(separator: " ").last.map(String.init)
        }
        guard let rate = value("Requests/sec").flatMap({ Double($0) }) else { return nil }
        let failed = value("Non-2xx").map { ", \($0) not answered well" } ?? ""
        return Figures(
            perSecond: rate, isComplete: failed.isEmpty,
            text: "\(Int(rate)) requests/s, p99 \(value("99%") ?? "?")\(failed)")
    }

    private static func output(of arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private static func fetched(_ path: String) -> Data {
        let address = "http://127.0.0.1:\(port)\(path)"
        return (try? Data(contentsOf: URL(string: address) ?? URL(fileURLWithPath: "/"))) ?? Data()
    }

    /// Debian's nginx on loopback with one file, plain and compressed.
    private struct Nginx {
        let path = "/tile.geojson"
        private let server = Process()

        /// Nil when nginx is not installed.
        init?(folder: String, file: Data, port: Int) throws {
            let root = folder + "/nginx"
            try FileManager.default.createDirectory(
                atPath: root, withIntermediateDirectories: true)
            try file.write(to: URL(fileURLWithPath: root + path))
            _ = try ServerBenchmarks.output(of: ["gzip", "-kf", root + path])
            let configuration = root + "/nginx.conf"
            try """
            daemon off; worker_processes 1; pid \(root)/pid; error_log \(root)/errors;
            events { worker_connections 1024; }
            http {
                access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000;
                types { application/geo+json geojson; }
                server { listen 127.0.0.1:\(port); root \(root); gzip_static on; }
            }
            """.write(toFile: configuration, atomically: true, encoding: .utf8)
            guard FileManager.default.isExecutableFile(atPath: "/usr/sbin/nginx") else {
                return nil
            }
            server.executableURL = URL(fileURLWithPath: "/usr/sbin/nginx")
            server.arguments = ["-c", configuration]
            server.standardOutput = FileHandle.nullDevice
            server.standardError = FileHandle.nullDevice
            try server.run()
        }

        func stop() {
            server.terminate()
            server.waitUntilExit()
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
