import Testing

@testable import RecordLinkage

@Suite struct BlocksTests {
    @Test("blocks hold every pair with one key, once")
    func everyPair() {
        let (first, second): ([UInt64], [UInt64]) = ([5, 0, 3, 5, 9], [3, 5, 5, 0, 7, 3])
        let blocks = Blocks(
            SortedKeys(first, rows: Array(0..<5)), SortedKeys(second, rows: Array(0..<6)),
            maxPairs: 100)
        var found: [[Int32]] = []
        for block in blocks.units.joined() {
            for i in block.first {
                for j in block.second {
                    found.append([blocks.first.rows[i], blocks.second.rows[j]])
                }
            }
        }
        #expect(Set(found) == [[2, 0], [2, 5], [0, 1], [0, 2], [3, 1], [3, 2]])
        #expect(found.count == 6)
        #expect(blocks.skippedKeys.isEmpty)
    }

    @Test("a block that is too large is left out and named")
    func tooLarge() {
        let keys: [UInt64] = [4, 4, 4, 6]
        let sorted = SortedKeys(keys, rows: Array(0..<4))
        let blocks = Blocks(sorted, sorted, maxPairs: 8)
        #expect(blocks.skippedKeys == [4])
        #expect(blocks.units.joined().map(\.pairCount) == [1])
    }

    @Test("a record lacks a key when it lacks a part of it")
    func missingParts() {
        var record = PreparedRecord()
        var name = NameTable.Entry()
        for key in BlockingKey.allCases { #expect(key.value(of: record, name) == 0) }
        record.date = 0x1972_0315
        #expect(BlockingKey.birthDate.value(of: record, name) != 0)
        #expect(BlockingKey.birthYearAndName.value(of: record, name) == 0)
        name.wholeSkeleton = 77
        #expect(BlockingKey.birthYearAndName.value(of: record, name) != 0)
    }

    @Test("a first word meets a last word in one kind of key")
    func crossing() {
        var record = PreparedRecord()
        record.desa = 3_599_012_001
        var (name, other) = (NameTable.Entry(), NameTable.Entry())
        (name.firstSkeleton, other.lastSkeleton) = (42, 42)
        #expect(
            BlockingKey.desaAndFirstWord.value(of: record, name)
                == BlockingKey.desaAndLastWord.value(of: record, other))
    }
}
