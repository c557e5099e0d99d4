internal import Compression
internal import Workbooks

/// Compressed bytes, archives and workbooks.
enum ArchiveTargets {
    static let all = [
        FuzzTarget("gzip", seeds: gzipSeeds, run: gzip),
        FuzzTarget(
            "inflate", seeds: { try gzipSeeds().map { Array($0.dropFirst(10)) } }, run: inflate),
        FuzzTarget("zip", seeds: archives, run: zip),
        FuzzTarget("workbooks", seeds: archives, run: workbook),
        FuzzTarget("workbook-parts", seeds: { try FuzzCorpus.inputs(in: "workbooks") }, run: parts),
    ]

    /// What one input may unpack to; whoever reads may stop there.
    private static let mostUnpacked = 4 << 20

    private static let gzipSeeds: @Sendable () throws -> [[UInt8]] = {
        let texts = try FuzzCorpus.inputs(in: "delimited") + FuzzCorpus.inputs(in: "gal")
        return try texts.map { try Gzip.compress($0) }
            + [
                try Gzip.compress([]),
                try Gzip.compress(Array(repeating: 7, count: 5_000), level: 1),
            ]
    }

    /// The corpus' workbooks, stored and deflated, and one of the writer's.
    private static let archives: @Sendable () throws -> [[UInt8]] = {
        var archives: [[UInt8]] = []
        for text in try FuzzCorpus.inputs(in: "workbooks") {
            try text.withUnsafeBufferPointer { text in
                let parts = StoredArchive.parts(text)
                archives.append(StoredArchive.bytes(of: parts))
                archives.append(try deflated(parts))
            }
        }
        archives.append(try written())
        return archives
    }

    /// The corpus' workbooks of that name.
    static func workbooks(named name: String) throws -> [[UInt8]] {
        try FuzzCorpus.files(in: "workbooks").filter { $0.name == name }.flatMap { file in
            try file.bytes.withUnsafeBufferPointer { text in
                let parts = StoredArchive.parts(text)
                return [StoredArchive.bytes(of: parts), try deflated(parts)]
            }
        }
    }

    private static func deflated(
        _ parts: [(path: [UInt8], content: UnsafeBufferPointer<UInt8>)]
    ) throws -> [UInt8] {
        let file = Output()
        var archive = ZipWriter(write: file.append)
        for part in parts where !part.path.isEmpty {
            try archive.begin(String(decoding: part.path, as: UTF8.self))
            try archive.append(part.content)
            try archive.end()
        }
        try archive.finish()
        return file.bytes
    }

    private static func written() throws -> [UInt8] {
        let file = Output()
        var writer = try XLSXWriter(
            sheets: [.init(name: "Keluarga", columnWidths: [18, 12])], write: file.append)
        try writer.append(row: ["No KK", "Nama", "Desa"])
        try writer.append(row: ["9935010101900001", "SITI <REKA> & \u{1}", " Rekaan\nLor"])
        try writer.append(row: ["", "", "_x000A_"])
        try writer.finish()
        return file.bytes
    }

    private final class Output {
        var bytes: [UInt8] = []

        func append(_ piece: [UInt8]) { bytes += piece }
    }

    private static func gzip(_ bytes: UnsafeBufferPointer<UInt8>) {
        do {
            _ = try Gzip.decompress(Array(bytes))
        } catch {
            FuzzStep.note(error)
        }
    }

    /// In pieces in and out.
    private static func inflate(_ bytes: UnsafeBufferPointer<UInt8>) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4_096) { room in
            room.initialize(repeating: 0)
            do {
                let stream = try InflateStream()
                var total = 0
                try FuzzStep.forEachPiece(of: bytes) { piece in
                    var used = 0
                    while true {
                        let step = try stream.inflate(
                            UnsafeBufferPointer(rebasing: piece[used...]), into: room)
                        precondition(step.read >= 0 && step.written <= room.count)
                        used += step.read
                        total += step.written
                        let mayGoOn = step.written == room.count || used < piece.count
                        if step.isAtEnd || !mayGoOn || total > mostUnpacked { break }
                    }
                }
            } catch {
                FuzzStep.note(error)
            }
        }
    }

    private static func zip(_ bytes: UnsafeBufferPointer<UInt8>) {
        do {
            let archive = try ZipArchive(byteCount: bytes.count) { offset, count in
                Array(bytes[offset..<min(offset + count, bytes.count)])
            }
            for entry in archive.entries.prefix(16) {
                _ = archive.entry(named: entry.name)
                var total = 0
                do {
                    try archive.stream(entry) { piece in
                        total += piece.count
                        return total < mostUnpacked
                    }
                } catch {
                    FuzzStep.note(error)
                }
            }
        } catch {
            FuzzStep.note(error)
        }
    }

    private static func workbook(_ bytes: UnsafeBufferPointer<UInt8>) {
        do {
            let workbook = try Workbook(byteCount: bytes.count) { offset, count in
                Array(bytes[offset..<min(offset + count, bytes.count)])
            }
            for index in workbook.sheets.indices.prefix(4) {
                var total = 0
                try workbook.stream(sheet: index) { piece in
                    total += piece.count
                    return total < mostUnpacked
                }
            }
        } catch {
            precondition(error is WorkbookError, "an error of another kind")
            FuzzStep.note(error)
        }
    }

    /// Parts that were mutated before they were packed, so that the checksums hold.
    private static func parts(_ bytes: UnsafeBufferPointer<UInt8>) {
        StoredArchive.bytes(of: StoredArchive.parts(bytes)).withUnsafeBufferPointer(workbook)
    }
}
