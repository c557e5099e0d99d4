/// The pages of the documents that lead to the data.
enum HTMLDocuments {
    static func landing(_ document: JSONValue) -> String {
        let find = { (rel: String) in HTMLParts.link(rel, of: document)?.href }
        // No registered relation leads to a catalogue: it is known by its address.
        let catalogue = HTMLParts.links(document).first {
            $0.href.prefix { $0 != "?" }.hasSuffix("/catalog")
        }
        let main: [(String, String?)] = [
            ("Buka peta", "./"), ("Koleksi data", find("data")), ("Katalog", catalogue?.href),
            ("Antarmuka", find("service-doc")),
        ]
        let buttons = main.compactMap { title, href in
            href.map { HTMLText.link(title, to: $0) }
        }
        // The old and the new name of a relation lead to the same place.
        var shown: Set<String> = []
        return HTMLParts.paragraph(document) + """
            <p class="isi">Di sini data peta dapat dibaca, disaring dan diunduh: wilayah, angka \
            kemiskinan ekstrem per desa dan kecamatan, kepadatan, serta titik panas. Program \
            memakai alamat yang sama dan mendapat JSON.</p>
            <nav class="utama" aria-label="Halaman utama">\(buttons.joined())</nav>

            """
            + (find("data").map(files) ?? "")
            + HTMLParts.facts(document, names: [("attribution", "Sumber")])
            + HTMLParts.section(
                "Semua tautan",
                HTMLParts.list(
                    HTMLParts.links(document).filter { link in
                        link.rel != "self" && link.rel != "alternate"
                            && shown.insert(link.href).inserted
                    }))
    }

    /// How planners and people with a GIS get at the data; `collections` is the address of the list.
    private static func files(_ collections: String) -> String {
        let address = HTMLText.escaped(
            collections.hasSuffix("/collections")
                ? String(collections.dropLast("/collections".count)) : collections)
        return HTMLParts.section(
            "Unduh, atau buka di QGIS",
            """
            <p class="isi">Setiap koleksi diunduh utuh sebagai CSV, GeoPackage atau FlatGeobuf di \
            halaman fiturnya.</p>
            <p class="isi">Di QGIS 3.22 atau lebih baru: <i>Layer → Add Layer → Add WFS / OGC API – \
            Features Layer → New</i>, alamat <code>\(address)/</code>, versi <i>OGC API – \
            Features</i>. Untuk ubin: <i>Add Vector Tile Layer → New Generic Connection</i>, alamat \
            <code>\(address)/tiles/desa/{z}/{x}/{y}.mvt</code>, zum 6 sampai 14.</p>

            """)
    }

    static func conformance(_ document: JSONValue) -> String {
        let classes = document["conformsTo"]?.items.compactMap(\.text) ?? []
        let lines = classes.map { "<li><code>\(HTMLText.escaped($0))</code></li>" }
        return """
            <p class="isi">Bagian standar OGC yang dipenuhi layanan ini: \
            \(HTMLText.number(classes.count)) kelas.</p>
            <ul class="tautan">\(lines.joined())</ul>

            """
    }

    static func collections(_ document: JSONValue) -> String {
        let collections = document["collections"]?.items ?? []
        let lines = collections.map { collection in
            let id = collection["id"]?.text ?? ""
            let href = HTMLParts.link("self", of: collection)?.href ?? "collections/\(id)"
            let title = HTMLText.link(collection["title"]?.text ?? id, to: href)
            let mark = HTMLParts.isSimulated(collection) ? " <small>DATA SIMULASI</small>" : ""
            return """
                <li><h2>\(title)\(mark)</h2><code>\(HTMLText.escaped(id))</code>\
                \(HTMLParts.paragraph(collection))</li>
                """
        }
        return "<ul class=\"koleksi\">\(lines.joined())</ul>\n"
    }

    static func collection(_ document: JSONValue) -> String {
        let items = HTMLParts.links(document).filter { $0.rel == "items" }
        let page = items.first { $0.type.hasPrefix("text/html") } ?? items.first
        let others: [(String, String)] = [
            ("queryables", "Sifat"), ("describedby", "Keterangan data"),
            ("tilesets-vector", "Petak"),
        ]
        var buttons = page.map { [HTMLText.link("Lihat fitur", to: $0.href)] } ?? []
        buttons += others.compactMap { rel, title in
            HTMLParts.link(rel, of: document).map { HTMLText.link(title, to: $0.href) }
        }
        let files =
            items.filter { !$0.type.hasPrefix("text/html") }
            + HTMLParts.links(document).filter { $0.rel == "enclosure" }
        return HTMLParts.paragraph(document)
            + "<nav class=\"utama\" aria-label=\"Isi koleksi\">\(buttons.joined())</nav>\n"
            + HTMLParts.section("Unduh", HTMLParts.list(files))
            + HTMLParts.section(
                "Keterangan",
                HTMLParts.facts(
                    document,
                    names: [
                        ("id", "Nama dalam alamat"), ("attribution", "Sumber"),
                        ("license", "Lisensi"), ("keywords", "Kata kunci"),
                        ("updated", "Diperbarui"), ("extent", "Cakupan"),
                        ("crs", "Sistem koordinat"),
                        ("storageCrs", "Sistem koordinat simpanan"),
                    ]))
    }

    static func queryables(_ document: JSONValue) -> String {
        let rows = (document["properties"]?.members ?? []).map { property in
            let schema = property.value
            let type = [schema["type"]?.text, schema["format"]?.text].compactMap { $0 }
                .joined(separator: ", ")
            let words = [schema["title"]?.text, schema["description"]?.text].compactMap { $0 }
            return [
                "<code>\(HTMLText.escaped(property.name))</code>", HTMLText.escaped(kind(type)),
                words.map(HTMLText.escaped).joined(separator: ". "),
            ]
        }
        return """
            <p class="isi">Nama yang boleh dipakai dalam saringan CQL2, misalnya \
            <code>luas_km2 &gt; 5</code>, atau langsung sebagai parameter alamat.</p>

            """
                + HTMLParts.table(
                    caption: "Sifat dan artinya", columns: ["Nama", "Jenis", "Arti"], rows: rows)
    }

    private static func kind(_ type: String) -> String {
        switch type {
        case "string": "teks"
        case "integer", "integer, int64": "bilangan bulat"
        case "number": "bilangan"
        case "boolean": "ya atau tidak"
        case "string, date": "tanggal"
        case "string, date-time": "saat"
        default: type.hasPrefix("geometry") ? "geometri" : type
        }
    }

    static func problem(_ document: JSONValue) -> String {
        let status = document["status"].map { HTMLText.value($0) } ?? ""
        let title = HTMLText.escaped(document["title"]?.text ?? "")
        return HTMLParts.paragraph(document, "detail")
            + "<p class=\"catatan\">\(title) \(status)</p>\n"
    }
}
