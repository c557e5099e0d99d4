import Geocoding
import Geospatial
import PovertyModel

/// Six invented desa in two kecamatan: 91 in the south, 92 in the north, three each.
///
/// ```
/// 92   3 Tamansari   4 Wanareka   5 Opo Opo
/// 91   0 Tamansari   1 Soka'an    2 Klenangkidul
/// ```
enum Fixture {
    static let names = ["Tamansari", "Soka'an", "Klenangkidul", "Tamansari", "Wanareka", "Opo Opo"]

    static let desa: [Desa] = (0..<6).map { index in
        let kecamatan = 91 + index / 3
        let serial = index % 3 + 1
        return Desa(
            code: DesaCode(number: 3_513_002_000 + kecamatan * 10_000 + serial)!,
            // The BPS scheme counts the other way round.
            bpsCode: BPSDesaCode(number: 3_513_000_000 + kecamatan * 10_000 + 4 - serial)!,
            name: names[index],
            kind: .desa,
            kecamatanName: index < 3 ? "Karangreka" : "Sumber Reka",
            otherNames: index == 1 ? ["Sokaan", "Soka Lor"] : [],
            labelPoint: point(in: index))
    }

    static let gazetteer = Gazetteer(desa)

    static let geocoder = Geocoder(
        gazetteer: gazetteer,
        // In another order than the gazetteer, as a boundary set may have it.
        polygons: desa.indices.reversed().map { ($0, square($0)) })

    static let extent = BoundingBox(west: 113, south: -8, east: 113.75, north: -7.5)

    static func square(_ index: Int) -> MultiPolygon {
        let west = 113 + 0.25 * Double(index % 3)
        let south = -8 + 0.25 * Double(index / 3)
        return MultiPolygon([
            Polygon(
                exterior: [(0.0, 0.0), (0.25, 0), (0.25, 0.25), (0, 0.25)].map {
                    Coordinate(longitude: west + $0.0, latitude: south + $0.1)
                })
        ])
    }

    static func point(in index: Int) -> Coordinate { square(index).boundingBox!.center }

    static let elsewhere = Coordinate(longitude: 112, latitude: -7)
}
