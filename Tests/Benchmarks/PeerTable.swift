internal import Foundation

/// Times of this project on one core and on two, beside those of other software.
///
/// The peers are run by `statistics-peers.py` on the same input, one after the other and on one
/// core, if the Python of `PETA_PYTHON` (else `python3`) has them.
struct PeerTable {
    private struct Row {
        let name: String
        let seconds: [Double]
        var peers: [(name: String, seconds: Double)] = []
    }

    /// Where the input of the peers is written.
    let folder: String
    /// A file of polygons for the peers; nil for none.
    var polygons: String?
    private var rows: [Row] = []
    private var notes: [String] = []

    init(folder: String) {
        self.folder = folder
    }

    func write(_ lines: [String], to name: String) throws {
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    mutating func skip(_ what: String) {
        notes.append("skipped: " + what)
    }

    /// The median time of `work` on one thread and on two, in turns, so that a busy moment of the
    /// machine meets both.
    ///
    /// The result of `work` keeps it from being left out and has to be the same each time.
    mutating func measure(_ name: String, repeats: Int = 1, _ work: (Int) -> Int) {
        let clock = ContinuousClock()
        var results = Set<Int>()
        var times: [[Double]] = [[], []]
        for _ in 0..<repeats {
            for threads in [1, 2] {
                let time = clock.measure { results.insert(work(threads)) }
                times[threads - 1].append(time.inSeconds)
            }
        }
        if results.count > 1 { notes.append("results differ: \(name)") }
        rows.append(Row(name: name, seconds: times.map { $0.sorted()[repeats / 2] }))
    }

    mutating func runPeers() {
        let python = ProcessInfo.processInfo.environment["PETA_PYTHON"] ?? "python3"
        let script = BenchmarkPlace.root
            .appendingPathComponent("Tests/Benchmarks/statistics-peers.py").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, script, folder] + [polygons].compactMap(\.self)
        let output = Pipe()
        process.standardOutput = output
        guard (try? process.run()) != nil else {
            notes.append("no \(python): no peers")
            return
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            // Row, peer, seconds.
            let fields = line.split(separator: "\t").map(String.init)
            guard fields.count == 3, let seconds = Double(fields[2]),
                let row = rows.firstIndex(where: { $0.name.hasPrefix(fields[0]) })
            else {
                notes.append(String(line))
                continue
            }
            rows[row].peers.append((fields[1], seconds))
        }
    }

    private static func shown(_ seconds: Double) -> String {
        seconds < 0.1 ? String((seconds * 10_000).rounded() / 10_000) : seconds.short
    }

    /// In brackets how many times as long one core takes as two, and a peer as one core.
    var lines: [String] {
        ["| job | one core | two cores | peers, one core |", "| --- | --- | --- | --- |"]
            + rows.map { row in
                let peers = row.peers.map { peer in
                    let ratio = Int((peer.seconds / row.seconds[0]).rounded())
                    return "\(peer.name) \(Self.shown(peer.seconds)) s (\(ratio) times)"
                }
                let ratio = (10 * row.seconds[0] / row.seconds[1]).rounded() / 10
                return "| \(row.name) | \(Self.shown(row.seconds[0])) s | "
                    + "\(Self.shown(row.seconds[1])) s (\(ratio)) | "
                    + "\(peers.joined(separator: ", ")) |"
            } + notes
    }
}
