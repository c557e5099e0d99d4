public import PovertyModel

/// The desa of the kabupaten, found by code or by name.
public struct Gazetteer: Sendable {
    /// In the order that indices of the geocoder refer to.
    public let desa: [Desa]

    private let byKemendagri: [Int: Int]
    private let byBPS: [Int: Int]
    private let byName: [String: [Int]]
    private let kecamatanKeys: Set<String>
    private let kecamatanKey: [String]

    public init(_ desa: [Desa]) {
        self.desa = desa
        var byKemendagri: [Int: Int] = [:]
        var byBPS: [Int: Int] = [:]
        var byName: [String: [Int]] = [:]
        for (index, unit) in desa.enumerated() {
            byKemendagri[unit.code.number] = index
            byBPS[unit.bpsCode.number] = index
            for key in Set(([unit.name] + unit.otherNames).map(NameNormalization.key)) {
                byName[key, default: []].append(index)
            }
        }
        self.byKemendagri = byKemendagri
        self.byBPS = byBPS
        self.byName = byName
        kecamatanKey = desa.map { NameNormalization.key(of: $0.kecamatanName) }
        kecamatanKeys = Set(kecamatanKey)
    }

    /// The desa with a code of the Kemendagri or the BPS scheme, dotted or not.
    ///
    /// The seventh digit tells the schemes apart: 1 or 2 is Kemendagri, 0 is BPS.
    public func index(code text: String) -> Int? {
        if let code = DesaCode(text) { return byKemendagri[code.number] }
        return BPSDesaCode(text).flatMap { byBPS[$0.number] }
    }

    /// What the names of a desa and its kecamatan lead to.
    public func candidates(desaName: String, kecamatanName: String) -> NameCandidates {
        let named = byName[NameNormalization.key(of: desaName)] ?? []
        let kecamatan = NameNormalization.key(of: kecamatanName)
        guard kecamatanKeys.contains(kecamatan) else {
            return NameCandidates(indices: named, agreesWithKecamatan: false)
        }
        let inside = named.filter { kecamatanKey[$0] == kecamatan }
        return inside.isEmpty
            ? NameCandidates(indices: named, agreesWithKecamatan: false)
            : NameCandidates(indices: inside, agreesWithKecamatan: true)
    }

    /// Whether the desa `index` lies in the kecamatan of that name; nil when it names none.
    public func isDesa(_ index: Int, inKecamatan name: String) -> Bool? {
        let key = NameNormalization.key(of: name)
        return kecamatanKeys.contains(key) ? kecamatanKey[index] == key : nil
    }
}

/// The desa that bear a name.
public struct NameCandidates: Hashable, Sendable {
    public let indices: [Int]
    /// They were sought, and found, in the kecamatan that the row names.
    public let agreesWithKecamatan: Bool

    /// The desa, when there is exactly one.
    public var unique: Int? { indices.count == 1 ? indices[0] : nil }
}
