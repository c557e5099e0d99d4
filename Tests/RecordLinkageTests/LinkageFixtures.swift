import PovertyModel
import RegistrySimulation

@testable import RecordLinkage

/// A stand-in for HMAC-SHA-256: equal numbers of one kind give equal keys, others do not.
func testKey(_ number: UInt64?, kind: UInt64) -> LinkKey? {
    number.map {
        let high = BlockingKey.mixed(kind, $0)
        return LinkKey(high: high, low: BlockingKey.mixed(high, $0))
    }
}

extension LinkRecord {
    init(_ row: PairedRow) {
        self.init(
            headKey: testKey(row.nik, kind: 1),
            cardKey: testKey(row.cardNumber, kind: 2),
            registerKey: testKey(row.registerNumber, kind: 3),
            headName: row.headName,
            birthDate: row.birthDate,
            isWoman: row.isWoman,
            desa: row.desa,
            address: row.address
        )
    }
}

/// A pair of simulated registries, linked.
struct LinkedPair {
    let registries: PairedRegistries
    let result: LinkageResult

    init(
        families: Int,
        _ first: PairedLayout,
        _ second: PairedLayout,
        usesKeys: Bool = true,
        threads: Int = 2,
        seed: UInt64 = 20_261_124
    ) {
        registries = PairedRegistries(families: families, layouts: (first, second), seed: seed)
        var settings = LinkageSettings()
        settings.usesKeys = usesKeys
        settings.threads = threads
        settings.randomPairs = 400_000
        result = RecordLinker(settings).link(
            registries.first.map { LinkRecord($0) },
            registries.second.map { LinkRecord($0) })
    }

    func quality(_ classes: Set<LinkClass> = [.same]) -> LinkageQuality {
        LinkageQuality(
            result.links,
            classes: classes,
            firstFamilies: registries.first.map(\.family),
            secondFamilies: registries.second.map(\.family))
    }
}
