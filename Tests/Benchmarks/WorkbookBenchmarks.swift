internal import Foundation
internal import Workbooks

/// A workbook of the size of the real register, written and read, and GDAL beside it on a part.
enum WorkbookBenchmarks {
    private static let rows = 387_794
    private static let columns = 52
    private static let rowsForPeer = 60_000
    private static let runs = 3

    static func run(_ report: (String) -> Void) throws {
        try BenchmarkPlace.withFolder { folder in
            let path = folder + "/keluarga.xlsx"
            let clock = ContinuousClock()
            let written = try clock.measure { try write(rows: rows, to: path) }
            let times = try (0..<runs).map { _ in
                try clock.measure { _ = try textByteCount(path) }.inSeconds
            }.sorted()
            let median = times[runs / 2]
            let cells = Double(rows * columns) / 1e6
            report("\(rows) rows x \(columns) columns, \(cells.short) million cells, XLSX")
            report("  written at level 3: \(written.inSeconds.short) s")
            report(
                "  read, median of \(runs): \(median.short) s (\(times[0].short)–"
                    + "\(times[runs - 1].short)), \((cells / median).short) million cells/s "
                    + "(goal: under 20 s)")
            var usage = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            report("  peak memory of this process: \(usage.ru_maxrss / 1024) MB (goal: under 150)")

            try write(rows: rowsForPeer, to: path)
            let own = try clock.measure { _ = try textByteCount(path) }.inSeconds
            guard let peer = try clock.measureGDAL(path) else {
                report("  ogr2ogr is not here: no peer")
                return
            }
            report(
                "  \(rowsForPeer) rows: \(own.short) s, ogr2ogr \(peer.short) s: "
                    + "\((peer / own).short) times as long")
        }
    }

    /// Invented rows: two numbers of 16 digits, names, addresses, words, codes and gaps.
    private static func write(rows: Int, to path: String) throws {
        try Data().write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var writer = try XLSXWriter(sheets: [.init(name: "Keluarga")], level: 3) {
            try file.write(contentsOf: Data($0))
        }
        let words = ["SITI", "AHMAD", "Tidak/belum sekolah", "KRAKSAAN", "JAWA TIMUR", "WATI"]
        try writer.append(row: (1...columns).map { "kolom_\($0)" })
        var state: UInt64 = 3_513
        for row in 1...rows {
            for column in 0..<columns {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let number = Int(state >> 40)
                let word = words[number % words.count]
                switch column {
                case 0, 1: try writer.append("99\(10_000_000_000_000 + number * 100_000 + row)")
                case 2: try writer.append("\(word) \(words[number / 7 % words.count])")
                case 3: try writer.append("JL. \(word) NO. \(number % 200)")
                case 4...10: try writer.append(word)
                default: try writer.append(number % 3 == 0 ? "" : String(number % 10))
                }
            }
            try writer.endRow()
        }
        try writer.finish()
    }

    private static func textByteCount(_ path: String) throws -> Int {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        let byteCount = Int(try file.seekToEnd())
        let workbook = try Workbook(byteCount: byteCount) { offset, count in
            try file.seek(toOffset: UInt64(offset))
            return Array(try file.read(upToCount: count) ?? Data())
        }
        var total = 0
        try workbook.stream(sheet: 0) { piece in
            total += piece.count
            return true
        }
        return total
    }
}

extension ContinuousClock {
    /// The seconds that GDAL takes for the same text; nil without GDAL.
    fileprivate func measureGDAL(_ path: String) throws -> Double? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "ogr2ogr", "--config", "OGR_XLSX_HEADERS", "DISABLE", "--config",
            "OGR_XLSX_FIELD_TYPES", "STRING", "-f", "CSV", path + ".csv", path,
        ]
        process.standardError = FileHandle.nullDevice
        let time = try measure {
            try process.run()
            process.waitUntilExit()
        }
        return process.terminationStatus == 0 ? time.inSeconds : nil
    }
}
