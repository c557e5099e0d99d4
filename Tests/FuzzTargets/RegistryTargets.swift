internal import PovertyModel
internal import SocialRegistry

/// Household files: recognition, rows, identity, redaction, mappings.
enum RegistryTargets {
    static let all = [
        FuzzTarget("registry", run: registry),
        FuzzTarget("registry-rows", seeds: rowSeeds, run: rows),
        FuzzTarget("mapping", run: mapping),
    ]

    /// The headers of the corpus, every layout's.
    static let headers: [RegistryHeader] = tables.map(\.header)

    private static let tables: [(header: RegistryHeader, delimiter: UInt8, bytes: [UInt8])] = {
        let files = (try? FuzzCorpus.files(in: "registry")) ?? []
        return files.compactMap { file in
            guard let found = try? RegistryRecognition(head: file.bytes),
                found.encoding == .ascii || found.encoding == .utf8
            else { return nil }
            return (found.header, found.delimiter, file.bytes)
        }
    }()

    /// A whole file, from the first byte on.
    private static func registry(_ bytes: UnsafeBufferPointer<UInt8>) {
        do {
            let found = try RegistryRecognition(head: Array(bytes.prefix(1 << 15)))
            read(bytes, found.encoding, readers(bytes, found))
        } catch {
            FuzzStep.note(error)
        }
    }

    /// For each table: its number in the first byte, then its rows without the header.
    private static let rowSeeds: @Sendable () throws -> [[UInt8]] = {
        // Without the folder the headers are empty as well: say so.
        _ = try FuzzCorpus.files(in: "registry")
        return tables.enumerated().map { number, table in
            let lines = table.bytes.split(
                separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            return [UInt8(number)]
                + lines.dropFirst(table.header.row).joined(separator: [UInt8(ascii: "\n")])
        }
    }

    /// Rows under a header that no mutation can break.
    private static func rows(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let number = bytes.first, !rowReaders.isEmpty else { return }
        read(
            UnsafeBufferPointer(rebasing: bytes.dropFirst()), .utf8,
            rowReaders[Int(number) % rowReaders.count], firstRow: 0)
    }

    /// `field=column|column` in lines up to `--`, then the file.
    private static func mapping(_ bytes: UnsafeBufferPointer<UInt8>) {
        let mark = Array("--\n".utf8)
        var start = 0
        var fields: [(name: String, columns: [String])] = []
        while start < bytes.count, fields.count < 64 {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let line = bytes[start..<end]
            start = min(bytes.count, end + 1)
            if line.elementsEqual(mark.dropLast()) { break }
            let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1)
            guard parts.count == 2 else { continue }
            fields.append(
                (
                    String(decoding: parts[0], as: UTF8.self),
                    parts[1].split(separator: UInt8(ascii: "|")).map {
                        String(decoding: $0, as: UTF8.self)
                    }
                ))
        }
        let file = UnsafeBufferPointer(rebasing: bytes[start...])
        let roles = RegistryLayout.Role.allCases
        let mapping = ColumnMapping(
            role: roles[FuzzStep.choice(bytes, of: roles.count)],
            source: "RTLH", title: "data rumah", fields: fields,
            headerRow: file.count % 5 == 0 ? file.count % 3 : nil, year: 2_023,
            composesDesaCode: file.count % 7 == 0)
        do {
            let found = try RegistryRecognition.mapped(
                head: Array(file.prefix(1 << 15)), by: mapping)
            switch found {
            case .success(let found):
                read(file, found.encoding, readers(file, found))
            case .failure(let problems):
                precondition(!problems.all.isEmpty, "refused for no reason")
                for problem in problems.all { precondition(!problem.text.isEmpty) }
            }
        } catch {
            FuzzStep.note(error)
        }
    }

    /// All that reads rows under a header.
    private struct Readers {
        let reader: RegistryReader
        let identity: IdentityReader
        let redaction: RowRedaction
        let delimiter: UInt8

