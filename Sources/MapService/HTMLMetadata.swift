/// The pages of the catalogue and of a collection's metadata.
enum HTMLMetadata {
    static func catalogue(_ document: JSONValue) -> String {
        let entries = (document["dataset"]?.items ?? []).map { entry in
            let name = HTMLText.escaped(entry["title"]?.text ?? "")
            return "<details><summary>\(name)</summary>\(dataset(entry))</details>"
        }
        return HTMLParts.paragraph(document) + publisher(document)
            + HTMLParts.section("Koleksi data", entries.joined(separator: "\n"))
    }

    static func dataset(_ document: JSONValue) -> String {
        let period = document["temporal"].map { temporal in
            [temporal["startDate"]?.text, temporal["endDate"]?.text].compactMap { $0 }
                .joined(separator: " sampai ")
        }
        let words: [(String, JSONValue?)] = [
            ("Lisensi", document["license"]),
            ("Penerbit", document["publisher"]?["name"]),
            ("Kontak", document["contactPoint"]?["fn"]),
            ("Sumber", document["attribution"]),
            ("Acuan kode", document["conformsTo"]),
            ("Periode", period.map(JSONValue.string)),
            ("Asal-usul", document["provenance"]?["label"]),
            ("Diperbarui", document["modified"]),
            ("Cakupan", document["spatial"]?["bbox"]),
            ("Kata kunci", document["keyword"]),
            ("Halaman", document["landingPage"]?["@id"]),
        ]
        let facts = words.compactMap { label, value in
            value.map { "<dt>\(label)</dt><dd>\(HTMLText.value($0))</dd>" }
        }
        let forms = (document["distribution"]?.items ?? []).map { form in
            let href = form["accessURL"]?["@id"]?.text ?? ""
            let title = HTMLText.link(form["title"]?.text ?? href, to: href)
            let type = HTMLText.escaped(form["mediaType"]?.text ?? "")
            return "<li>\(title) <small>\(type)</small></li>"
        }
        let list = forms.isEmpty ? "" : "<ul class=\"tautan\">\(forms.joined())</ul>\n"
        return HTMLParts.paragraph(document) + "<dl class=\"fakta\">\(facts.joined())</dl>\n"
            + HTMLParts.section("Bentuk yang tersedia", list)
    }

    private static func publisher(_ document: JSONValue) -> String {
        let words: [(String, JSONValue?)] = [
            ("Penerbit", document["publisher"]?["name"]), ("Diperbarui", document["modified"]),
        ]
        let facts = words.compactMap { label, value in
            value.map { "<dt>\(label)</dt><dd>\(HTMLText.value($0))</dd>" }
        }
        return "<dl class=\"fakta\">\(facts.joined())</dl>\n"
    }
}
