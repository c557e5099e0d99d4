import Geospatial
import TestSupport
import Testing

@testable import Geocoding

struct PointTableTests {
    /// Two squares: A from 0 to 1 degree east, B from 1 to 2.
    static let table: PointTable = {
        func square(_ west: Double) -> MultiPolygon {
            MultiPolygon([
                Polygon(
                    exterior: [(west, 0), (west + 1, 0), (west + 1, 1), (west, 1)].map {
                        Coordinate(longitude: $0.0, latitude: $0.1)
                    })
            ])
        }
        return PointTable(
            longitudeColumn: 1, latitudeColumn: 2,
            locator: PolygonLocator([square(0), square(1)]),
            codes: [Array("99.01.01.2001".utf8), Array("99.01.01.2002".utf8)])
    }()

    static func process(_ text: String, with table: PointTable = table) -> (
        String, PointTable.Counts
    ) {
        var output: [UInt8] = []
        let counts = Array(text.utf8).withUnsafeBufferPointer { table.append($0, to: &output) }
        return (String(decoding: output, as: UTF8.self), counts)
    }

    @Test(
        "a header is split where it has the most fields, quotes seen",
        arguments: [
            ("lon;lat;nama", ";"), ("lon,lat", ","), ("lon\tlat", "\t"), ("lon|lat", "|"),
            ("a;b,c", ","), ("\"a,b,c\";d", ";"), ("nama", ","), ("", ","),
            ("lon;lat,\r\n1,2,3,4", ","),
        ])
    func delimiter(header: String, delimiter: String) {
        #expect(TableLines.delimiter(ofHeader: header.utf8) == delimiter.utf8.first)
    }

    @Test("each line keeps its text and gets code, match and probability")
    func matches() {
        let (text, counts) = Self.process(
            "1,0.5,0.5,x\n2,1.5,.25,\n3,5,0.5,x\n4,,0.5,x\n5,0.5,abc,x\n6\n")
        #expect(
            text == """
                1,0.5,0.5,x,99.01.01.2001,certain,1
                2,1.5,.25,,99.01.01.2002,certain,1
                3,5,0.5,x,,outside,0
                4,,0.5,x,,none,0
                5,0.5,abc,x,,none,0
                6,,none,0

                """)
        #expect(counts.certain == 2)
        #expect(counts.outside == 1)
        #expect(counts.unreadable == 3)
    }

    @Test("line ends, blank lines and a last line without an end stay as they are")
    func lineEnds() {
        let (text, counts) = Self.process("1,0.5,0.5\r\n\r\n2, 1.5 ,0.5\n\n3,0.5,1.5")
        #expect(
            text == "1,0.5,0.5,99.01.01.2001,certain,1\r\n\r\n"
                + "2, 1.5 ,0.5,99.01.01.2002,certain,1\n\n3,0.5,1.5,,outside,0")
        #expect(counts.blank == 2)
        #expect(Self.process("").0.isEmpty)
    }

    @Test("quotes hide delimiters and line ends; a quote inside a field is just text")
    func quotes() {
        let lines = [
            "\"a,b\",0.5,0.5", "\"a\nb\",\"1.5\",0.5", "\"a \"\"b\"\", c\",0.5,\"0.5\" ",
            "SOKA\"AN,1.5,0.5", "\"\",0.5,0.5", "x,\"0.5,0.5\"",
        ]
        let endings = ["1", "2", "1", "2", "1", ""].map {
            $0.isEmpty ? ",,none,0" : ",99.01.01.200\($0),certain,1"
        }
        let (text, _) = Self.process(lines.map { $0 + "\n" }.joined())
        #expect(text == zip(lines, endings).map { $0 + $1 + "\n" }.joined())
    }

    @Test("whole lines end where no quoted field is open")
    func wholeLines() {
        func whole(_ text: String) -> Int {
            Array(text.utf8).withUnsafeBufferPointer { Self.table.wholeLines(in: $0) }
        }
        #expect(whole("1,2\n3,4\n5") == 8)
        #expect(whole("1,2") == 0)
        #expect(whole("") == 0)
        #expect(whole("1,\"2\n3\",4\n5,\"6\n") == 10)
        #expect(whole("1\",2\n3") == 5)
    }

    @Test("pieces of any size together give what the whole gives")
    func pieces() {
        let seed: UInt64 = 24
        var generator = SeededGenerator(seed: seed)
        var input: [UInt8] = []
        for number in 0..<3_000 {
            let name = ["x", "\"a,\nb\"", "y\"z", ""][number % 4]
            let x = Double.random(in: -0.5...2.5, using: &generator)
            input += Array("\(name),\(x),0.5,\(number)\(number % 3 == 0 ? "\r\n" : "\n")".utf8)
        }
        var whole: [UInt8] = []
        let counts = input.withUnsafeBufferPointer { Self.table.append($0, to: &whole) }
        #expect(counts.certain + counts.outside == 3_000)
        var output: [UInt8] = []
        var total = PointTable.Counts()
        var carry: [UInt8] = []
        var rest = input[...]
        while !rest.isEmpty {
            let size = min(rest.count, Int.random(in: 1...5_000, using: &generator))
            carry += rest.prefix(size)
            rest = rest.dropFirst(size)
            let end = carry.withUnsafeBufferPointer { Self.table.wholeLines(in: $0) }
            total += carry[..<end].withUnsafeBufferPointer {
                Self.table.append($0, to: &output)
            }
            carry.removeFirst(end)
        }
        #expect(carry.isEmpty)
        #expect(output == whole, "seed \(seed)")
        #expect(total == counts, "seed \(seed)")
    }

    @Test("another delimiter stands between the new columns too")
    func semicolons() {
        let table = PointTable(
            delimiter: UInt8(ascii: ";"), longitudeColumn: 0, latitudeColumn: 1,
            locator: PolygonLocator([]), codes: [])
        #expect(Self.process("1;2\n", with: table).0 == "1;2;;outside;0\n")
        let header = table.header(Array("x;y\r\n".utf8))
        #expect(String(decoding: header, as: UTF8.self) == "x;y;kode_desa;match;probability\r\n")
    }
}

