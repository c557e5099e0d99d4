internal import Geospatial
internal import PovertyModel
internal import SpatialStore
internal import VectorTiles

/// The feature collections of a release: what OGC API Features shows of it.
///
/// Their properties are those of the map's layers and nothing besides, so what is withheld there is
/// withheld here.
struct ReleaseCollections {
    let content: ReleaseContent
    let publishedAt: String

    private var map: ComputedMap { content.map }

    /// Changed with the properties or shapes made here, so that a release is then written anew.
    static let form = "collections 1"

    static let kabupaten = "kabupaten"
    static let hotspots = "titik-panas"
    /// Names that an added collection may not take.
    static let names: Set<String> = [
        MapLayers.desa, MapLayers.kecamatan, kabupaten, MapLayers.density, hotspots,
    ]

    func write(to writer: ReleaseWriter) throws {
        for layer in content.layers where layer.name != MapLayers.labels {
            try write(layer, to: writer)
        }
        try writeKabupaten(to: writer)
        try writeHotspots(to: writer)
    }

    private func write(_ layer: LayerContent, to writer: ReleaseWriter) throws {
        let shapes = shapes(of: layer.name)
        let features = layer.ids.indices.lazy.map { index in
            feature(id: Int64(layer.ids[index]), values: layer.rows[index], shape: shapes(index))
        }
        try writer.addCollection(
            collection(
                layer.name, title: layer.title, text: layer.text,
                properties: properties(layer.fields, rows: layer.rows), tileLayer: layer.name),
            features: features)
    }

    private func shapes(of layer: String) -> (Int) -> NewFeature.Shape {
        switch layer {
        case MapLayers.desa:
            { .wellKnownBinary(WellKnownBinary.encode(map.desa[$0].boundary.area)) }
        case MapLayers.kecamatan:
            { .union(parts(map.kecamatan[$0].desa)) }
        default:
            { [cells = map.density.cells.filter { $0.landKm2 > 0 }] index in
                let polygon = map.density.grid.polygon(of: cells[index].cell)
                return .wellKnownBinary(WellKnownBinary.encode(MultiPolygon([polygon])))
            }
        }
    }

    private func parts(_ desa: [Int]) -> [[UInt8]] {
        desa.map { WellKnownBinary.encode(map.desa[$0].boundary.area) }
    }

    private func writeKabupaten(to writer: ReleaseWriter) throws {
        let columns = MapLayers.kabupatenProperties
        let values = columns.map { $0.value(map.kabupaten) }
        try writer.addCollection(
            collection(
                Self.kabupaten, title: "Kabupaten",
                text: "Keluarga, desil dan miskin ekstrem sekabupaten. Bukan angka BPS.",
                properties: properties(columns.map(\.field), rows: [values])),
            features: CollectionOfOne(
                feature(
                    id: Int64(map.kabupaten.code.number),
                    values: values,
                    shape: .union(parts(Array(map.desa.indices))))))
    }

    private func writeHotspots(to writer: ReleaseWriter) throws {
        let columns = MapLayers.hotspotProperties
        let clusters = map.hotspots?.clusters ?? []
        let rows = clusters.enumerated().map { number, cluster in
            let group = HotspotGroup(
                number: number + 1, isHot: cluster.isHot, pValue: cluster.pValue,
                desa: cluster.members.map { map.desa[$0] })
            return columns.map { $0.value(group) }
        }
        try writer.addCollection(
            collection(
                Self.hotspots, title: "Titik panas dan dingin",
                text: "Kelompok desa bertetangga yang proporsi miskin ekstremnya tinggi, atau "
                    + "rendah, diuji terhadap seluruh peta (tingkat salah family-wise); penyebut: "
                    + "seluruh keluarga dalam register.",
                properties: properties(columns.map(\.field), rows: rows)),
            features: clusters.indices.map { number in
                feature(
                    id: Int64(number + 1), values: rows[number],
                    shape: .union(parts(clusters[number].members)))
            })
    }

    /// A number that is whole in every feature is published as an integer.
    private func properties(
        _ fields: [LayerDescription.Field],
        rows: [[TileValue]]
    ) -> [FeatureCollection.Property] {
        fields.enumerated().map { column, field in
            let values = rows.lazy.map { $0[column] }.filter { $0 != .null }
            let isWhole =
                !values.isEmpty && values.allSatisfy { if case .int = $0 { true } else { false } }
            let type: FeatureCollection.PropertyType =
                switch field.type {
                case "Number": isWhole ? .integer : .number
                case "Boolean": .boolean
                default: .string
                }
            return FeatureCollection.Property(name: field.name, type: type, text: field.text)
        }
    }

    private func feature(id: Int64, values: [TileValue], shape: NewFeature.Shape) -> NewFeature {
        NewFeature(
            id: id,
            values: values.map(FeatureValue.init) + [.text(map.register.releaseDate.iso)],
            shape: shape)
    }

    /// The day of the register stands in every feature: it is what `datetime` asks for.
    private static let day = FeatureCollection.Property(
        name: "tanggal_data", type: .date, text: "Tanggal register")

    private func collection(
        _ name: String,
        title: String,
        text: String,
        properties: [FeatureCollection.Property],
        tileLayer: String? = nil
    ) -> FeatureCollection {
        let register = map.register
        return FeatureCollection(
            name: name,
            title: title,
            text: (register.isSimulated ? "DATA SIMULASI. " : "") + text
                + " Batas indikatif, bukan acuan penegasan batas.",
            isSimulated: register.isSimulated,
            geometryType: .multiPolygon,
            properties: properties + [Self.day],
            temporalProperty: Self.day.name,
            tileLayer: tileLayer,
            metadata: FeatureCollection.Metadata(
                licence: map.boundarySet.licence,
                attribution: map.boundarySet.attribution,
                keywords: ["kemiskinan ekstrem", "desil", "keluarga", title.lowercased()],
                lineage: "Register \(register.source) tanggal \(register.releaseDate.iso), "
                    + "keluarga ditempatkan pada batas \(map.boundarySet.name) "
                    + "(\(map.boundarySet.date.iso)); kriteria \(map.rule.name). "
                    + "Jumlah 1-4 ditutup.",
                codeReference: "Kode wilayah Kemendagri; kode BPS 2020",
                period: [register.releaseDate.iso, register.releaseDate.iso],
                updated: publishedAt))
    }
}

/// A group of desa that is hot or cold together.
struct HotspotGroup {
    let number: Int
    let isHot: Bool
    let pValue: Double
    let desa: [DesaIndicator]
}

extension FeatureValue {
    init(_ value: TileValue) {
        switch value {
        case .string(let text): self = .text(text)
        case .int(let number): self = .integer(Int64(number))
        case .double(let number): self = .real(number)
        case .bool(let flag): self = .bool(flag)
        case .null: self = .null
        }
    }
}
