public import Geospatial

/// A desa or kelurahan as the gazetteer knows it ("desa" includes kelurahan unless said).
public struct Desa: Hashable, Sendable {
    public enum Kind: String, Sendable {
        case desa
        case kelurahan
    }

    public let code: DesaCode
    public let bpsCode: BPSDesaCode
    public let name: String
    public let kind: Kind
    public let kecamatanName: String
    /// Other spellings in use; the geocoder accepts each.
    public let otherNames: [String]
    /// A point inside the unit, where its label stands.
    public let labelPoint: Coordinate
    /// Kabupaten and kota outside the own one that it borders on by land: its neighbourhood is
    /// known only in part.
    public let outerNeighbours: [String]
    /// Ten-digit codes of either scheme that it bore before.
    public let formerCodes: [Int]

    public init(
        code: DesaCode,
        bpsCode: BPSDesaCode,
        name: String,
        kind: Kind,
        kecamatanName: String,
        otherNames: [String],
        labelPoint: Coordinate,
        outerNeighbours: [String] = [],
        formerCodes: [Int] = []
    ) {
        self.code = code
        self.bpsCode = bpsCode
        self.name = name
        self.kind = kind
        self.kecamatanName = kecamatanName
        self.otherNames = otherNames
        self.labelPoint = labelPoint
        self.outerNeighbours = outerNeighbours
        self.formerCodes = formerCodes
    }
}
