internal import PovertyModel
internal import SocialRegistry
internal import SpatialStatistics

/// Delimited text, encodings and the contents of single cells.
enum TextTargets {
    static let all = [
        FuzzTarget("delimited", seeds: tables, run: delimited),
        FuzzTarget("transcoder", seeds: tables, run: transcoder),
        FuzzTarget("cells", run: cells),
        FuzzTarget("addresses", run: addresses),
        FuzzTarget("gal", run: gal),
    ]

    private static let tables: @Sendable () throws -> [[UInt8]] = {
        try FuzzCorpus.inputs(in: "delimited") + FuzzCorpus.inputs(in: "registry")
    }

    /// What a table comes to: rows, fields and a sum over their bytes.
    private struct Digest: Hashable {
        var rows = 0
        var fields = 0
        var sum: UInt64 = 0
        var failure: DelimitedTextParser.Failure?

        mutating func take(_ row: DelimitedRow) {
            rows += 1
            fields += row.count
            for field in 0...row.count {
                sum = (sum ^ UInt64(row.bytes(field).count)) &* 0x0000_0100_0000_01B3
                if let last = row.bytes(field).last { sum ^= UInt64(last) }
            }
            sum ^= UInt64(row.number) &+ UInt64(row.isBlank ? 1 : 0)
            if let wrong = row.firstFieldNotUTF8() {
                // Of scalars, since a mark that follows makes another character of it.
                precondition(
                    row.text(wrong).unicodeScalars.contains("\u{FFFD}"), "field \(wrong) is UTF-8")
            }
        }
    }

    /// Whole or in pieces, a table has the same rows.
    private static func delimited(_ bytes: UnsafeBufferPointer<UInt8>) {
        for delimiter in [",", ";", "\t", "|"].compactMap(\.utf8.first) {
            let whole = digest(bytes, delimiter) { feed in try feed(bytes) }
            guard delimiter == UInt8(ascii: ",") || bytes.contains(delimiter) else { continue }
            let pieces = digest(bytes, delimiter) { feed in
                try FuzzStep.forEachPiece(of: bytes, feed)
            }
            precondition(whole == pieces, "another table when read in pieces")
        }
    }

    private static func digest(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ delimiter: UInt8,
        _ forEachPiece: ((UnsafeBufferPointer<UInt8>) throws -> Void) throws -> Void
    ) -> Digest {
        var digest = Digest()
        var parser = DelimitedTextParser(delimiter: delimiter)
        do {
            try forEachPiece { piece in
                try parser.feed(piece) { row in
                    digest.take(row)
                    return true
                }
            }
            _ = try parser.finish { row in
                digest.take(row)
                return true
            }
        } catch {
            digest.failure = error as? DelimitedTextParser.Failure
        }
        return digest
    }

    /// What comes out is UTF-8 unless the bytes pass unchanged, in pieces as at once.
    private static func transcoder(_ bytes: UnsafeBufferPointer<UInt8>) {
        _ = TextEncoding(head: Array(bytes.prefix(4_096)))
        for encoding in TextEncoding.allCases {
            let whole = TextTranscoder.utf8(of: Array(bytes), encoding: encoding)
            // What is ASCII so far is decided by the first piece that is more.
            if encoding == .ascii { continue }
            var transcoder = TextTranscoder(encoding: encoding)
            var output: [UInt8] = []
            FuzzStep.forEachPiece(of: bytes) { transcoder.transcode($0, into: &output) }
            transcoder.finish(into: &output)
            precondition(output == whole, "\(encoding) differs when read in pieces")
            if !transcoder.isIdentity {
                precondition(
                    String(validating: output, as: UTF8.self) != nil, "\(encoding) made no UTF-8")
            }
        }
    }

    private static let codeLists: [CodeList] = RegistryTargets.headers.flatMap { header in
        header.columns.compactMap(header.layout.codeList(for:))
    }

    private static func cells(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = FuzzStep.text(bytes)
        if let number = IdentityNumber.read(bytes).number {
            precondition(IdentityNumber.text(number).utf8.count == IdentityNumber.digitCount)
        }
        for date in [RegistryDate.read(bytes), RegistryDate.read(text), CalendarDate(text)] {
            if let date { precondition(CalendarDate(date.iso) == date, "a date of no calendar") }
        }
        if let code = DesaCode(text) { precondition(DesaCode(code.dotted) == code) }
        if let code = KecamatanCode(text) {
            precondition(KecamatanCode(number: code.number) == code)
        }
        if let code = BPSDesaCode(text) { precondition(BPSDesaCode(code.text) == code) }
        _ = FamilyKey.number(in: text)
        _ = SpecificData.kind(ofColumn: text)
        let reduced = RegistryHeader.reduced(text)
        precondition(RegistryHeader.reduced(reduced) == reduced, "not reduced at once")
        guard !codeLists.isEmpty else { return }
        let list = codeLists[FuzzStep.choice(bytes, of: codeLists.count)]
        _ = list.value(of: bytes)
        _ = list.value(of: text)
    }

    private static func addresses(_ bytes: UnsafeBufferPointer<UInt8>) {
        let address = AddressText.parse(bytes)
        precondition((address.rt ?? 0) >= 0 && (address.rw ?? 0) >= 0, "a negative RT or RW")
        if address.desaName != nil {
            precondition(AddressText.mayNameDesa(bytes), "a desa that was not to be expected")
        }
        _ = AddressText.parse(FuzzStep.text(bytes))
    }

    private static func gal(_ bytes: UnsafeBufferPointer<UInt8>) {
        do {
            let content = try GALFormat.read(FuzzStep.text(bytes))
            let again = try GALFormat.read(GALFormat.write(content.weights, ids: content.ids))
            precondition(again == content, "written and read again it is another graph")
        } catch {
            FuzzStep.note(error)
        }
    }
}
