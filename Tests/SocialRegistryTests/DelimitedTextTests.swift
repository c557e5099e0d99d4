import SocialRegistry
import TestSupport
import Testing

/// What a parser made of a text.
struct ParsedText: Equatable {
    var rows: [[String]] = []
    var numbers: [Int] = []
    var raws: [[UInt8]] = []
    var endsOpen = false
    var failure: DelimitedTextParser.Failure?

    /// Feeds `bytes` in pieces of at most `pieceSize`.
    init(_ bytes: [UInt8], pieceSize: Int = .max, delimiter: String = ",") {
        var parser = DelimitedTextParser(delimiter: Array(delimiter.utf8)[0])
        do {
            var start = 0
            while start < bytes.count {
                let end = start + min(pieceSize, bytes.count - start)
                try parser.feed(bytes[start..<end]) { note($0) }
                start = end
            }
            endsOpen = try parser.finish { note($0) }
        } catch {
            failure = error as? DelimitedTextParser.Failure
        }
    }

    init(_ text: String, pieceSize: Int = .max, delimiter: String = ",") {
        self.init(Array(text.utf8), pieceSize: pieceSize, delimiter: delimiter)
    }

    private mutating func note(_ row: DelimitedRow) -> Bool {
        rows.append((0..<row.count).map(row.text))
        numbers.append(row.number)
        raws.append(Array(row.raw))
        return true
    }
}

struct DelimitedTextTests {
    @Test(
        "values come out as RFC 4180 means them",
        arguments: [
            ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
            ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
            ("a,,\n,,c\n", [["a", "", ""], ["", "", "c"]]),
            ("\"a,b\",c\n", [["a,b", "c"]]),
            ("\"a\"\"b\",\"\"\"\"\n", [["a\"b", "\""]]),
            ("\"\",\"\"\n", [["", ""]]),
            ("\"RT 1\nRW 2\",c\nd,e\n", [["RT 1\nRW 2", "c"], ["d", "e"]]),
            ("\"RT 1\r\nRW 2\",c\r\n", [["RT 1\r\nRW 2", "c"]]),
            ("SOKA\"AN,c\n", [["SOKA\"AN", "c"]]),
            ("SOKA\"AN\" B,\"c\"\n", [["SOKA\"AN\" B", "c"]]),
            ("\"ab\"c\"d,e\n", [["abc\"d", "e"]]),
            (" a , b\t\n", [["a", "b"]]),
            ("a\n\nb\n", [["a"], [""], ["b"]]),
            ("\u{FEFF}a,b\n", [["a", "b"]]),
            ("\u{FEFF}\"Kode\nKemdagri\",b\n", [["Kode\nKemdagri", "b"]]),
            ("a,\u{FEFF}b\n", [["a", "\u{FEFF}b"]]),
            ("Ya, dengan; \"Septic\"\n", [["Ya", "dengan; \"Septic\""]]),
            ("", []),
        ] as [(String, [[String]])]
    )
    func values(text: String, rows: [[String]]) {
        let parsed = ParsedText(text)
        #expect(parsed.rows == rows)
        #expect(parsed.failure == nil)
        #expect(parsed.numbers == Array(1..<rows.count + 1))
    }

    @Test("the delimiter is whatever it is said to be", arguments: [";", "\t", "|"])
    func delimiters(_ delimiter: String) {
        let text = "a,1\(delimiter)\"b\(delimiter)c\"\n"
        #expect(ParsedText(text, delimiter: delimiter).rows == [["a,1", "b\(delimiter)c"]])
    }

    @Test("a missing last line end is told")
    func missingLineEnd() {
        #expect(ParsedText("a\nb").endsOpen)
        #expect(!ParsedText("a\nb\n").endsOpen)
        #expect(ParsedText("a\n\"b\"").endsOpen)
    }

    @Test("a quote that is never closed names its row")
    func unclosedQuote() {
        let parsed = ParsedText("a,b\n\"c,d\ne,f\n")
        #expect(parsed.rows == [["a", "b"]])
        #expect(parsed.failure == .endsInsideQuotes(row: 2))
    }

