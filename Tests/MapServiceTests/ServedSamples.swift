import Geospatial

@testable import MapService
@testable import SpatialStore

/// Invented collections for tests of the documents.
enum ServedSamples {
    static let desa = collection("desa", hasTiles: true)
    static let hotspots = collection("titik-panas")

    static func collection(
        _ id: String,
        text: String = "Angka per desa. Batas indikatif.",
        hasTiles: Bool = false,
        isAlias: Bool = false
    ) -> ServedCollection {
        let collection = FeatureCollection(
            name: id,
            title: "Koleksi \(id)",
            text: text,
            isSimulated: true,
            geometryType: .multiPolygon,
            properties: [
                .init(name: "nama_desa", type: .string, text: "Nama desa"),
                .init(name: "keluarga", type: .integer, text: "Jumlah keluarga"),
                .init(name: "luas_km2", type: .number, text: "Luas (km²)"),
                .init(name: "tepi", type: .boolean, text: "Di tepi kabupaten"),
                .init(name: "tanggal_data", type: .date, text: "Tanggal register"),
                .init(name: "dibuat", type: .timestamp, text: "Saat dibuat"),
                .init(name: "limit", type: .integer, text: "Namanya sudah dipakai standar"),
            ],
            temporalProperty: "tanggal_data",
            tileLayer: hasTiles ? id : nil,
            metadata: .init(
                licence: "CC BY 4.0",
                attribution: ["Badan Uji"],
                keywords: ["kemiskinan ekstrem"],
                lineage: "Register uji tanggal 2026-02-28",
                codeReference: "Kode wilayah Kemendagri",
                period: ["2026-02-28", "2026-02-28"],
                updated: "2026-03-01T00:00:00Z"))
        return ServedCollection(
            id: id,
            stored: StoredCollection(
                id: 1, releaseID: 1, collection: collection, featureCount: 2,
                bounds: BoundingBox(west: 113, south: -8, east: 113.5, north: -7.5)),
            isAlias: isAlias)
    }

    static func feature(_ id: Int, _ name: String) -> JSONValue {
        let west = 113 + 0.1 * Double(id)
        let ring: JSONValue = [
            [.number(west), -8], [.number(west + 0.1), -8], [.number(west + 0.1), -7.9],
            [.number(west), -7.9], [.number(west), -8],
        ]
        return [
            "type": "Feature", "id": .integer(3_513_010_000 + id),
            "geometry": ["type": "Polygon", "coordinates": [ring]],
            "properties": [
                "nama_desa": .string(name), "kode_desa": "35.13.01.2001", "keluarga": 1234,
                "luas_km2": 1234.5, "tepi": true, "p": nil,
            ],
            "links": [["rel": "self", "href": "/collections/desa/items/1", "type": "text/html"]],
        ]
    }

    static func items(_ features: [JSONValue]) -> JSONValue {
        let address = "http://localhost/collections/desa"
        func link(_ rel: String, _ href: String, _ type: String) -> JSONValue {
            ["rel": .string(rel), "href": .string(href), "type": .string(type)]
        }
        return [
            "type": "FeatureCollection", "title": "Desa", "data_simulasi": true,
            "numberMatched": 330, "numberReturned": .integer(features.count),
            "features": .array(features),
            "links": [
                link(
                    "self", "\(address)/items?filter=nama_desa%20%3D%20'A'&limit=2",
                    "application/geo+json"),
                link("alternate", "\(address)/items?f=csv", "text/csv"),
                link("next", "\(address)/items?cursor=abc", "application/geo+json"),
                link("collection", "\(address)", "application/json"),
            ],
        ]
    }
}
