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
///
/// Where an earlier release drew the same shapes, theirs are taken: a release that changes figures
/// only is made in a fraction of the time.
struct MapPyramid {
    let map: ComputedMap
    let settings: PyramidSettings
    /// A layer of an earlier release by its name and the digest of its shapes.
    let published: @Sendable (_ name: String, _ shapesDigest: String) throws -> PublishedLayer?

    /// The layers, desa and kecamatan cut from one set of borders.
    func layers() throws -> [LayerContent] {
        let rule = "Kriteria: \(map.rule.name), berlaku sejak \(map.rule.inForceSince.iso)."
        let cells = map.density.cells.filter { $0.landKm2 > 0 }
        let labels = labels()
        let shapes = try shapes(cells, labels)
        return [
            LayerContent(
                name: MapLayers.desa,
                title: "Desa dan kelurahan",
                text: "Keluarga, desil, miskin ekstrem dan titik panas per desa. \(rule) "
                    + "Bukan angka BPS.",
                shapes: shapes.desa,
                ids: desaIDs,
                features: map.desa,
                properties: MapLayers.desaProperties(map)),
            LayerContent(
                name: MapLayers.kecamatan,
                title: "Kecamatan",
                text: "Keluarga, desil dan miskin ekstrem per kecamatan. \(rule) Bukan angka BPS.",
                shapes: shapes.kecamatan,
                ids: kecamatanIDs,
                features: map.kecamatan,
                properties: MapLayers.kecamatanProperties(map.desa)),
            LayerContent(
                name: MapLayers.density,
                title: "Kepadatan keluarga",
                text: "Segi enam \(Int(map.density.grid.widthMetres)) m (UTM 49S). Keluarga tanpa "
                    + "titik rumah disebar menurut luas dalam desanya. \(rule)",
                shapes: shapes.cells,
                ids: cells.map { UInt64($0.cell.id) },
                features: cells,
                properties: MapLayers.densityProperties(map)),
            LayerContent(
                name: MapLayers.labels,
                title: "Nama tempat",
                text: "Titik di dalam desa dan kecamatan untuk namanya.",
                shapes: shapes.labels,
                ids: labels.map { UInt64($0.id) },
                features: labels,
                properties: MapLayers.labelProperties),
        ]
    }

    private var desaIDs: [UInt64] { map.desa.map { UInt64($0.desa.code.number) } }
    private var kecamatanIDs: [UInt64] { map.kecamatan.map { UInt64($0.code.number) } }

