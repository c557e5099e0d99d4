import SpatialStatistics
import Testing

@Suite struct ValuedWeightsTests {
    private let weights = ValuedWeights(links: [
        [.init(to: 2, weight: 0.5), .init(to: 0, weight: 1)],
        [],
        [.init(to: 0, weight: 0.25)],
        [.init(to: 4, weight: 3)],
        [.init(to: 3, weight: 3)],
    ])

    @Test("a summary tells links, own links, components and symmetry apart")
    func summary() {
        let summary = weights.summary
        #expect(summary.neighbours.links == 4)
        #expect(summary.neighbours.isolates == 1)
        #expect(summary.neighbours.components == 3)
        #expect(summary.componentSizes == [2, 2, 1])
        #expect(summary.neighbours.fewestNeighbours == 0)
        #expect(summary.neighbours.mostNeighbours == 1)
        #expect(summary.neighbours.meanNeighbours == 0.8)
        #expect(summary.ownLinks == 1)
        #expect(summary.leastWeight == 0.25 && summary.greatestWeight == 3)
        #expect(summary.neighbours.isSymmetric)
        #expect(!summary.isSymmetric)
        let none = ValuedWeights(links: []).summary
        #expect(none.componentSizes.isEmpty && none.neighbours.units == 0)
    }

    @Test("component sizes add up to the units, largest first")
    func componentSizes() {
        let lists = [[1], [], [3, 4], [], [], [], [2]]
        #expect(SpatialWeights(neighbours: lists).componentSizes == [4, 2, 1])
        #expect(SpatialWeights.lattice(columns: 6, rows: 4).componentSizes == [24])
    }

    @Test("lags are weighed sums, and rows can be made to sum to 1")
    func lags() {
        let values = [2.0, 7, 4, 1, -1]
        #expect(weights.lags(of: values) == [4, 0, 0.5, -3, 3])
        let standard = weights.rowStandardised
        let ones = [Double](repeating: 1, count: 5)
        #expect(standard.lags(of: ones) == [1, 0, 1, 1, 1])
        #expect(standard.weight(from: 0, to: 2).map { agree($0, 1.0 / 3) } == true)
    }

    @Test("binary weights come back as they were")
    func binary() {
        let lattice = SpatialWeights.lattice(columns: 5, rows: 3)
        for style in [WeightStyle.binary, .rowStandardised] {
            #expect(ValuedWeights(lattice, style: style).neighbours == lattice)
        }
        #expect(
            ValuedWeights(lattice).rowStandardised
                == ValuedWeights(lattice, style: .rowStandardised))
    }
}

@Suite struct GWTFormatTests {
    @Test("what is written is read again, to the last digit")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 6)
        let links = (0..<40).map { unit in
            unit % 7 == 3
                ? []
                : (0..<40).filter { $0 % 7 != 3 && generator.unit() < 0.2 }
                    .map { ValuedWeights.Link(to: $0, weight: generator.unit() * 1e-5) }
        }
        let weights = ValuedWeights(links: links)
        let ids = (0..<40).map { "99.99.\(39 - $0)" }
        let text = GWTFormat.write(weights, ids: ids, layer: "desa", key: "kode")
        let content = try GWTFormat.read(text, ids: ids)
        #expect(content.weights == weights)
        #expect(content.ids == ids)
        #expect(content.layer == "desa" && content.key == "kode")
        // Isolates are not in the file.
        #expect(throws: GWTError.unitCount(declared: 40, found: 34)) {
            try GWTFormat.read(text)
        }
    }

    @Test("without ids, units come in the order of their lines")
    func order() throws {
        let text = "0 4 layer key\r\nb d 1.5\r\nb a 1E-07\r\n\r\na\tb 2\r\nc c 1\r\n"
        let content = try GWTFormat.read(text)
        #expect(content.ids == ["b", "a", "c", "d"])
        #expect(content.weights.links(of: 0).map(\.unit) == [1, 3])
        #expect(content.weights.weight(from: 0, to: 1) == 1e-7)
        #expect(content.weights.weight(from: 2, to: 2) == 1)
        #expect(content.weights.links(of: 3).isEmpty)
        let again = GWTFormat.write(content.weights, ids: content.ids)
        #expect(try GWTFormat.read(again).weights == content.weights)
    }

    @Test("a file of libpysal is read")
    func libpysal() throws {
        let content = try GWTFormat.read(referenceText("kernel-weights/libpysal.gwt"))
        #expect(content.ids == (1...10).map(String.init))
        #expect(content.layer == "columbus" && content.key == "POLYID")
        #expect(content.weights.linkCount == 40)
        #expect(content.weights.summary.ownLinks == 10)
    }

    @Test(
        "a text that is no GWT file is refused with the line",
        arguments: [
            ("", GWTError.empty),
            (" \n", .empty),
            ("3\na b 1\n", .unreadableHeader(line: 1)),
            ("0 -1 layer key\n", .unreadableHeader(line: 1)),
            ("0 2 layer key\na b\n", .unreadableLink(line: 2)),
            ("0 2 layer key\n\na b much\n", .unreadableLink(line: 3)),
            ("0 2 layer key\na b inf\n", .unreadableLink(line: 2)),
            ("0 3 layer key\na b 1\n", .unitCount(declared: 3, found: 2)),
            ("0 1 layer key\na b 1\n", .unitCount(declared: 1, found: 2)),
            ("0 2 layer key\na b 1\nb a 1\na b 1\n", .repeatedLink(line: 4)),
        ]
    )
    func refusals(text: String, error: GWTError) {
        #expect(throws: error) { try GWTFormat.read(text) }
        #expect(error.description.hasSuffix("."))
    }

    @Test("a unit outside the ids given is named")
    func unknown() {
        let ids = ["a", "b"]
        for (text, id) in [("a c 1", "c"), ("c a 1", "c"), ("c d 1", "c")] {
            #expect(throws: GWTError.unknownUnit(line: 2, id: id)) {
                try GWTFormat.read("0 2 layer key\n\(text)\n", ids: ids)
            }
        }
        #expect(throws: GWTError.unitCount(declared: 3, found: 2)) {
            try GWTFormat.read("0 3 layer key\na b 1\n", ids: ids)
        }
    }
}
