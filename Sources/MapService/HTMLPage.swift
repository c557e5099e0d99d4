/// The pages for people: each shows the JSON document that a program gets at the same address.
///
/// Plain HTML in Indonesian with its style inside: no script, nothing from elsewhere.
enum HTMLPage {
    enum Kind {
        case landing, conformance, collections, collection, queryables, items, item
        case tileSets, tileSet, tileMatrixSets, tileMatrixSet, metadata, catalogue, problem, api
    }

    /// Nothing but the style in the page and images of this server.
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'self'"

    /// The page as UTF-8; `trail` names the pages above it, the landing page first, then itself.
    static func make(
        _ kind: Kind,
        document: JSONValue,
        trail: [(title: String, href: String)]
    ) -> [UInt8] {
        let title = title(kind, document)
        var page = """
            <!doctype html>
            <html lang="id">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(HTMLText.escaped(title)) · Peta Kemiskinan Ekstrem Probolinggo</title>
            <style>\(HTMLStyle.sheet)</style>
            </head>
            <body>
            <a class="lompat" href="#isi">Langsung ke isi</a>
            <header class="kepala"><div class="lebar">
            <p class="merek">Peta Kemiskinan Ekstrem <span>Kabupaten Probolinggo</span></p>
            \(path(trail))
            </div></header>

            """
        if HTMLParts.isSimulated(document) {
            page += """
                <p class="simulasi" role="note"><span class="lebar"><b>DATA SIMULASI</b> \
                Angka di halaman ini buatan, bukan data keluarga yang sebenarnya.</span></p>

                """
        }
        page += """
            <main id="isi" class="lebar">
            <h1>\(HTMLText.escaped(title))</h1>
            \(content(kind, document))
            </main>
            <footer class="kaki"><div class="lebar">
            \(formats(document))
            <p>Batas wilayah indikatif, bukan acuan penegasan batas. Angka di sini bukan angka \
            BPS.</p>
            </div></footer>
            </body>
            </html>

            """
        return Array(page.utf8)
    }

    private static func title(_ kind: Kind, _ document: JSONValue) -> String {
        let own = document["title"]?.text
        return switch kind {
        case .landing: own ?? "Data dan layanan"
        case .conformance: "Kelas kesesuaian"
        case .collections: "Koleksi data"
        case .collection: own ?? document["id"]?.text ?? "Koleksi"
        case .queryables: "Sifat yang dapat disaring" + (own.map { ": \($0)" } ?? "")
        case .items: own ?? "Fitur"
        case .item: HTMLItems.name(of: document)
        case .tileSets: own ?? "Susunan petak"
        case .tileSet: own ?? "Susunan petak"
        case .tileMatrixSets: "Kisi petak"
        case .tileMatrixSet: own ?? document["id"]?.text ?? "Kisi petak"
        case .metadata: own.map { "Keterangan data: \($0)" } ?? "Keterangan data"
        case .catalogue: own ?? "Katalog data"
        case .problem: problemTitle(document)
        case .api: "Antarmuka untuk program"
        }
    }

    private static func problemTitle(_ document: JSONValue) -> String {
        switch document["status"] {
        case .integer(404): "Tidak ditemukan"
        case .integer(400): "Permintaan tidak dapat dibaca"
        case .integer(406): "Format tidak tersedia"
        case .integer(410): "Tidak lagi disimpan"
        case .integer(405): "Cara meminta tidak dikenal"
        default: "Permintaan gagal"
        }
    }

    private static func content(_ kind: Kind, _ document: JSONValue) -> String {
        switch kind {
        case .landing: HTMLDocuments.landing(document)
        case .conformance: HTMLDocuments.conformance(document)
        case .collections: HTMLDocuments.collections(document)
        case .collection: HTMLDocuments.collection(document)
        case .queryables: HTMLDocuments.queryables(document)
        case .items: HTMLItems.page(document)
        case .item: HTMLItems.item(document)
        case .tileSets: HTMLTiles.sets(document)
        case .tileSet: HTMLTiles.set(document)
        case .tileMatrixSets: HTMLTiles.grids(document)
        case .tileMatrixSet: HTMLTiles.grid(document)
        case .metadata: HTMLMetadata.dataset(document)
        case .catalogue: HTMLMetadata.catalogue(document)
        case .problem: HTMLDocuments.problem(document)
        case .api: HTMLOperations.page(document)
        }
    }

    private static func path(_ trail: [(title: String, href: String)]) -> String {
        guard !trail.isEmpty else { return "" }
        let steps = trail.enumerated().map { number, step in
            let isHere = number == trail.count - 1
            let link = HTMLText.link(
                step.title, to: step.href, attributes: isHere ? " aria-current=\"page\"" : "")
            return "<li>\(link)</li>"
        }
        return "<nav aria-label=\"Letak halaman\"><ol class=\"jejak\">\(steps.joined())</ol></nav>"
    }

    /// The same resource in other forms.
    private static func formats(_ document: JSONValue) -> String {
        let links = HTMLParts.links(document).filter {
            ($0.rel == "alternate" || $0.rel == "self") && !$0.type.hasPrefix("text/html")
        }
        guard !links.isEmpty else { return "" }
        let list = links.map { "<li>\(HTMLText.link(HTMLParts.form($0.type), to: $0.href))</li>" }
        return """
            <nav aria-label="Format lain"><ul class="bentuk"><li>Format lain:</li>\
            \(list.joined())</ul></nav>
            """
    }
}
