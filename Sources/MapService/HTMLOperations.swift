/// The page of the OpenAPI document: every operation with its parameters, from the document itself.
enum HTMLOperations {
    static func page(_ document: JSONValue) -> String {
        let operations = (document["paths"]?.members ?? []).flatMap { path in
            path.value.members.map {
                Operation(path: path.name, method: $0.name, document: $0.value)
            }
        }
        let tags = (document["tags"]?.items ?? []).compactMap { tag in
            tag["name"]?.text.map { (name: $0, text: tag["description"]?.text) }
        }
        let groups = tags.map { tag in
            let own = operations.filter { $0.tag == tag.name }.map { show($0, in: document) }
            let title = tag.text.map { "\(tag.name): \($0)" } ?? tag.name
            return own.isEmpty ? "" : HTMLParts.section(title, own.joined())
        }
        let info = document["info"] ?? .null
        let server = document["servers"]?.items.first?["url"]?.text ?? ""
        return HTMLParts.paragraph(info) + """
            <p class="isi">Semua alamat di bawah ini dimulai dengan \
            <code>\(HTMLText.escaped(server))</code>.</p>

            """
            + groups.joined()
    }

    private struct Operation {
        let path: String
        let method: String
        let document: JSONValue

        var tag: String? { document["tags"]?.items.first?.text }
    }

    private static func show(_ operation: Operation, in document: JSONValue) -> String {
        let parameters = (operation.document["parameters"]?.items ?? []).map {
            resolved($0, in: document)
        }
        let rows = parameters.map { parameter in
            let required = parameter["required"] == true ? " (wajib)" : ""
            return [
                "<code>\(HTMLText.escaped(parameter["name"]?.text ?? ""))</code>",
                values(parameter["schema"] ?? .null),
                HTMLText.escaped(parameter["description"]?.text ?? "") + required,
            ]
        }
        let table =
            rows.isEmpty
            ? ""
            : HTMLParts.table(
                caption: "Parameter \(operation.path)",
                columns: ["Parameter", "Isi", "Arti"], rows: rows)
        let method = operation.method.uppercased()
        return """
            <div class="operasi"><h3><span class="cara \(HTMLText.escaped(operation.method))">\
            \(HTMLText.escaped(method))</span><code>\(HTMLText.escaped(operation.path))</code></h3>
            <p>\(HTMLText.escaped(operation.document["summary"]?.text ?? ""))</p>
            \(HTMLParts.paragraph(operation.document))
            \(folded(table, count: rows.count))<p class="catatan">Jawaban: \
            \(answers(operation.document))</p></div>

            """
    }

    /// Long tables wait to be opened.
    private static func folded(_ table: String, count: Int) -> String {
        count <= 4
            ? table
            : "<details><summary>\(HTMLText.number(count)) parameter</summary>\(table)</details>\n"
    }

    private static func values(_ schema: JSONValue) -> String {
        let inner = schema["items"] ?? schema
        let choices = inner["enum"]?.items.compactMap(\.text) ?? []
        if !choices.isEmpty {
            return choices.map { "<code>\(HTMLText.escaped($0))</code>" }.joined(separator: " ")
        }
        let type = inner["type"]?.text ?? ""
        let word =
            switch (type, inner["format"]?.text) {
            case ("integer", _): "bilangan bulat"
            case ("number", _): "bilangan"
            case ("boolean", _): "true atau false"
            case (_, "date"): "tanggal"
            case (_, "date-time"): "saat"
            default: "teks"
            }
        let range = [inner["minimum"], inner["maximum"]].map { $0.map { HTMLText.value($0) } }
        let bounds =
            switch (range[0], range[1]) {
            case (let least?, let most?): " \(least) sampai \(most)"
            case (let least?, nil): " mulai \(least)"
            default: ""
            }
        return word + bounds + (schema["type"]?.text == "array" ? ", dipisah koma" : "")
    }

    private static func answers(_ operation: JSONValue) -> String {
        let responses = operation["responses"]?.members ?? []
        let types = responses.first { $0.name == "200" }?.value["content"]?.members ?? []
        let forms = types.map { HTMLParts.form($0.name) }
        return HTMLText.escaped(
            responses.map(\.name).joined(separator: ", ")
                + (forms.isEmpty ? "" : " (\(forms.joined(separator: ", ")))"))
    }

    private static func resolved(_ value: JSONValue, in document: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.text, reference.hasPrefix("#/") else { return value }
        return reference.dropFirst(2).split(separator: "/").reduce(document) { part, name in
            part[String(name)] ?? .null
        }
    }
}
