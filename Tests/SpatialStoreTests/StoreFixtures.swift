import Foundation
import Geospatial
import PovertyModel
import SpatialStore

/// A database in a folder of its own, removed when the test is over.
final class TemporaryDatabase {
    let folder: URL
    let database: PovertyDatabase

    var path: String { database.path }

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("peta-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        database = try PovertyDatabase.createOrOpen(
            at: folder.appendingPathComponent("peta.sqlite").path)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func key(_ name: String = "key") throws -> IdentityKey {
        try IdentityKey.createIfMissing(file: folder.appendingPathComponent(name))
    }
}

enum Made {
    /// Four unit squares (of 0.01 degrees) in a row, desa 35.13.01.2001 to 2004.
    static let desa = (1...4).map { number in
        Desa(
            code: DesaCode(number: 3_513_012_000 + number)!,
            bpsCode: BPSDesaCode(number: 3_513_010_000 + number)!,
            name: "Desa \(number)",
            kind: .desa,
            kecamatanName: "Uji",
            otherNames: number == 2 ? ["Dua", "Loro"] : [],
            labelPoint: Coordinate(longitude: 113 + 0.01 * Double(number), latitude: -7.995),
            outerNeighbours: number == 1 ? ["Lumajang"] : [])
    }

    static let boundaries = desa.enumerated().map { index, unit in
        let west = 113 + 0.01 * Double(index)
        let area = MultiPolygon([
            Polygon(exterior: [
                Coordinate(longitude: west, latitude: -8),
                Coordinate(longitude: west + 0.01, latitude: -8),
                Coordinate(longitude: west + 0.01, latitude: -7.99),
                Coordinate(longitude: west, latitude: -7.99),
            ])
        ])
        return DesaBoundary(desa: unit.code, areaKm2: EqualArea.areaKm2(area), area: area)
    }

    static func boundarySet(_ name: String) -> BoundarySet {
        BoundarySet(
            name: name, date: CalendarDate("2026-01-01")!, source: "uji", licence: "CC0",
            attribution: ["satu", "dua"])
    }

    static let file = RegistryFileDescription(
        layout: "dtsen-keluarga", source: "DTSEN", role: "register", fileName: "uji.csv",
        releaseDate: CalendarDate("2026-02-28")!,
        sheets: [RegistrySheet(name: "", columns: ["a"], fields: [:])], delimiter: ";",
        keepsSpecific: false)

    static let place = StoredPlaceText(
        code: "3513012001", desaName: "Desa 1", kecamatanName: "Uji")
}