struct DecimalTextTests {
    static func value(_ text: String) -> Double? {
        Array(text.utf8).withUnsafeBufferPointer { DecimalText.value(of: $0, 0..<$0.count) }
    }

    @Test("numbers of any length are the nearest Double, as Double(_:) reads them")
    func nearest() throws {
        let seed: UInt64 = 53
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let count = Int.random(in: 1...24, using: &generator)
            var text = (0..<count).map { _ in "\(Int.random(in: 0...9, using: &generator))" }
                .joined()
            let point = text.index(
                text.startIndex, offsetBy: Int.random(in: 0...count, using: &generator))
            text.insert(".", at: point)
            if Bool.random(using: &generator) { text = "-" + text }
            let expected = try #require(Double(text), "\(text)")
            #expect(Self.value(text) == expected, "seed \(seed): \(text)")
        }
    }

    @Test("a number half-way between two Doubles goes to the even one")
    func ties() {
        // 2^53 + 1, 2^53 + 3 and their halves lie half-way.
        for text in [
            "9007199254740993", "9007199254740995", "4503599627370496.5", "4503599627370497.5",
            "4503599627370496.50000", "900719925474099.3",
        ] {
            #expect(Self.value(text) == Double(text), "\(text)")
        }
    }

    @Test("exponents and blanks are read")
    func others() {
        #expect(Self.value(" 1.5e2\t") == 150)
        #expect(Self.value("+1.5") == 1.5)
        #expect(Self.value("-0.0")?.sign == .minus)
    }

    @Test(
        "what is no decimal number is not read",
        arguments: [
            "", " ", ".", "-", "1,5", "1.2.3", "nan", "inf", "0x1p3", "1e999", "--1", "1 2", "1e",
        ])
    func refused(_ text: String) {
        #expect(Self.value(text) == nil)
    }
}
