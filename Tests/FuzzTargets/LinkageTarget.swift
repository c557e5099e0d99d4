internal import PovertyModel
internal import RecordLinkage

/// Two small files of families, linked.
enum LinkageTarget {
    static let target = FuzzTarget("linkage", seeds: seeds, run: link)

    /// All lines as one input, halves and pairs of them: the time is that of records.
    private static let seeds: @Sendable () throws -> [[UInt8]] = {
        let lines = try FuzzCorpus.inputs(in: "linkage")
        let lineFeed = [UInt8(ascii: "\n")]
        let parts = stride(from: 0, to: lines.count - 1, by: 2).map { lines[$0...$0 + 1] }
        return ([lines[...], lines.prefix(4), lines.suffix(4)] + parts).map {
            Array($0.joined(separator: lineFeed))
        }
    }

    private static let settings: LinkageSettings = {
        var settings = LinkageSettings()
        settings.randomPairs = 64
        settings.maxPairsPerBlock = 400
        settings.threads = 1
        return settings
    }()

    /// Every other line is of the second file; name, birth date, sex, desa, address.
    private static func link(_ bytes: UnsafeBufferPointer<UInt8>) {
        var files: [[LinkRecord]] = [[], []]
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).prefix(16).enumerated() {
            files[number % 2].append(record(UnsafeBufferPointer(rebasing: line)))
        }
        let result = RecordLinker(settings).link(files[0], files[1])
        for link in result.links {
            precondition(
                files[0].indices.contains(link.first) && files[1].indices.contains(link.second),
                "a link to nobody")
            precondition(link.probability >= 0 && link.probability <= 1, "\(link.probability)")
        }
    }

    private static func record(_ line: UnsafeBufferPointer<UInt8>) -> LinkRecord {
        let fields = FuzzStep.parts(line, at: UInt8(ascii: ";"), count: 5)
        func text(_ index: Int) -> String {
            index < fields.count ? FuzzStep.text(fields[index]) : ""
        }
        let sex = text(2)
        return LinkRecord(
            headKey: line.count % 3 == 0 ? LinkKey(line) : nil,
            cardKey: line.count % 5 == 0 ? LinkKey(line.reversed()) : nil,
            headName: text(0),
            birthDate: CalendarDate(text(1)),
            isWoman: sex.isEmpty ? nil : sex == "P",
            desa: DesaCode(text(3)),
            address: text(4))
    }
}
