import FuzzTargets
import Testing

/// A short run of what `swift run -c release Fuzz` does for hours.
@Suite("The parsers return whatever the bytes")
struct CorpusTests {
    private static let seed: UInt64 = 4
    /// Mutations of the slower targets.
    ///
    /// The others have `usual`; all together take some seconds in a debug build.
    private static let mutations = [
        "linkage": 60, "areas": 40, "names": 400, "workbook-parts": 400, "registry": 100,
        "registry-files": 80, "mapping-files": 200, "mapping": 200,
    ]
    private static let usual = 2_000

    @Test(
        "every input of the corpus, and mutations of them",
        arguments: FuzzTarget.all.map(\.name))
    func corpus(name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let seeds = try target.seeds()
        #expect(!seeds.isEmpty)
        var inputs = FuzzedInputs(seeds: seeds, seed: Self.seed)
        var bytes: [UInt8] = []
        for index in 0..<seeds.count + (Self.mutations[name] ?? Self.usual) {
            inputs.write(index, to: &bytes)
            // A trap ends the process; `Fuzz --seed 4 --inputs 2100` meets it again and names it.
            bytes.withUnsafeBufferPointer(target.run)
        }
    }

    @Test("the same seed and index give the same bytes, wherever one begins")
    func reproducible() {
        let seeds = [Array("satu,dua\n1,2\n".utf8), Array("{\"a\":[1]}".utf8)]
        var once = FuzzedInputs(seeds: seeds, seed: 7)
        var again = FuzzedInputs(seeds: seeds, seed: 7)
        var other = FuzzedInputs(seeds: seeds, seed: 8)
        var all: [[UInt8]] = []
        var bytes: [UInt8] = []
        for index in 0..<2_000 {
            once.write(index, to: &bytes)
            #expect(bytes.count <= FuzzedInputs.longest)
            all.append(bytes)
        }
        #expect(Array(all.prefix(2)) == seeds)
        #expect(Set(all).count > 1_500)
        var differing = 0
        for index in [1_999, 3, 700] {
            again.write(index, to: &bytes)
            #expect(bytes == all[index], "seed 7, index \(index)")
            other.write(index, to: &bytes)
            differing += bytes == all[index] ? 0 : 1
        }
        #expect(differing > 0)
    }

    @Test("the corpus has a target for each of its folders, and no person of a real province")
    func corpusFiles() throws {
        let names = FuzzTarget.all.map(\.name)
        #expect(Set(names).count == names.count)
        for folder in try FuzzCorpus.folders() {
            let seeds = try FuzzCorpus.inputs(in: folder)
            #expect(seeds.reduce(0) { $0 + $1.count } < 60_000, "\(folder)")
            for bytes in seeds {
                for run in bytes.split(whereSeparator: { !(0x30...0x39).contains($0) })
                where run.count == 16 {
                    #expect(run.starts(with: [0x39, 0x39]), "\(folder)")
                }
            }
        }
    }
}
