import SpatialStore
import Testing

@testable import MapService

@Suite("OpenAPI document")
struct OpenAPIDocumentTests {
    private let document = OpenAPIDocument.make(
        [
            ServedSamples.desa, ServedSamples.hotspots,
            ServedSamples.collection("desa-rilis-1", isAlias: true),
        ], base: "http://localhost:8080")

    private var operations: [(path: String, method: String, document: JSONValue)] {
        (document["paths"]?.members ?? []).flatMap { path in
            path.value.members.map { (path.name, $0.name, $0.value) }
        }
    }

    private func resolved(_ value: JSONValue) -> JSONValue? {
        guard let reference = value["$ref"]?.text else { return value }
        return target(reference)
    }

    private func target(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        var part: JSONValue? = document
        for name in reference.dropFirst(2).split(separator: "/") { part = part?[String(name)] }
        return part
    }

    private func references(_ value: JSONValue) -> [String] {
        switch value {
        case .object(let members):
            members.flatMap { $0.name == "$ref" ? [$0.value.text ?? ""] : references($0.value) }
        case .array(let items): items.flatMap(references)
        default: []
        }
    }

    @Test("every reference is local and leads somewhere")
    func references() {
        let all = references(document)
        #expect(all.count > 100)
        for reference in all { #expect(target(reference) != nil, "\(reference)") }
    }

    @Test("operations have names of their own")
    func names() {
        let names = operations.compactMap { $0.document["operationId"]?.text }
        #expect(names.count == operations.count)
        #expect(Set(names).count == names.count)
        for end in ["getTile", "getTileSet", "getTileSetsList"] {
            #expect(names.contains { $0.hasSuffix(".collection.vector.\(end)") })
            #expect(names.contains { $0.hasSuffix(".dataset.vector.\(end)") })
        }
    }

    @Test("the parameters of a path are those in its address, and none twice")
    func parameters() {
        for operation in operations {
            let parameters = (operation.document["parameters"]?.items ?? []).compactMap(resolved)
            let named = parameters.map { "\($0["in"]?.text ?? "") \($0["name"]?.text ?? "")" }
            #expect(Set(named).count == named.count, "\(operation.path)")
            let inPath = Set(
                parameters.filter { $0["in"] == "path" }.compactMap { $0["name"]?.text })
            let written = operation.path.split(separator: "{").dropFirst().map {
                String($0.prefix { $0 != "}" })
            }
            #expect(inPath == Set(written), "\(operation.path)")
            #expect(
                parameters.allSatisfy { $0["in"] != "path" || $0["required"] == true },
                "\(operation.path)")
        }
    }

    @Test("items can be asked for by each property whose name the standards leave free")
    func properties() throws {
        let items = try #require(operations.first { $0.path == "/collections/desa/items" })
        let names = (items.document["parameters"]?.items ?? []).compactMap {
            resolved($0)?["name"]?.text
        }
        #expect(names.count { $0 == "limit" } == 1)
        #expect(names.count == Set(names).count)
        #expect(Set(names) == ItemsRequest.allowed(ServedSamples.desa))
        for name in ["bbox", "cursor", "f", "nama_desa", "keluarga", "luas_km2", "tepi"] {
            #expect(names.contains(name), "\(name)")
        }
    }

    @Test("items have the forms and the reference systems that requests may name")
    func forms() throws {
        let items = try #require(operations.first { $0.path == "/collections/desa/items" })
        let parameters = (items.document["parameters"]?.items ?? []).compactMap { resolved($0) }
        func choices(_ name: String) -> [String] {
            let schema = parameters.first { $0["name"]?.text == name }?["schema"]
            return schema?["enum"]?.items.compactMap(\.text) ?? []
        }
        #expect(choices("f") == ["json", "html", "csv", "fgb", "gpkg"])
        let media = items.document["responses"]?["200"]?["content"]?.members.map(\.name)
        #expect(
            media == [
                "application/geo+json", "text/html", "text/csv", "application/flatgeobuf",
                "application/geopackage+sqlite3",
            ])
        for name in ["crs", "bbox-crs", "filter-crs"] {
            #expect(choices(name).count == 4)
            for uri in choices(name) {
                #expect(try FeatureReferenceSystem(uri: uri, parameter: name).uri == uri)
            }
        }
    }

    @Test("an alias is not listed, and tiles only where there are some")
    func listing() {
        let paths = Set(operations.map(\.path))
        #expect(!paths.contains("/collections/desa-rilis-1"))
        #expect(paths.contains("/collections/desa/tiles/WebMercatorQuad"))
        #expect(!paths.contains("/collections/titik-panas/tiles"))
        #expect(
            paths.contains("/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"))
    }

    @Test("conformance classes are named once")
    func conformance() {
        let classes = ConformanceClasses.conformance
        #expect(Set(classes).count == classes.count)
        #expect(
            classes.contains(
                "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter"))
    }
}