    @Test("a record beyond the limit is refused, in one piece and in many")
    func tooLong() {
        let longest = DelimitedTextParser.longestRecord
        let filling: [UInt8] = Array(repeating: UInt8(ascii: "x"), count: longest)
        let head = Array("a,b\n".utf8)
        for pieceSize in [Int.max, 1 << 20] {
            let fits = ParsedText(head + filling + [0x0A], pieceSize: pieceSize)
            #expect(fits.failure == nil)
            #expect(fits.raws.last?.count == longest)
            let isClosed = ParsedText(head + filling + [0x78, 0x0A], pieceSize: pieceSize)
            #expect(isClosed.failure == .recordTooLong(row: 2))
            let isOpen = ParsedText(head + [0x22] + filling + filling, pieceSize: pieceSize)
            #expect(isOpen.failure == .recordTooLong(row: 2))
        }
    }

    @Test("pieces of every size give the same rows")
    func pieces() {
        let text = """
            \u{FEFF}"kode ""desa"" ini",nama,alamat\r
            3513912001,"SOKA""AN","RT 1\r
            RW 2"\r
            3513912002,OPO "OPO",\r
            \r
            "3513912003",Rémba’an,"x,y"
            """
        let whole = ParsedText(text)
        #expect(whole.rows.count == 5)
        #expect(whole.rows[1] == ["3513912001", "SOKA\"AN", "RT 1\r\nRW 2"])
        for pieceSize in 1...text.utf8.count {
            #expect(ParsedText(text, pieceSize: pieceSize) == whole, "pieces of \(pieceSize)")
        }
    }

    @Test("the raw record is what stands in the file")
    func raw() {
        let parsed = ParsedText("\u{FEFF}\"a\"\"b\" ,c\r\nd,e")
        #expect(
            parsed.raws.map { String(decoding: $0, as: UTF8.self) } == ["\"a\"\"b\" ,c", "d,e"])
    }

    @Test("a callback that returns false stops the parser")
    func stops() throws {
        var parser = DelimitedTextParser(delimiter: UInt8(ascii: ","))
        var count = 0
        try parser.feed("a\nb\nc\n".utf8) { _ in
            count += 1
            return count < 2
        }
        #expect(count == 2)
    }

    @Test("fields beyond the last are empty, and bytes that are no UTF-8 are found")
    func oddities() throws {
        var parser = DelimitedTextParser(delimiter: UInt8(ascii: ","))
        try parser.feed([0x61, 0x2C, 0xE9, 0x62, 0x0A] + "é,b\n , \n".utf8) { row in
            switch row.number {
            case 1: #expect(row.firstFieldNotUTF8() == 1)
            case 2: #expect(row.firstFieldNotUTF8() == nil)
            default: #expect(row.isBlank)
            }
            #expect(row.text(99).isEmpty)
            #expect(row.isBlank == (row.number == 3))
            return true
        }
    }

    @Test("mutated texts neither crash nor hang, and pieces still give the same rows")
    func fuzz() {
        let seed: UInt64 = 4180
        var generator = SeededGenerator(seed: seed)
        let seeds = [
            "\u{FEFF}a,\"b\"\"c\"\r\nd,\"e\nf\"\r\n", "\"\"\"\",,\n\n\"x", "SOKA\"AN;b|c\td\n",
        ].map { Array($0.utf8) }
        let bytes: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x20, 0x00, 0xEF, 0xBB, 0xBF, 0xFF, 0x61]
        for round in 0..<20_000 {
            var text = seeds[round % seeds.count]
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let position = Int.random(in: 0...text.count, using: &generator)
                let byte = bytes.randomElement(using: &generator)!
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: text.insert(byte, at: position)
                case 1: if position < text.count { text[position] = byte }
                default: if position < text.count { text.remove(at: position) }
                }
            }
            let whole = ParsedText(text)
            let pieceSize = Int.random(in: 1...5, using: &generator)
            let isSame = ParsedText(text, pieceSize: pieceSize) == whole
            #expect(isSame, "seed \(seed), round \(round): \(text)")
            let lines = text.count { $0 == 0x0A }
            #expect(whole.rows.count <= lines + 1, "seed \(seed), round \(round): \(text)")
        }
    }
}
