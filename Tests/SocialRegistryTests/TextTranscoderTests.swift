import SocialRegistry
import TestSupport
import Testing

@Suite("Text in other encodings")
struct TextTranscoderTests {
    static func utf16(_ text: String, isLittle: Bool, hasMark: Bool = true) -> [UInt8] {
        ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return isLittle ? [low, high] : [high, low]
        }
    }

    @Test("the encoding is found in the first bytes")
    func detection() {
        #expect(TextEncoding(head: Array("kode,nama\n".utf8)) == .ascii)
        #expect(TextEncoding(head: Array("kode,Rémba’an\n".utf8)) == .utf8)
        #expect(TextEncoding(head: Array("\u{FEFF}kode\n".utf8)) == .utf8WithMark)
        #expect(TextEncoding(head: [0x52, 0xE9, 0x6D, 0x62, 0x61, 0x92]) == .windows1252)
        #expect(TextEncoding(head: Self.utf16("kode", isLittle: true)) == .utf16LittleEndian)
        #expect(TextEncoding(head: Self.utf16("kode", isLittle: false)) == .utf16BigEndian)
        #expect(
            TextEncoding(head: Self.utf16("kode", isLittle: false, hasMark: false))
                == .utf16BigEndian)
        #expect(TextEncoding(head: []) == .ascii)
    }

    @Test("a character cut by the end of the head, or one wrong byte, does not change it")
    func cutHead() {
        let text = Array("kode,Rémba’an\n".utf8)
        for end in 7...text.count {
            #expect([.utf8, .ascii].contains(TextEncoding(head: Array(text[..<end]))))
        }
        #expect(TextEncoding(head: text + [0xE9, 0x20]) == .utf8)
    }

    @Test(
        "UTF-8 that breaks its own rules is none",
        arguments: [
            [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0x80], [0xC3, 0x41],
        ] as [[UInt8]])
    func overlong(_ bytes: [UInt8]) {
        #expect(TextEncoding(head: bytes) == .windows1252)
    }

    /// As Unicode's table CP1252.TXT has it.
    @Test("Windows-1252 comes out as the characters it means")
    func windows1252() {
        let bytes: [UInt8] = [0x41, 0x80, 0x92, 0x93, 0x94, 0x96, 0x9F, 0xA0, 0xE9, 0xFF]
        let text = TextTranscoder.utf8(of: bytes, encoding: .windows1252)
        #expect(String(decoding: text, as: UTF8.self) == "A€’“”–Ÿ\u{A0}éÿ")
    }

    @Test("the five undefined bytes are kept as U+FFFD and counted")
    func undefined() {
        var transcoder = TextTranscoder(encoding: .windows1252)
        var output: [UInt8] = []
        transcoder.transcode((0x80...0xFF).map { UInt8($0) }, into: &output)
        #expect(transcoder.undefinedCount == 5)
        let text = String(decoding: output, as: UTF8.self)
        #expect(text.unicodeScalars.count == 128)
        #expect(text.unicodeScalars.count { $0 == "\u{FFFD}" } == 5)
    }

    @Test("UTF-16 of both kinds is read in pieces of any size", arguments: [true, false])
    func utf16(isLittle: Bool) {
        let text = "kode\tDesa “Rémba’an”\r\n1\t\u{1F3E0} \u{10FFFF}\n"
        let bytes = Self.utf16(text, isLittle: isLittle)
        for pieceSize in 1...9 {
            var transcoder = TextTranscoder(
                encoding: isLittle ? .utf16LittleEndian : .utf16BigEndian)
            var output: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: pieceSize) {
                transcoder.transcode(
                    bytes[start..<min(start + pieceSize, bytes.count)], into: &output)
            }
            transcoder.finish(into: &output)
            #expect(String(decoding: output, as: UTF8.self) == text, "pieces of \(pieceSize)")
            #expect(transcoder.undefinedCount == 0)
        }
    }

    @Test("halves of pairs and a last odd byte are counted")
    func brokenUTF16() {
        var transcoder = TextTranscoder(encoding: .utf16LittleEndian)
        var output: [UInt8] = []
        transcoder.transcode([0x3D, 0xD8, 0x41, 0, 0x00, 0xDC, 0x3D, 0xD8, 0x42], into: &output)
        transcoder.finish(into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "\u{FFFD}A\u{FFFD}\u{FFFD}")
        #expect(transcoder.undefinedCount == 3)
    }

    @Test("plain text decides for itself when the first other byte comes")
    func lateDecision() {
        for (tail, encoding) in [
            ([0xC3, 0xA9], TextEncoding.utf8), ([0xE9, 0x41], .windows1252),
        ] as [([UInt8], TextEncoding)] {
            var transcoder = TextTranscoder(encoding: .ascii)
            var output: [UInt8] = []
            transcoder.transcode(Array("kode\n".utf8), into: &output)
            #expect(transcoder.encoding == .ascii)
            transcoder.transcode(tail, into: &output)
            #expect(transcoder.encoding == encoding)
            #expect(String(decoding: output, as: UTF8.self).contains("é"))
        }
    }

    @Test("any bytes come out as valid UTF-8, in one piece or many")
    func fuzz() {
        let seed: UInt64 = 1252
        var generator = SeededGenerator(seed: seed)
        for round in 0..<3000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            for encoding in [TextEncoding.windows1252, .utf16LittleEndian, .utf16BigEndian] {
                let whole = TextTranscoder.utf8(of: bytes, encoding: encoding)
                var transcoder = TextTranscoder(encoding: encoding)
                var output: [UInt8] = []
                for byte in bytes { transcoder.transcode([byte], into: &output) }
                transcoder.finish(into: &output)
                if output != whole || String(validating: whole, as: UTF8.self) == nil {
                    Issue.record("seed \(seed), round \(round), \(encoding): \(bytes)")
                }
            }
            _ = TextEncoding(head: bytes)
        }
    }

    @Test("a Windows-1252 file is recognised with its names")
    func recognition() throws {
        let head = Array("nomor_KK;Koordinat_X;Koordinat_Y;Catatan \u{27}".utf8) + [0xE9, 0x0A]
        let found = try RegistryRecognition(head: head)
        #expect(found.encoding == .windows1252)
        #expect(found.header.columns.last == "Catatan 'é")
    }
}