        /// `isStored`: read the identity by the header as the database gives it back.
        init(_ header: RegistryHeader, _ delimiter: UInt8, isStored: Bool = true) {
            reader = RegistryReader(header: header, year: 2_023)
            identity = IdentityReader(
                header: isStored ? stored(header) : header, year: 2_023)
            redaction = RowRedaction(header: header, delimiter: delimiter)
            self.delimiter = delimiter
        }
    }

    /// For a file of which nothing was known before.
    private static func readers(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ found: RegistryRecognition
    ) -> Readers {
        // To store a header and take it back costs as much as to read the file.
        Readers(found.header, found.delimiter, isStored: FuzzStep.choice(bytes, of: 8) == 0)
    }

    /// The readers of `tables`, since making them costs more than reading a few rows.
    ///
    /// Safe: nothing writes to them, each run takes a copy.
    nonisolated(unsafe) private static let rowReaders = tables.map {
        Readers($0.header, $0.delimiter)
    }

    /// Reads every row under the header in all ways in which the importer and the linkage do.
    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ encoding: TextEncoding,
        _ readers: Readers,
        firstRow: Int? = nil
    ) {
        var reader = readers.reader
        let (identity, redaction) = (readers.identity, readers.redaction)
        let delimiter = readers.delimiter
        let firstRow = firstRow ?? reader.header.row
        var redacted: [UInt8] = []
        func take(_ row: DelimitedRow) -> Bool {
            guard row.number > firstRow else { return true }
            switch reader.read(row) {
            case .rejected(let rejected):
                precondition(!rejected.detail.isEmpty && rejected.row == row.number)
            case .keluarga, .person, .position, .blank: break
            }
            let fields = identity.read(row)
            precondition(identity.nik(row) == fields.nik, "two NIK of one row")
            precondition((fields.rt ?? 1) >= 0 && (fields.rw ?? 1) >= 0)
            redacted.removeAll(keepingCapacity: true)
            redaction.append(row.raw, to: &redacted)
            check(redacted, of: row, redaction, delimiter)
            return true
        }
        var parser = DelimitedTextParser(delimiter: delimiter)
        var transcoder = TextTranscoder(encoding: encoding)
        var text: [UInt8] = []
        do {
            try FuzzStep.forEachPiece(of: bytes) { piece in
                text.removeAll(keepingCapacity: true)
                transcoder.transcode(piece, into: &text)
                try parser.feed(text, body: take)
            }
            text.removeAll(keepingCapacity: true)
            transcoder.finish(into: &text)
            try parser.feed(text, body: take)
            _ = try parser.finish(body: take)
        } catch {
            FuzzStep.note(error)
        }
        precondition(reader.unknownCodes.allSatisfy { $0.count > 0 })
    }

    /// The header as the database gives it back.
    private static func stored(_ header: RegistryHeader) -> RegistryHeader {
        var fields: [String: Int] = [:]
        for field in RegistryField.allCases {
            fields[field.rawValue] = header.position(of: field)
        }
        return RegistryHeader(
            restoring: header.layout.id, role: header.layout.role.rawValue,
            source: header.layout.source, columns: header.columns, fields: fields)
    }

    /// A redacted row is a row of the same width in which the chosen fields are empty.
    private static func check(
        _ redacted: [UInt8],
        of row: DelimitedRow,
        _ redaction: RowRedaction,
        _ delimiter: UInt8
    ) {
        // Every tenth row is enough; the first row of a file could begin with a mark again.
        guard row.number % 10 == 2, !redacted.isEmpty, redacted.first != 0xEF else { return }
        var parser = DelimitedTextParser(delimiter: delimiter)
        var widths: [Int] = []
        let count = row.count
        func compare(_ found: DelimitedRow) -> Bool {
            widths.append(found.count)
            for column in redaction.columns where column < count {
                precondition(found.bytes(column).isEmpty, "column \(column) is still there")
            }
            return true
        }
        do {
            try parser.feed(redacted, body: compare)
            _ = try parser.finish(body: compare)
        } catch {
            preconditionFailure("a redacted row that cannot be read")
        }
        precondition(widths == [count], "a row of \(count) fields became \(widths)")
    }
}
