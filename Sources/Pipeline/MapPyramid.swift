internal import Compression
internal import Geospatial
internal import PovertyModel
internal import SpatialStore
internal import VectorTiles

/// A tile ready to be stored.
struct FinishedTile: Sendable {
    let layer: String
    let address: TileAddress
    let blob: PublishedBlob
}

/// Builds the layers of a map and encodes all their tiles.
struct MapPyramid {
    let map: ComputedMap
    let settings: PyramidSettings

    /// The layers, desa and kecamatan cut from one set of borders.
    func layers() -> [LayerContent] {
        let coverage = SimplifiedCoverage(
            CoverageTopology(map.desa.map(\.boundary.area)), settings: settings)
        var group = Array(repeating: 0, count: map.desa.count)
        for (number, kecamatan) in map.kecamatan.enumerated() {
            for desa in kecamatan.desa { group[desa] = number }
        }
        let cells = map.density.cells.filter { $0.landKm2 > 0 }
        let hexagons = SimplifiedCoverage(
            CoverageTopology(
                cells.map { MultiPolygon([map.density.grid.polygon(of: $0.cell)]) }),
            settings: settings)
        let labels = labels()
        let rule = "Kriteria: \(map.rule.name), berlaku sejak \(map.rule.inForceSince.iso)."
        return [
            LayerContent(
                name: MapLayers.desa,
                title: "Desa dan kelurahan",
                text: "Keluarga, desil, miskin ekstrem dan titik panas per desa. \(rule) "
                    + "Bukan angka BPS.",
                geometry: LayerGeometry(coverage),
                features: map.desa,
                id: \.desa.code.number,
                properties: MapLayers.desaProperties(map)),
            LayerContent(
                name: MapLayers.kecamatan,
                title: "Kecamatan",
                text: "Keluarga, desil dan miskin ekstrem per kecamatan. \(rule) Bukan angka BPS.",
                geometry: LayerGeometry(coverage, dissolvedBy: group),
                features: map.kecamatan,
                id: \.code.number,
                properties: MapLayers.kecamatanProperties(map.desa)),
            LayerContent(
                name: MapLayers.density,
                title: "Kepadatan keluarga",
                text: "Segi enam \(Int(map.density.grid.widthMetres)) m (UTM 49S). Keluarga tanpa "
                    + "titik rumah disebar menurut luas dalam desanya. \(rule)",
                geometry: LayerGeometry(hexagons),
                features: cells,
                id: \.cell.id,
                properties: MapLayers.densityProperties(map)),
            LayerContent(
                name: MapLayers.labels,
                title: "Nama tempat",
                text: "Titik di dalam desa dan kecamatan untuk namanya.",
                geometry: LayerGeometry(points: labels.map(\.point), settings: settings),
                features: labels,
                id: \.id,
                properties: MapLayers.labelProperties),
        ]
    }

    /// Kecamatan first, then desa, larger ones first.
    private func labels() -> [MapLayers.Label] {
        let kecamatan = map.kecamatan.compactMap { kecamatan -> MapLayers.Label? in
            guard let point = labelPoint(of: kecamatan) else { return nil }
            return MapLayers.Label(
                id: kecamatan.code.number, code: kecamatan.code.dotted, name: kecamatan.name,
                kind: "kecamatan", rank: 1, point: point)
        }
        let bySize = map.desa.sorted { $0.boundary.areaKm2 > $1.boundary.areaKm2 }
        return kecamatan
            + bySize.enumerated().map { rank, desa in
                MapLayers.Label(
                    id: desa.desa.code.number, code: desa.desa.code.dotted, name: desa.desa.name,
                    kind: "desa", rank: 2 + rank, point: desa.desa.labelPoint)
            }
    }

    /// The label point of the member nearest to the middle of all members, by area.
    private func labelPoint(of kecamatan: KecamatanIndicator) -> Coordinate? {
        var longitude = 0.0
        var latitude = 0.0
        for member in kecamatan.desa {
            let weight = map.desa[member].boundary.areaKm2 / kecamatan.areaKm2
            longitude += weight * map.desa[member].desa.labelPoint.longitude
            latitude += weight * map.desa[member].desa.labelPoint.latitude
        }
        return kecamatan.desa.map { map.desa[$0].desa.labelPoint }.min { first, second in
            func distance(_ point: Coordinate) -> Double {
                let (x, y) = (point.longitude - longitude, point.latitude - latitude)
                return x * x + y * y
            }
            return distance(first) < distance(second)
        }
    }

    /// Encodes and compresses every tile of `layer` on all cores, in the order of its tiles.
    static func encode(
        _ layer: LayerContent,
        isSimulated: Bool
    ) throws -> [FinishedTile] {
        let attributes = layer.attributes(isSimulated: isSimulated)
        let (name, geometry) = (layer.name, layer.geometry)
        let tiles = geometry.tiles
        return try ParallelTiles.map(count: tiles.count) { index throws(Gzip.Failure) in
            let tile = TileEncoder.encode(
                tiles[index], geometry: geometry, attributes: attributes)
            return [
                try finished(tile.geoJSON, tile.tile, .geoJSON, layer: name),
                try finished(tile.mvt, tile.tile, .mvt, layer: name),
            ]
        }.flatMap(\.self)
    }

    private static func finished(
        _ bytes: [UInt8],
        _ tile: TileCoordinate,
        _ format: TileFormat,
        layer: String
    ) throws(Gzip.Failure) -> FinishedTile {
        FinishedTile(
            layer: layer,
            address: TileAddress(
                zoom: tile.zoom, column: tile.column, row: tile.row, format: format),
            blob: try PublishedBlob(compressing: bytes))
    }
}

extension PublishedBlob {
    init(compressing bytes: [UInt8]) throws(Gzip.Failure) {
        self.init(
            digest: String(SHA256Digest.of(bytes).prefix(32)), gzip: try Gzip.compress(bytes))
    }
}
