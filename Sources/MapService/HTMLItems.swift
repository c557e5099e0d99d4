/// The pages of features: a sketch, a table, and ways to narrow and to take them along.
enum HTMLItems {
    static func page(_ document: JSONValue) -> String {
        let features = document["features"]?.items ?? []
        let own = HTMLParts.links(document).first { $0.rel == "collection" }?.href
        let address = { (feature: JSONValue) -> String? in
            guard let id = feature["id"], let own else { return nil }
            let path = own.prefix { $0 != "?" }
            return "\(path)/items/\(id.text ?? HTMLText.value(id, name: "id"))"
        }
        return HTMLParts.paragraph(document) + form(document)
            + paging(document, count: features.count)
            + HTMLSketch.make(
                features.map {
                    HTMLSketch.Shape(
                        geometry: $0["geometry"] ?? .null, name: name(of: $0), href: address($0))
                })
            + table(features, address: address)
            + HTMLParts.section("Unduh", HTMLParts.list(files(document)))
    }

    static func item(_ document: JSONValue) -> String {
        let rows = (document["properties"]?.members ?? []).map { property in
            [
                HTMLText.escaped(property.name),
                HTMLText.value(property.value, name: property.name),
            ]
        }
        return HTMLSketch.make([
            HTMLSketch.Shape(
                geometry: document["geometry"] ?? .null, name: name(of: document), href: nil)
        ]) + HTMLParts.table(caption: "Sifat fitur", columns: ["Sifat", "Nilai"], rows: rows)
    }

    /// What a person calls the feature: its name where it has one, else its number.
    static func name(of feature: JSONValue) -> String {
        let named = feature["properties"]?.members.first {
            $0.name == "nama" || $0.name.hasPrefix("nama_")
        }
        if let name = named?.value.text, !name.isEmpty { return name }
        return "Fitur " + (feature["id"].map { $0.text ?? HTMLText.value($0, name: "id") } ?? "")
    }

    private static func table(
        _ features: [JSONValue],
        address: (JSONValue) -> String?
    ) -> String {
        guard !features.isEmpty else {
            return "<p class=\"isi\">Tidak ada fitur yang cocok.</p>\n"
        }
        var names: [String] = []
        var known: Set<String> = []
        var numeric: Set<Int> = []
        for feature in features {
            for property in feature["properties"]?.members ?? [] {
                if known.insert(property.name).inserted { names.append(property.name) }
            }
        }
        let rows = features.map { feature in
            let properties = Dictionary(
                (feature["properties"]?.members ?? []).map { ($0.name, $0.value) },
                uniquingKeysWith: { first, _ in first })
            let head = name(of: feature)
            let cells = names.enumerated().map { column, name -> String in
                let value = properties[name] ?? .null
                if value.isNumber { numeric.insert(column + 1) }
                return value == .null
                    ? "<span class=\"kosong\">–</span>" : HTMLText.value(value, name: name)
            }
            let link = address(feature).map { HTMLText.link(head, to: $0) }
            return [link ?? HTMLText.escaped(head)] + cells
        }
        return "<div class=\"lebar-isi\">"
            + HTMLParts.table(
                caption: "Fitur dan sifatnya", columns: ["Fitur"] + names, rows: rows,
                numeric: numeric)
            + "</div>\n"
    }

    private static func files(_ document: JSONValue) -> [HTMLParts.Link] {
        let wanted = ["text/csv", "flatgeobuf", "geopackage", "geo+json"]
        return HTMLParts.links(document).filter { link in
            (link.rel == "alternate" || link.rel == "self" || link.rel == "enclosure")
                && wanted.contains { link.type.contains($0) }
        }
    }

    private static func form(_ document: JSONValue) -> String {
        let address = HTMLParts.links(document).first { $0.rel == "self" }?.href ?? ""
        let filter = HTMLText.escaped(queryValue("filter", of: address) ?? "")
        let limits = ["10", "100", "1000"].map { limit in
            HTMLText.link(limit, to: adding("limit", limit, to: address))
        }
        return """
            <form method="get"><label for="filter">Saring dengan CQL2</label>
            <div class="baris"><input id="filter" name="filter" value="\(filter)" required \
            spellcheck="false" autocapitalize="off" placeholder="\(HTMLText.escaped(example(document)))">
            <input type="hidden" name="f" value="html"><button type="submit">Saring</button></div>
            </form>
            <p class="halaman"><span>Baris per halaman:</span> \(limits.joined(separator: " "))</p>

            """
    }

    /// A filter that fits the features: the first text of the first one.
    private static func example(_ document: JSONValue) -> String {
        let properties = document["features"]?.items.first?["properties"]?.members ?? []
        for property in properties {
            guard let text = property.value.text, text.utf8.count < 30 else { continue }
            return "\(property.name) = '\(text.replacing("'", with: "''"))'"
        }
        return properties.first.map { "\($0.name) IS NOT NULL" } ?? ""
    }

    private static func paging(_ document: JSONValue, count: Int) -> String {
        var parts: [String] = []
        if case .integer(let matched)? = document["numberMatched"] {
            parts.append(
                "<span>\(HTMLText.number(count)) dari \(HTMLText.number(matched)) fitur</span>")
        } else {
            parts.append("<span>\(HTMLText.number(count)) fitur</span>")
        }
        for (rel, title) in [("prev", "Halaman sebelumnya"), ("next", "Halaman berikutnya")] {
            guard let link = HTMLParts.link(rel, of: document) else { continue }
            parts.append(
                HTMLText.link(
                    title, to: adding("f", "html", to: link.href), attributes: " rel=\"\(rel)\""))
        }
        return "<nav class=\"halaman\" aria-label=\"Halaman fitur\">\(parts.joined())</nav>\n"
    }

    // MARK: - Queries in addresses

    /// The address with that value in place of the one it has; a page begun elsewhere is left.
    private static func adding(_ name: String, _ value: String, to address: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let dropped = name == "limit" ? [name, "cursor", "f"] : [name]
        var query = (parts.count > 1 ? parts[1] : "").split(separator: "&").filter { pair in
            !dropped.contains(String(pair.prefix { $0 != "=" }))
        }.map(String.init)
        query.append("\(name)=\(value)")
        if name == "limit" { query.append("f=html") }
        return "\(parts.first ?? "")?\(query.joined(separator: "&"))"
    }

    private static func queryValue(_ name: String, of address: String) -> String? {
        guard let mark = address.firstIndex(of: "?") else { return nil }
        let pairs = address[address.index(after: mark)...].split(separator: "&")
        guard let pair = pairs.first(where: { $0.hasPrefix(name + "=") }) else { return nil }
        return decoded(pair.dropFirst(name.count + 1))
    }

    /// Percent signs and plus signs undone; what is malformed stays as it is.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
