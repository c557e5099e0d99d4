internal import Geospatial
internal import PovertyModel
internal import SpatialStore
internal import VectorTiles

/// A release in the form in which it is stored.
struct ReleaseContent {
    let map: ComputedMap
    let layers: [LayerContent]
    let tiles: [FinishedTile]
    let desaDocument: PublishedBlob
    let kecamatanDocument: PublishedBlob
    let boundaryDocument: PublishedBlob

    static let releaseDocument = "rilis"

    /// Over everything shown except the release's number and time.
    func hash() throws -> String {
        var digest = SHA256Digest()
        digest.update(try ReleaseDocument(map, id: 0, publishedAt: "").json())
        digest.update(desaDocument.digest.utf8)
        digest.update(kecamatanDocument.digest.utf8)
        digest.update(boundaryDocument.digest.utf8)
        digest.update(ReleaseCollections.form.utf8)
        for layer in layers { digest.update("\(description(of: layer))".utf8) }
        for tile in tiles {
            let address = tile.address
            digest.update(
                "\(tile.layer) \(address.zoom)/\(address.column)/\(address.row) ".utf8)
            digest.update(tile.blob.digest.utf8)
        }
        return digest.finish()
    }

    func write(to writer: ReleaseWriter, releaseID: Int64, publishedAt: String) throws {
        let release = try ReleaseDocument(map, id: releaseID, publishedAt: publishedAt).json()
        try writer.addDocument(
            name: Self.releaseDocument, PublishedBlob(compressing: release))
        try writer.addDocument(name: MapLayers.desa, desaDocument)
        try writer.addDocument(name: MapLayers.kecamatan, kecamatanDocument)
        try writer.addDocument(name: BoundaryDocument.name, boundaryDocument)
        for layer in layers { try writer.addLayer(description(of: layer)) }
        for tile in tiles {
            try writer.addTile(layer: tile.layer, address: tile.address, tile.blob)
        }
        try ReleaseCollections(content: self, publishedAt: publishedAt).write(to: writer)
        try writeFigures(to: writer)
        try ReleaseResults(map: map).write(to: writer)
    }

    private func writeFigures(to writer: ReleaseWriter) throws {
        for desa in map.desa {
            let record = FiguresRecord(
                desa.figures, rule: map.rule, areaKm2: desa.boundary.areaKm2, rate: desa.rate,
                finding: desa.finding)
            try writer.addFigures(
                level: .desa, code: desa.desa.code.number, json: record.json)
        }
        for kecamatan in map.kecamatan {
            let record = FiguresRecord(
                kecamatan.figures, rule: map.rule, areaKm2: kecamatan.areaKm2,
                rate: kecamatan.rate)
            try writer.addFigures(
                level: .kecamatan, code: kecamatan.code.number, json: record.json)
        }
        let kabupaten = map.kabupaten
        let record = FiguresRecord(
            kabupaten.figures, rule: map.rule, areaKm2: kabupaten.areaKm2, rate: nil)
        try writer.addFigures(
            level: .kabupaten, code: kabupaten.code.number, json: record.json)
    }

    private func description(of layer: LayerContent) -> LayerDescription {
        let box = BoundingBox(enclosing: map.desa.compactMap(\.boundary.area.boundingBox))
        return LayerDescription(
            name: layer.name,
            title: layer.title,
            text: (map.register.isSimulated ? "DATA SIMULASI. " : "") + layer.text
                + " Batas indikatif, bukan acuan penegasan batas.",
            attribution: map.boundarySet.attribution.joined(separator: "; "),
            isSimulated: map.register.isSimulated,
            bounds: box.map { [$0.west, $0.south, $0.east, $0.north] } ?? [],
            limits: layer.shapes.limits,
            fields: layer.fields,
            shapesDigest: layer.shapes.digest)
    }
}
