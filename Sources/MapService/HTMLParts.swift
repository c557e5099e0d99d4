/// Pieces that several pages share.
enum HTMLParts {
    struct Link {
        let href: String
        let rel: String
        let type: String
        let title: String
        let isTemplate: Bool
    }

    static func links(_ document: JSONValue) -> [Link] {
        (document["links"]?.items ?? []).compactMap { link in
            guard let href = link["href"]?.text else { return nil }
            return Link(
                href: href, rel: link["rel"]?.text ?? "", type: link["type"]?.text ?? "",
                title: link["title"]?.text ?? href, isTemplate: link["templated"] == true)
        }
    }

    /// The first link of that relation, one to a page before one to another form.
    static func link(_ rel: String, of document: JSONValue) -> Link? {
        let links = links(document).filter { $0.rel == rel || $0.rel.hasSuffix("/\(rel)") }
        return links.first { $0.type.hasPrefix("text/html") } ?? links.first
    }

    /// The document says so, or one of the collections in it does.
    static func isSimulated(_ document: JSONValue) -> Bool {
        document["data_simulasi"] == true
            || document["collections"]?.items.contains { $0["data_simulasi"] == true } == true
    }

    /// A short word for a media type.
    static func form(_ type: String) -> String {
        let bare = type.prefix { $0 != ";" }
        return switch bare {
        case "application/geo+json": "GeoJSON"
        case "application/json": "JSON"
        case "application/schema+json": "JSON Schema"
        case "application/ld+json": "JSON-LD"
        case "application/vnd.oai.openapi+json": "OpenAPI"
        case "application/problem+json": "JSON"
        case "text/csv": "CSV"
        case "text/html": "halaman"
        case "application/flatgeobuf", "application/vnd.flatgeobuf": "FlatGeobuf"
        case "application/geopackage+sqlite3": "GeoPackage"
        case "application/vnd.mapbox-vector-tile": "MVT"
        case "": "tautan"
        default: String(bare)
        }
    }

    /// A table whose `rows` are finished HTML, the first cell of each its head.
    ///
    /// The `numeric` columns are set to the right.
    static func table(
        caption: String,
        columns: [String],
        rows: [[String]],
        numeric: Set<Int> = []
    ) -> String {
        func cls(_ column: Int) -> String { numeric.contains(column) ? " class=\"kanan\"" : "" }
        let label = HTMLText.escaped(caption)
        var table = """
            <div class="gulung" role="region" tabindex="0" aria-label="\(label)">
            <table><caption>\(label)</caption>
            <thead><tr>
            """
        for (column, name) in columns.enumerated() {
            table += "<th scope=\"col\"\(cls(column))>\(HTMLText.escaped(name))</th>"
        }
        table += "</tr></thead>\n<tbody>\n"
        for row in rows {
            table += "<tr>"
            for (column, cell) in row.enumerated() {
                table +=
                    column == 0
                    ? "<th scope=\"row\"\(cls(0))>\(cell)</th>"
                    : "<td\(cls(column))>\(cell)</td>"
            }
            table += "</tr>\n"
        }
        return table + "</tbody></table></div>\n"
    }

    /// Names and values of the members, without those in `hidden`.
    static func facts(_ document: JSONValue, names: [(String, String)]) -> String {
        let facts = names.compactMap { name, label -> String? in
            guard let value = document[name], value != .null else { return nil }
            return "<dt>\(HTMLText.escaped(label))</dt>"
                + "<dd>\(HTMLText.value(value, name: name))</dd>"
        }
        return facts.isEmpty ? "" : "<dl class=\"fakta\">\(facts.joined())</dl>\n"
    }

    static func paragraph(_ document: JSONValue, _ name: String = "description") -> String {
        document[name]?.text.map { "<p class=\"isi\">\(HTMLText.escaped($0))</p>\n" } ?? ""
    }

    /// A list of links with their forms, each on a line large enough for a finger.
    static func list(_ links: [Link]) -> String {
        guard !links.isEmpty else { return "" }
        let lines = links.map { link in
            let text =
                link.isTemplate
                ? "<code>\(HTMLText.escaped(link.href))</code>"
                : HTMLText.link(link.title, to: link.href)
            return "<li>\(text) <small>\(HTMLText.escaped(form(link.type)))</small></li>"
        }
        return "<ul class=\"tautan\">\(lines.joined())</ul>\n"
    }

    static func section(_ title: String, _ content: String) -> String {
        content.isEmpty
            ? "" : "<section><h2>\(HTMLText.escaped(title))</h2>\n\(content)</section>\n"
    }
}
