import RegistrySimulation
import Testing

@testable import RecordLinkage

/// The goal of the linker: on registries whose truth is known.
@Suite struct PairedLinkageTests {
    private static let familiesOnlyPair = LinkedPair(
        families: 12_000, .p3ke, .dtsenFamiliesOnly)

    @Test("two years of P3KE: 0.99 precision and 0.95 recall at the class same")
    func twoYears() {
        let pair = LinkedPair(families: 20_000, .p3ke, .p3ke)
        let quality = pair.quality()
        print("P3KE, two years: precision \(quality.precision), recall \(quality.recall)")
        #expect(quality.families > 15_000)
        #expect(quality.precision >= 0.99)
        #expect(quality.recall >= 0.95)
    }

    @Test("P3KE and DTSEN with its members: 0.99 precision and 0.95 recall")
    func withMembers() {
        let quality = LinkedPair(families: 8_000, .p3ke, .dtsenWithMembers).quality()
        print("P3KE, DTSEN: precision \(quality.precision), recall \(quality.recall)")
        #expect(quality.precision >= 0.99)
        #expect(quality.recall >= 0.95)
    }

    @Test("without keys precision holds, and recall is 0.94 at least")
    func comparisonAlone() {
        let pair = LinkedPair(families: 8_000, .p3ke, .p3ke, usesKeys: false)
        let quality = pair.quality()
        print("without keys: precision \(quality.precision), recall \(quality.recall)")
        #expect(pair.result.links.allSatisfy { $0.evidence == .comparison })
        #expect(quality.precision >= 0.99)
        #expect(quality.recall >= 0.94)
        #expect(pair.quality([.same, .likely]).recall > quality.recall)
    }

    @Test("name and place alone still keep the precision; recall is what they can give")
    func familiesOnly() {
        let pair = Self.familiesOnlyPair
        let quality = pair.quality()
        print("DTSEN alone: precision \(quality.precision), recall \(quality.recall)")
        #expect(quality.precision >= 0.99)
        #expect(quality.recall >= 0.60)
        #expect(pair.quality([.same, .likely]).precision >= 0.95)
    }

    @Test("probabilities mean what they say: as many links are right as they add up to")
    func calibration() {
        let pair = Self.familiesOnlyPair
        let rows = pair.registries
        let links = pair.result.links.filter { $0.evidence == .comparison }
        let expected = links.reduce(0) { $0 + $1.probability }
        let correct = links.count {
            rows.first[$0.first].family == rows.second[$0.second].family
        }
        #expect(links.count > 4_000)
        #expect(abs(Double(correct) / expected - 1) < 0.02)
    }

    @Test("the number of threads changes nothing", arguments: [1, 3])
    func threads(count: Int) {
        let usual = LinkedPair(families: 3_000, .p3ke, .dtsenWithMembers)
        let other = LinkedPair(families: 3_000, .p3ke, .dtsenWithMembers, threads: count)
        #expect(usual.result.links == other.result.links)
        #expect(usual.result.model == other.result.model)
        #expect(usual.result.comparedPairs == other.result.comparedPairs)
    }

    @Test("no record is in two links, and links are in the order of the first file")
    func oneToOne() {
        let links = LinkedPair(families: 3_000, .dtsenWithMembers, .dtsenWithMembers).result.links
        #expect(Set(links.map(\.second)).count == links.count)
        #expect(zip(links, links.dropFirst()).allSatisfy { $0.first < $1.first })
    }

    @Test("registries without errors are linked without errors")
    func clean() {
        let rows = PairedRegistries(
            families: 2_000, layouts: (.p3ke, .p3ke), rates: .none, seed: 3)
        let result = RecordLinker().link(
            rows.first.map { LinkRecord($0) }, rows.second.map { LinkRecord($0) })
        let quality = LinkageQuality(
            result.links,
            firstFamilies: rows.first.map(\.family),
            secondFamilies: rows.second.map(\.family))
        #expect(quality.precision == 1)
        #expect(quality.recall == 1)
    }
}
