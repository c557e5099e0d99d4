public import Geospatial
public import PovertyModel

/// Square desa of invented kecamatan, row by row from the south-west; neighbours share vertices.
///
/// ```
/// rows - 1   . . . .
///        0   0 1 2 .   <- column 0, 1, 2
/// ```
public struct Lattice: Sendable {
    public let columns: Int
    public let rows: Int
    public let sideDegrees: Double
    public let origin: Coordinate
    public let desa: [Desa]
    /// The polygon of each desa.
    public let areas: [MultiPolygon]

    /// So many rows as `rowsPerKecamatan` form a kecamatan, numbered from 91 upwards.
    public init(
        columns: Int,
        rows: Int,
        rowsPerKecamatan: Int = 4,
        origin: Coordinate = Coordinate(longitude: 113.25, latitude: -8),
        sideDegrees: Double = 1.0 / 64
    ) {
        precondition(
            rows <= 9 * rowsPerKecamatan && columns * rowsPerKecamatan <= 999,
            "\(columns) x \(rows) desa do not fit into 9 kecamatan of 999")
        self.columns = columns
        self.rows = rows
        self.origin = origin
        self.sideDegrees = sideDegrees
        func corner(_ column: Int, _ row: Int) -> Coordinate {
            Coordinate(
                longitude: origin.longitude + Double(column) * sideDegrees,
                latitude: origin.latitude + Double(row) * sideDegrees)
        }
        var desa: [Desa] = []
        var areas: [MultiPolygon] = []
        for row in 0..<rows {
            for column in 0..<columns {
                let kecamatan = 91 + row / rowsPerKecamatan
                let serial = row % rowsPerKecamatan * columns + column + 1
                guard let code = DesaCode(number: 3_513_002_000 + kecamatan * 10_000 + serial),
                    let bpsCode = BPSDesaCode(number: 3_513_000_000 + kecamatan * 10_000 + serial)
                else { preconditionFailure("no code for desa \(serial) of \(kecamatan)") }
                let southWest = corner(column, row)
                let northEast = corner(column + 1, row + 1)
                desa.append(
                    Desa(
                        code: code,
                        bpsCode: bpsCode,
                        name: "Rekaan \(kecamatan) \(serial)",
                        kind: .desa,
                        kecamatanName: "Karangreka \(kecamatan)",
                        otherNames: [],
                        labelPoint: Coordinate(
                            longitude: (southWest.longitude + northEast.longitude) / 2,
                            latitude: (southWest.latitude + northEast.latitude) / 2)))
                areas.append(
                    MultiPolygon([
                        Polygon(exterior: [
                            southWest, corner(column + 1, row), northEast, corner(column, row + 1),
                        ])
                    ]))
            }
        }
        self.desa = desa
        self.areas = areas
    }

    public func index(column: Int, row: Int) -> Int { row * columns + column }
}
