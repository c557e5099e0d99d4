import TestSupport
import Testing

@testable import Workbooks

struct XMLScannerTests {
    /// Writes the events down; text that comes in parts is joined.
    struct Recorder: XMLHandler {
        var events: [String] = []
        var text: [UInt8] = []

        mutating func closeText() {
            if !text.isEmpty { events.append("'\(String(decoding: text, as: UTF8.self))'") }
            text = []
        }

        mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
            closeText()
            let list = (0..<attributes.count).map { index in
                let name = String(decoding: attributes.name(index).bytes, as: UTF8.self)
                return " \(name)=\(attributes.text(index))"
            }
            events.append("<\(String(decoding: name.bytes, as: UTF8.self))\(list.joined())>")
        }

        mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) { text += bytes }

        mutating func end(_ name: XMLName) {
            closeText()
            events.append("</\(String(decoding: name.bytes, as: UTF8.self))>")
        }
    }

    static func events(_ document: [UInt8], pieceSize: Int = .max) throws -> [String] {
        var scanner = XMLScanner(part: "p")
        var recorder = Recorder()
        var rest = document[...]
        while !rest.isEmpty {
            try Array(rest.prefix(pieceSize)).withUnsafeBufferPointer {
                try scanner.feed($0, to: &recorder)
            }
            rest = rest.dropFirst(pieceSize)
        }
        try scanner.finish()
        return recorder.events
    }

    static func damage(_ document: String) -> WorkbookError.XMLDamage? {
        do {
            _ = try events(Array(document.utf8))
            return nil
        } catch WorkbookError.malformedXML(_, _, let damage) {
            return damage
        } catch {
            Issue.record("another error")
            return nil
        }
    }

    static let document = """
        \u{FEFF}<?xml version="1.0" encoding='utf-8' standalone="yes"?>
        <!-- a <comment> & more --><x:sst xmlns:x="http://x" count = '2' >
        <x:si><t xml:space="preserve"> a &amp; b&#x20AC;&#66;&lt;&gt;&quot;&apos;</t></x:si >
        <?target data?><t><![CDATA[<raw> & ]] text]]></t>\
        <v a="1&amp;2&#10;" b='"'/><é>ü</é>\r\n</x:sst>

        """

    @Test("elements, attributes, text, entities, CDATA, comments and instructions")
    func everything() throws {
        #expect(
            try Self.events(Array(Self.document.utf8)) == [
                "<sst x=http://x count=2>", "'\n'", "<si>", "<t space=preserve>",
                "' a & b€B<>\"''", "</t>", "</si>", "'\n'", "<t>", "'<raw> & ]] text'", "</t>",
                "<v a=1&2\n b=\">", "</v>", "<é>", "'ü'", "</é>", "'\n'", "</sst>",
            ])
    }

    @Test("the events are the same however the document is cut")
    func pieces() throws {
        let bytes = Array(Self.document.utf8)
        let whole = try Self.events(bytes)
        for pieceSize in [1, 2, 3, 5, 7, 11, 64] {
            #expect(try Self.events(bytes, pieceSize: pieceSize) == whole, "\(pieceSize)")
        }
    }

    @Test(
        "what breaks the rules is told with its kind",
        arguments: [
            ("<a>", WorkbookError.XMLDamage.incomplete), ("", .incomplete), ("<a", .incomplete),
            ("<a></b>", .unbalanced), ("</a>", .unbalanced), ("<a/><b/>", .unbalanced),
            ("<a></ab>", .unbalanced), ("<x:a></y:a>", .unbalanced),
            ("<a>&nbsp;</a>", .entity), ("<a>&#0;</a>", .entity), ("<a>&#xD800;</a>", .entity),
            ("<a>&#x110000;</a>", .entity), ("<a>a & b</a>", .entity), ("<a>&;</a>", .entity),
            ("<a>&#-5;</a>", .entity), ("<a>&#;</a>", .entity),
            ("<a b></a>", .markup), ("<a b=c></a>", .markup), ("<a b='<'/>", .markup),
            ("< a/>", .markup), ("text<a/>", .markup), ("<a/>text", .markup),
            ("<a/ >", .markup), ("<!ELEMENT a>", .markup), ("<![CDATA[x]]><a/>", .markup),
            ("<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>", .documentType),
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>", .encodingNotUTF8),
            ("<\0a\0/\0>\0", .encodingNotUTF8),
        ])
    func damaged(document: String, expected: WorkbookError.XMLDamage) {
        #expect(Self.damage(document) == expected)
    }

    @Test("nesting, attributes and tags have limits")
    func limits() {
        let deep = String(repeating: "<a>", count: XMLScanner.deepest + 1)
        #expect(Self.damage(deep) == .nestedTooDeep)
        let many = (0...XMLScanner.mostAttributes).map { " a\($0)=''" }.joined()
        #expect(Self.damage("<a\(many)/>") == .tooManyAttributes)
        let long = "<a b='" + String(repeating: "x", count: XMLScanner.longestToken + 1)
        #expect(Self.damage(long) == .tokenTooLong)
    }

    @Test("text longer than any tag is told in parts, not refused")
    func longText() throws {
        let text = String(repeating: "desa ", count: XMLScanner.longestToken / 4)
        let events = try Self.events(Array("<a>\(text)</a>".utf8), pieceSize: 1 << 16)
        #expect(events == ["<a>", "'\(text)'", "</a>"])
    }

    @Test("bytes that are no UTF-8 are passed on")
    func notUTF8() throws {
        var scanner = XMLScanner(part: "p")
        var recorder = Recorder()
        let bytes = Array("<a>".utf8) + [0xC3, 0x28, 0xFF]
        try bytes.withUnsafeBufferPointer { try scanner.feed($0, to: &recorder) }
        #expect(recorder.text == [0xC3, 0x28, 0xFF])
    }

    @Test("changed documents give events or an error, the same whole and in pieces")
    func mutations() {
        let seed: UInt64 = 20_261_124
        var generator = SeededGenerator(seed: seed)
        let bytes = Array(Self.document.utf8)
        let marks = Array("<>/&;\"'=!?[]- x\0\u{FF}".utf8)
        for round in 0..<3_000 {
            var changed = bytes
            for _ in 0...Int.random(in: 0...3, using: &generator) {
                let position = Int.random(in: changed.indices, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: changed[position] = marks.randomElement(using: &generator) ?? 0
                case 1: changed.remove(at: position)
                default: changed.insert(.random(in: 0...255, using: &generator), at: position)
                }
            }
            let whole = Result { try Self.events(changed) }
            let pieces = Result {
                try Self.events(changed, pieceSize: .random(in: 1...9, using: &generator))
            }
            switch (whole, pieces) {
            case (.success(let first), .success(let second)):
                #expect(first == second, "seed \(seed), round \(round)")
            case (.failure(let first), .failure(let second)):
                // Where it is noticed may depend on the cut; that it is must not.
                #expect(first is WorkbookError && second is WorkbookError)
            default: Issue.record("seed \(seed), round \(round): \(whole) but \(pieces)")
            }
        }
    }
}
