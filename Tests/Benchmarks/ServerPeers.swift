internal import Foundation

/// The same desa asked from this server and from pygeoapi and tipg, in turns; the README says how
/// they are started.
///
/// `PETA_SERVED` is a collection of `peta serve`, such as
/// `http://127.0.0.1:8080/collections/desa`; `PETA_PYGEOAPI` and `PETA_TIPG` are collections with
/// the same features. A row says how many times as many answers a second come from here.
enum ServerPeers {
    private struct Peer: Sendable {
        let name: String
        let collection: String
        let form: String
        var filterLanguage = "cql2-text"
        var hasTiles = false
    }

    /// A question after the address of a collection; `#` stands for another number each time.
    private struct Question: Sendable {
        let name: String
        var connections = 8
        /// Nil where the peer cannot be asked that.
        let path: @Sendable (Peer) -> String?
    }

    private static let turns = 3

    private static func peers() -> (ours: Peer, others: [Peer])? {
        let environment = ProcessInfo.processInfo.environment
        guard let served = environment["PETA_SERVED"] else { return nil }
        var others: [Peer] = []
        if let address = environment["PETA_PYGEOAPI"] {
            // It calls the text that CQL2 kept `cql-text`.
            others.append(
                Peer(
                    name: "pygeoapi", collection: address, form: "json",
                    filterLanguage: "cql-text"))
        }
        if let address = environment["PETA_TIPG"] {
            others.append(
                Peer(name: "tipg", collection: address, form: "geojson", hasTiles: true))
        }
        let ours = Peer(name: "peta", collection: served, form: "json", hasTiles: true)
        return others.isEmpty ? nil : (ours, others)
    }

    private static let questions = [
        Question(name: "items, limit=10") { "/items?limit=10&f=\($0.form)" },
        Question(name: "one item") { "/items/3513012001?f=\($0.form)" },
        Question(name: "all 330 desa", connections: 4) { "/items?limit=1000&f=\($0.form)" },
        Question(name: "a kecamatan by name") {
            "/items?limit=100&nama_kecamatan=Krucil&f=\($0.form)"
        },
        Question(name: "filters, each another, limit=10") {
            "/items?limit=10&f=\($0.form)&filter-lang=\($0.filterLanguage)"
                + "&filter=persen_ekstrem%3E1.#"
        },
        Question(name: "boxes, each another, limit=10") {
            "/items?limit=10&f=\($0.form)&bbox=113.2#,-7.9,113.4,-7.8"
        },
        Question(name: "MVT tile, z10", connections: 32) {
            $0.hasTiles ? "/tiles/WebMercatorQuad/10/\(tile($0, row: 534, column: 833))" : nil
        },
    ]

    /// OGC API Tiles has the row first; tipg has the column first.
    private static func tile(_ peer: Peer, row: Int, column: Int) -> String {
        peer.name == "tipg" ? "\(column)/\(row)" : "\(row)/\(column)?f=mvt"
    }

    static func run(_ report: (String) -> Void) throws {
        guard let (ours, others) = peers() else {
            report("  no peers: PETA_SERVED with PETA_PYGEOAPI or PETA_TIPG, see the README")
            return
        }
        try BenchmarkPlace.withFolder { folder in
            report("| asked for | peta | " + others.map(\.name).joined(separator: " | ") + " |")
            report("| --- | --- |" + String(repeating: " --- |", count: others.count))
            for question in questions {
                guard let path = question.path(ours) else { continue }
                let found = features(at: ours.collection + path)
                var own: [Double] = []
                var cells: [String] = []
                for peer in others {
                    guard let asked = question.path(peer) else {
                        cells.append("")
                        continue
                    }
                    // Speed says nothing where the answer is another.
                    guard features(at: peer.collection + asked) == found else {
                        cells.append("answers something else")
                        continue
                    }
                    var ratios: [Double] = []
                    var theirs: [Double] = []
                    for _ in 0..<turns {
                        guard let their = try rate(peer, asked, question, folder),
                            let our = try rate(ours, path, question, folder)
                        else { continue }
                        ratios.append(our / their)
                        theirs.append(their)
                        own.append(our)
                    }
                    cells.append(
                        ratios.count < turns
                            ? "not all answered"
                            : "\(theirs.median.figures) (\(ratios.median.figures) times)")
                }
                report(
                    "| \(question.name) | \(own.isEmpty ? "" : own.median.figures) | "
                        + cells.joined(separator: " | ") + " |")
            }
        }
    }

    /// Answers a second; nil where one was an error.
    private static func rate(
        _ peer: Peer,
        _ path: String,
        _ question: Question,
        _ folder: String
    ) throws -> Double? {
        guard let address = URL(string: peer.collection), let host = address.host,
            let port = address.port
        else { return nil }
        let figures = try ServerBenchmarks.measured(
            ServerBenchmarks.Load(
                name: question.name, path: address.path + path, connections: question.connections,
                headers: [], varies: path.contains("#")),
            at: "http://\(host):\(port)", folder: folder)
        return figures.flatMap { $0.isComplete ? $0.perSecond : nil }
    }

    /// How many features an answer has; 1 for one of them, 0 for a tile, nil without an answer.
    private static func features(at address: String) -> Int? {
        guard let url = URL(string: address.replacing("#", with: "5")),
            let data = try? Data(contentsOf: url)
        else { return nil }
        guard let document = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            return 0
        }
        return (document["features"] as? [Any])?.count ?? 1
    }
}

extension [Double] {
    fileprivate var median: Double { sorted()[count / 2] }
}

extension Double {
    /// Three digits.
    fileprivate var figures: String {
        self >= 100 ? String(Int(rounded())) : String(format: self >= 10 ? "%.0f" : "%.1f", self)
    }
}
