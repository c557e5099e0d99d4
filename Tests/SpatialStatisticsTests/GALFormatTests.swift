import SpatialStatistics
import Testing

@Suite struct GALFormatTests {
    @Test("what is written is read again", arguments: ReferenceCase.hotspotFolders)
    func roundTrip(folder: String) throws {
        let content = try GALFormat.read(referenceText("\(folder)/weights.gal"))
        let text = GALFormat.write(content.weights, ids: content.ids)
        #expect(try GALFormat.read(text) == content)
    }

    @Test("an isolate's empty line may be there or not, and lines may end as on Windows")
    func isolates() throws {
        let weights = SpatialWeights(neighbours: [[2], [], [0]])
        for text in [
            "3\na 1\nc\nb 0\n\nc 1\na\n", "3\na 1\nc\nb 0\nc 1\na",
            "3\r\na 1\r\nc\r\nb 0\r\n\r\nc 1\r\na\r\n",
        ] {
            let content = try GALFormat.read(text)
            #expect(content.ids == ["a", "b", "c"])
            #expect(content.weights == weights)
        }
        #expect(GALFormat.write(weights, ids: ["a", "b", "c"]) == "3\na 1\nc\nb 0\n\nc 1\na\n")
    }

    @Test("the header of GeoDa is understood")
    func longHeader() throws {
        let content = try GALFormat.read("0 2 layer KEY\n1.01 1\n1.02\n1.02 1\n1.01\n")
        #expect(content.ids == ["1.01", "1.02"])
        #expect(content.weights.linkCount == 2)
    }

    @Test(
        "a text that is no GAL file is refused with the line",
        arguments: [
            ("", GALError.empty),
            ("\n \n", .empty),
            ("many\n", .unreadableHeader(line: 1)),
            ("0 2 layer\n", .unreadableHeader(line: 1)),
            ("-1\n", .unreadableHeader(line: 1)),
            ("1\na\n", .unreadableUnit(line: 2)),
            ("1\na few\n", .unreadableUnit(line: 2)),
            ("2\na 1\nb c\nb 0\n", .neighbourCount(line: 3, declared: 1, found: 2)),
            ("2\nb 0\n\na 1\n", .neighbourCount(line: 4, declared: 1, found: 0)),
            ("3\na 1\nb\nb 1\na\n", .unitCount(declared: 3, found: 2)),
            ("2\na 0\na 0\n", .repeatedUnit(line: 3, id: "a")),
            ("2\na 1\nx\nb 0\n", .unknownNeighbour(line: 3, id: "x")),
            ("2\na 1\na\nb 0\n", .ownNeighbour(line: 3, id: "a")),
            ("2\na 2\nb b\nb 0\n", .repeatedNeighbour(line: 3, id: "b")),
        ]
    )
    func refusals(text: String, error: GALError) {
        #expect(throws: error) { try GALFormat.read(text) }
        #expect(error.description.hasSuffix("."))
    }
}
