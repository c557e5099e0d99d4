/// The pages of tile sets and of the grid that they lie in.
enum HTMLTiles {
    static func sets(_ document: JSONValue) -> String {
        list(document["tilesets"]?.items ?? [])
    }

    static func grids(_ document: JSONValue) -> String {
        list(document["tileMatrixSets"]?.items ?? [])
    }

    private static func list(_ entries: [JSONValue]) -> String {
        let lines = entries.map { entry in
            let title = entry["title"]?.text ?? entry["id"]?.text ?? "WebMercatorQuad"
            let link =
                HTMLParts.link("self", of: entry)
                .map { HTMLText.link(title, to: $0.href) } ?? HTMLText.escaped(title)
            let kind = entry["dataType"]?.text == "vector" ? "petak vektor" : ""
            return "<li><h2>\(link)</h2>\(HTMLParts.paragraph(entry))<small>\(kind)</small></li>"
        }
        return "<ul class=\"koleksi\">\(lines.joined())</ul>\n"
    }

    static func set(_ document: JSONValue) -> String {
        let limits = (document["tileMatrixSetLimits"]?.items ?? []).map { limit in
            ["tileMatrix", "minTileCol", "maxTileCol", "minTileRow", "maxTileRow"].map {
                cell(limit, $0)
            }
        }
        let layers = (document["layers"]?.items ?? []).map { layer in
            [
                "<code>\(HTMLText.escaped(layer["id"]?.text ?? ""))</code>",
                HTMLText.escaped(layer["title"]?.text ?? layer["description"]?.text ?? ""),
                HTMLText.escaped(layer["geometryDimension"].map { dimension($0) } ?? ""),
            ]
        }
        let links = HTMLParts.links(document)
        return HTMLParts.paragraph(document)
            + HTMLParts.facts(
                document,
                names: [
                    ("dataType", "Jenis"), ("crs", "Sistem koordinat"),
                    ("tileMatrixSetURI", "Kisi"), ("attribution", "Sumber"),
                ])
            + HTMLParts.section(
                "Alamat petak", HTMLParts.list(links.filter { $0.rel == "item" }))
            + HTMLParts.section(
                "Lapisan",
                layers.isEmpty
                    ? ""
                    : HTMLParts.table(
                        caption: "Lapisan dalam petak", columns: ["Nama", "Isi", "Bentuk"],
                        rows: layers))
            + HTMLParts.section(
                "Batas kisi",
                limits.isEmpty
                    ? ""
                    : HTMLParts.table(
                        caption: "Petak yang ada pada tiap zum",
                        columns: [
                            "Zum", "Kolom pertama", "Kolom terakhir", "Baris pertama",
                            "Baris terakhir",
                        ], rows: limits, numeric: [1, 2, 3, 4]))
            + HTMLParts.section(
                "Tautan lain",
                HTMLParts.list(
                    links.filter { !["item", "self", "alternate"].contains($0.rel) }))
    }

    private static func cell(_ row: JSONValue, _ name: String) -> String {
        row[name].map { HTMLText.value($0, name: name) } ?? ""
    }

    private static func dimension(_ value: JSONValue) -> String {
        switch value {
        case .integer(0): "titik"
        case .integer(1): "garis"
        case .integer(2): "luasan"
        default: ""
        }
    }

    static func grid(_ document: JSONValue) -> String {
        let columns: [(String, String)] = [
            ("id", "Zum"), ("scaleDenominator", "Skala 1:"), ("cellSize", "Sel (m)"),
            ("matrixWidth", "Kolom"), ("matrixHeight", "Baris"), ("tileWidth", "Lebar petak (px)"),
        ]
        let rows = (document["tileMatrices"]?.items ?? []).map { matrix in
            columns.map { name, _ in cell(matrix, name) }
        }
        return HTMLParts.paragraph(document)
            + HTMLParts.facts(
                document,
                names: [
                    ("id", "Nama"), ("uri", "Pengenal"), ("crs", "Sistem koordinat"),
                    ("wellKnownScaleSet", "Susunan skala"),
                ])
            + HTMLParts.table(
                caption: "Tingkat zum", columns: columns.map(\.1), rows: rows,
                numeric: [1, 2, 3, 4, 5])
    }
}