    /// The shapes of the four layers, those that an earlier release has from there.
    private func shapes(
        _ cells: [DensityCell],
        _ labels: [MapLayers.Label]
    ) throws -> (
        desa: LayerShapes, kecamatan: LayerShapes, cells: LayerShapes, labels: LayerShapes
    ) {
        let areas = map.desa.map(\.boundary.area)
        var groups = Array(repeating: 0, count: areas.count)
        for (number, kecamatan) in map.kecamatan.enumerated() {
            for desa in kecamatan.desa { groups[desa] = number }
        }
        let grid = map.density.grid
        let points = labels.map(\.point)
        let (cellIDs, labelIDs) = (cells.map { UInt64($0.cell.id) }, labels.map { UInt64($0.id) })
        let desa = LayerShapes.digest(of: areas, ids: desaIDs, settings: settings)
        let wanted: [(name: String, digest: String, ids: [UInt64])] = [
            (MapLayers.desa, desa, desaIDs),
            (
                MapLayers.kecamatan,
                LayerShapes.digest(of: desa, groups: groups, ids: kecamatanIDs), kecamatanIDs
            ),
            (
                MapLayers.density,
                LayerShapes.digest(
                    ofHexagons: grid.widthMetres, ids: cellIDs, settings: settings), cellIDs
            ),
            (
                MapLayers.labels,
                LayerShapes.digest(of: points, ids: labelIDs, settings: settings), labelIDs
            ),
        ]
        let published = published
        let earlier = try ParallelTiles.map(count: wanted.count) { index -> LayerShapes? in
            let (name, digest, ids) = wanted[index]
            return try published(name, digest).flatMap {
                LayerShapes($0, digest: digest, ids: ids)
            }
        }
        func drawn(_ geometry: LayerGeometry, _ layer: Int) -> LayerShapes {
            LayerShapes(geometry, digest: wanted[layer].digest)
        }
        func cover(_ areas: [MultiPolygon]) -> SimplifiedCoverage {
            SimplifiedCoverage(CoverageTopology(areas), settings: settings)
        }
        let both: (desa: LayerShapes, kecamatan: LayerShapes)
        // One set of borders: when one is drawn anew, the other is not taken from elsewhere.
        if let earlierDesa = earlier[0], let earlierKecamatan = earlier[1] {
            both = (earlierDesa, earlierKecamatan)
        } else {
            let coverage = cover(areas)
            both = (
                drawn(LayerGeometry(coverage), 0),
                drawn(LayerGeometry(coverage, dissolvedBy: groups), 1)
            )
        }
        return (
            both.desa, both.kecamatan,
            earlier[2]
                ?? drawn(
                    LayerGeometry(cover(cells.map { MultiPolygon([grid.polygon(of: $0.cell)]) })),
                    2),
            earlier[3] ?? drawn(LayerGeometry(points: points, settings: settings), 3)
        )
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

    /// Encodes and compresses every tile of `layers` on all cores, in the order of layers and tiles.
    static func encode(
        _ layers: [LayerContent],
        isSimulated: Bool
    ) throws -> [FinishedTile] {
        let attributes = ParallelTiles.map(count: layers.count) {
            layers[$0].attributes(isSimulated: isSimulated)
        }
        let tiles = layers.indices.flatMap { layer in
            (0..<layers[layer].shapes.stepCount).map { (layer: layer, tile: $0) }
        }
        return try ParallelTiles.map(count: tiles.count) { index throws(Gzip.Failure) in
            let (layer, tile) = tiles[index]
            return try encode(tile, of: layers[layer], attributes[layer])
        }.flatMap(\.self)
    }

    private static func encode(
        _ tile: Int,
        of layer: LayerContent,
        _ attributes: LayerAttributes
    ) throws(Gzip.Failure) -> [FinishedTile] {
        switch layer.shapes.source {
        case .drawn(let geometry):
            let tile = TileEncoder.encode(
                geometry.tiles[tile], geometry: geometry, attributes: attributes)
            return try [(TileFormat.geoJSON, tile.geoJSON), (.mvt, tile.mvt)].map {
                format, bytes throws(Gzip.Failure) in
                FinishedTile(
                    layer: layer.name,
                    address: TileAddress(tile.tile, format),
                    blob: try PublishedBlob(compressing: bytes, level: format.thoroughLevel))
            }
        case .published(let tiles):
            let earlier = tiles[tile]
            let bytes = TileEncoder.encode(earlier.shapes, attributes: attributes)
            let digest = ContentDigest.of(bytes)
            let blob =
                digest == earlier.blob.digest
                ? earlier.blob
                : PublishedBlob(
                    digest: digest,
                    gzip: try Gzip.compress(bytes, level: TileFormat.updateLevel))
            return [FinishedTile(layer: layer.name, address: earlier.address, blob: blob)]
        }
    }
}

extension TileFormat {
    /// How hard tiles that are drawn anew are compressed: what makes them smaller at the price of
    /// zlib's highest level.
    var thoroughLevel: Int {
        switch self {
        case .geoJSON: Gzip.thorough
        case .mvt: 10
        }
    }

    /// Where only figures change; still fewer bytes than zlib's highest level.
    static let updateLevel = 6
}

extension TileAddress {
    init(_ tile: TileCoordinate, _ format: TileFormat) {
        self.init(zoom: tile.zoom, column: tile.column, row: tile.row, format: format)
    }
}

extension PublishedBlob {
    init(compressing bytes: [UInt8], level: Int = Gzip.thorough) throws(Gzip.Failure) {
        self.init(
            digest: ContentDigest.of(bytes), gzip: try Gzip.compress(bytes, level: level))
    }
}
