public import Foundation
internal import Geocoding
internal import PovertyModel
public import RecordLinkage
internal import SocialRegistry
public import SpatialStore

/// Finds the families that two registers have in common.
public struct FamilyLinking {
    public struct Summary: Sendable {
        public let first: RegistryRelease
        public let second: RegistryRelease
        public let firstCount: Int
        public let secondCount: Int
        public let same: [LinkEvidence: Int]
        public let likely: [LinkEvidence: Int]
        public let comparedPairs: Int
        public let skippedBlocks: Int
    }

    public let database: PovertyDatabase
    public let seal: IdentitySeal
    public let progress: any StepProgress

    public init(database: PovertyDatabase, seal: IdentitySeal, progress: any StepProgress) {
        self.database = database
        self.seal = seal
        self.progress = progress
    }

    /// Links the registers with the imports `first` and `second` and stores the links.
    ///
    /// Persons that were imported for one of them (DTSEN anggota) lend it the number, birth date
    /// and sex of each head.
    public func run(first: Int64, second: Int64, now: Date = Date()) throws -> Summary {
        let before = try database.register(id: first)
        let after = try database.register(id: second)
        guard before != after else { throw PipelineError.sameRegister(id: first) }
        let gazetteer = Gazetteer(try database.gazetteer())
        progress.report("Opening \(before.fileName)", fraction: 0)
        let left = try records(of: before, gazetteer)
        progress.report("Opening \(after.fileName)", fraction: 0.3)
        let right = try records(of: after, gazetteer)
        progress.report("Linking", fraction: 0.5)
        let result = RecordLinker().link(left.map(\.record), right.map(\.record))
        progress.report("Storing the links", fraction: 0.9)
        try database.saveLinks(
            first: before, second: after, at: now.ISO8601Format(),
            result.links.map { link in
                StoredLink(
                    firstID: left[link.first].id, secondID: right[link.second].id,
                    linkClass: link.linkClass.word, means: "\(link.evidence)",
                    probability: link.probability)
            })
        progress.report("Linking", fraction: 1)
        func counts(_ linkClass: LinkClass) -> [LinkEvidence: Int] {
            Dictionary(
                grouping: result.links.filter { $0.linkClass == linkClass }, by: \.evidence
            ).mapValues(\.count)
        }
        return Summary(
            first: before, second: after, firstCount: left.count, secondCount: right.count,
            same: counts(.same), likely: counts(.likely), comparedPairs: result.comparedPairs,
            skippedBlocks: result.skippedBlocks)
    }

    private struct Head {
        let nik: UInt64?
        let birthDate: CalendarDate?
        let isWoman: Bool?
    }

    private func records(
        of register: RegistryRelease,
        _ gazetteer: Gazetteer
    ) throws -> [(id: Int64, record: LinkRecord)] {
        let heads = try heads(of: register)
        let isOfPersons = register.role == RegistryLayout.Role.personRegister.rawValue
        let stands = isOfPersons ? try database.keluargaIDs(of: register) : []
        var records: [(id: Int64, record: LinkRecord)] = []
        for imported in register.imports {
            let rows = try StoredRows(of: imported, in: database)
            try database.openRows(of: imported, seal: seal) { row in
                // Of a register of persons, the row that stands for the keluarga.
                if isOfPersons, !stands.contains(row.id) { return }
                guard let identity = rows.identity(row) else { return }
                let head = identity.familyKey.flatMap { heads[$0] }
                records.append(
                    (row.id, record(identity, head: head, gazetteer, source: register.source)))
            }
        }
        return records
    }

    private func record(
        _ identity: IdentityFields,
        head: Head?,
        _ gazetteer: Gazetteer,
        source: String
    ) -> LinkRecord {
        let match =
            gazetteer.index(code: identity.desaCode)
            ?? gazetteer.match(
                desaName: identity.desaName, kecamatanName: identity.kecamatanName
            ).onlyDesa
        func key(_ text: String?) -> LinkKey? { text.flatMap { LinkKey(seal.linkingKey(of: $0)) } }
        let nik = identity.nik ?? head?.nik
        return LinkRecord(
            headKey: key(nik.map(FamilyKey.nik)),
            cardKey: key(identity.cardNumber.map { "kk:\($0)" }),
            registerKey: identity.cardNumber == nil ? key(identity.familyKey) : nil,
            headName: identity.name,
            birthDate: identity.birthDate ?? head?.birthDate,
            isWoman: identity.isWoman ?? head?.isWoman,
            desa: match.map { gazetteer.desa[$0].code },
            address: identity.address)
    }

    /// The heads in the persons that belong to this register, by the key of the keluarga.
    private func heads(of register: RegistryRelease) throws -> [String: Head] {
        let members = try database.registryImports().filter {
            $0.role == RegistryLayout.Role.members.rawValue && $0.replacedBy == nil
                && $0.source == register.source && $0.releaseDate == register.releaseDate
        }
        var heads: [String: Head] = [:]
        for imported in members {
            let rows = try StoredRows(of: imported, in: database)
            try database.openRows(of: imported, seal: seal) { row in
                guard let identity = rows.identity(row), identity.isHead,
                    let family = identity.familyKey
                else { return }
                heads[family] = Head(
                    nik: identity.nik, birthDate: identity.birthDate, isWoman: identity.isWoman)
            }
        }
        return heads
    }
}

extension LinkClass {
    /// The word in the database and on the command line.
    public var word: String {
        switch self {
        case .same: "same"
        case .likely: "likely"
        }
    }
}
