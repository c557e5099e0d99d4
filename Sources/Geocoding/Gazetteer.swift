public import PovertyModel

/// The desa of the kabupaten, found by code or by name.
public struct Gazetteer: Sendable {
    /// In the order that indices of the geocoder refer to.
    public let desa: [Desa]

    private let byKemendagri: [Int: Int]
    private let byBPS: [Int: Int]
    /// Codes that a desa bore before, of either scheme.
    private let byFormerCode: [Int: Int]
    private let names: NameIndex
    private let desaOfKecamatan: [String: [Int]]

    public init(_ desa: [Desa]) {
        self.desa = desa
        var byKemendagri: [Int: Int] = [:]
        var byBPS: [Int: Int] = [:]
        var byFormerCode: [Int: Int] = [:]
        for (index, unit) in desa.enumerated() {
            byKemendagri[unit.code.number] = index
            byBPS[unit.bpsCode.number] = index
            for code in unit.formerCodes { byFormerCode[code] = index }
        }
        self.byKemendagri = byKemendagri
        self.byBPS = byBPS
        self.byFormerCode = byFormerCode
        names = NameIndex(desa)
        desaOfKecamatan = Dictionary(grouping: desa.indices) {
            NameNormalization.key(of: desa[$0].kecamatanName)
        }
    }

    /// The desa with a code of the Kemendagri or the BPS scheme, dotted or not, or a former code.
    ///
    /// The seventh digit tells the schemes apart: 1 or 2 is Kemendagri, 0 is BPS.
    public func index(code text: some StringProtocol) -> Int? {
        if let code = DesaCode(text) {
            return byKemendagri[code.number] ?? byFormerCode[code.number]
        }
        return BPSDesaCode(text).flatMap { byBPS[$0.number] ?? byFormerCode[$0.number] }
    }

    /// What the names of a desa and its kecamatan lead to.
    public func match(desaName: String, kecamatanName: String) -> NameMatch {
        names.match(desaName: desaName, kecamatanName: kecamatanName)
    }

    /// The same for the bytes of two cells, which need no text of their own.
    func match(
        desa: UnsafeBufferPointer<UInt8>,
        kecamatan: UnsafeBufferPointer<UInt8>
    ) -> NameMatch {
        names.match(desa: desa, kecamatan: kecamatan)
    }

    /// The desa of the kecamatan of that name, its spelling apart; none when there is no such.
    func desa(ofKecamatan name: String) -> [Int] {
        desaOfKecamatan[NameNormalization.key(of: name)] ?? []
    }
}
