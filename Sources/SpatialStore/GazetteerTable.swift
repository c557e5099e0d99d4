internal import GRDB
internal import Geospatial
public import PovertyModel

extension PovertyDatabase {
    /// Adds desa, or replaces those with the same code.
    public func saveGazetteer(_ units: [Desa]) throws {
        try write { db in
            let statement = try db.makeStatement(
                sql: """
                    INSERT INTO desa VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (code) DO UPDATE SET
                        bps_code = excluded.bps_code, name = excluded.name,
                        kind = excluded.kind, kecamatan_name = excluded.kecamatan_name,
                        other_names = excluded.other_names,
                        label_longitude = excluded.label_longitude,
                        label_latitude = excluded.label_latitude,
                        outer_neighbours = excluded.outer_neighbours,
                        former_codes = excluded.former_codes
                    """)
            for desa in units {
                try statement.execute(arguments: [
                    desa.code.number, desa.bpsCode.number, desa.name, desa.kind.rawValue,
                    desa.kecamatanName, desa.otherNames.joined(separator: "|"),
                    desa.labelPoint.longitude, desa.labelPoint.latitude,
                    desa.outerNeighbours.joined(separator: "|"),
                    desa.formerCodes.map(String.init).joined(separator: "|"),
                ])
            }
        }
    }

    /// All desa, by code.
    public func gazetteer() throws -> [Desa] {
        try read { db in
            try DesaRow.fetchAll(db, sql: "SELECT * FROM desa ORDER BY code")
                .compactMap(\.desa)
        }
    }
}

private struct DesaRow: Decodable, FetchableRecord {
    var code: Int
    var bps_code: Int
    var name: String
    var kind: String
    var kecamatan_name: String
    var other_names: String
    var label_longitude: Double
    var label_latitude: Double
    var outer_neighbours: String
    var former_codes: String

    var desa: Desa? {
        guard let code = DesaCode(number: code), let bpsCode = BPSDesaCode(number: bps_code),
            let kind = Desa.Kind(rawValue: kind)
        else { return nil }
        return Desa(
            code: code,
            bpsCode: bpsCode,
            name: name,
            kind: kind,
            kecamatanName: kecamatan_name,
            otherNames: other_names.split(separator: "|").map(String.init),
            labelPoint: Coordinate(longitude: label_longitude, latitude: label_latitude),
            outerNeighbours: outer_neighbours.split(separator: "|").map(String.init),
            formerCodes: former_codes.split(separator: "|").compactMap { Int($0) })
    }
}
