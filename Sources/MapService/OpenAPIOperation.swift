/// One operation of the OpenAPI document, in the form that most of them share.
struct OpenAPIOperation {
    let id: String
    let tag: String
    let summary: String
    var text: String?
    /// Names in `components/parameters`.
    var parameters: [String] = []
    /// Written out, after the others.
    var ownParameters: [JSONValue] = []
    var body: JSONValue?
    /// What status 200 brings.
    let content: [JSONValue.Member]
    /// Answers besides 200 and the shared ones.
    var answers: [JSONValue.Member] = []
    /// The shared answers that can come.
    var shared = ["304", "400", "404", "406", "500"]

    static let html = JSONValue.Member(
        name: Representation.html.plainType, value: ["schema": ["type": "string"]])

    init(
        id: String,
        tag: String,
        summary: String,
        parameters: [String] = [],
        content: [JSONValue.Member]
    ) {
        self.id = id
        self.tag = tag
        self.summary = summary
        self.parameters = parameters
        self.content = content
    }

    /// A resource with a JSON document of `schema` and, unless said otherwise, a page.
    init(
        id: String,
        tag: String,
        summary: String,
        parameters: [String] = [],
        media: String = Representation.json.plainType,
        schema: String,
        hasPage: Bool = true
    ) {
        let json = JSONValue.Member(name: media, value: ["schema": Self.schema(schema)])
        self.init(
            id: id, tag: tag, summary: summary, parameters: parameters,
            content: hasPage ? [json, Self.html] : [json])
    }

    static func schema(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }

    func get(_ path: String) -> JSONValue.Member {
        .init(name: path, value: ["get": document])
    }

    var document: JSONValue {
        var responses: [JSONValue.Member] = []
        if !content.isEmpty {
            responses.append(
                .init(name: "200", value: ["description": "Berhasil", "content": .object(content)]))
        }
        responses += answers
        responses += shared.filter { code in !answers.contains { $0.name == code } }.map {
            .init(name: $0, value: ["$ref": .string("#/components/responses/\($0)")])
        }
        let references = parameters.map { name -> JSONValue in
            ["$ref": .string("#/components/parameters/\(name)")]
        }
        let all = references + ownParameters
        let operation: JSONValue = [
            "operationId": .string(id),
            "tags": [.string(tag)],
            "summary": .string(summary),
            "description": text.map(JSONValue.string) ?? nil,
            "parameters": all.isEmpty ? nil : .array(all),
            "requestBody": body ?? nil,
            "responses": .object(responses),
        ]
        return operation.withoutNulls
    }

    /// The answers under `components/responses`, named by their status.
    static var problems: [JSONValue.Member] {
        [
            .init(name: "304", value: ["description": "Tidak berubah sejak ETag yang dikirim"]),
            problem("400", "Permintaan tidak dapat dibaca, atau parameter tidak dikenal"),
            problem("404", "Tidak ada di alamat ini"),
            problem("406", "Tidak tersedia dalam format yang diminta"),
            problem("410", "Rilis ini tidak lagi disimpan"),
            problem("415", "Jenis isi yang dikirim tidak dikenal"),
            problem("500", "Server gagal"),
            problem("503", "Belum ada rilis yang terbit"),
        ]
    }

    private static func problem(_ status: String, _ text: String) -> JSONValue.Member {
        .init(
            name: status,
            value: [
                "description": .string(text),
                "content": ["application/problem+json": ["schema": schema("Problem")]],
            ])
    }
}
