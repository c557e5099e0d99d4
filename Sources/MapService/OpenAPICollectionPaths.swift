internal import SpatialStore

/// The paths of one collection in the OpenAPI document.
enum OpenAPICollectionPaths {
    static func make(_ collection: ServedCollection) -> [JSONValue.Member] {
        let id = collection.id
        let path = "/collections/\(id)"
        let title = collection.collection.title
        var paths = [
            page(id, "get", "Koleksi \(title)", schema: "Collection").get(path),
            page(
                id, "getQueryables", "Sifat yang dapat disaring",
                media: Representation.schema.plainType,
                schema: "Queryables"
            ).get(path + "/queryables"),
            page(
                id, "getMetadata", "Keterangan data (DCAT)",
                media: Representation.linkedData.plainType,
                schema: "LinkedData"
            ).get(path + "/metadata"),
            items(collection).get(path + "/items"),
            feature(collection).get(path + "/items/{featureId}"),
        ]
        if collection.collection.tileLayer != nil {
            paths += OpenAPITilePaths.make(
                prefix: path, id: "\(id).collection", tag: id, selects: false)
        }
        return paths
    }

    private static func page(
        _ id: String,
        _ verb: String,
        _ summary: String,
        media: String = Representation.json.plainType,
        schema: String
    ) -> OpenAPIOperation {
        OpenAPIOperation(
            id: "\(id).\(verb)", tag: id, summary: summary, parameters: ["f"], media: media,
            schema: schema)
    }

    private static func items(_ collection: ServedCollection) -> OpenAPIOperation {
        var operation = OpenAPIOperation(
            id: "\(collection.id).getFeatures", tag: collection.id,
            summary: "Fitur \(collection.collection.title)",
            parameters: ItemsRequest.standing
                .filter { !OpenAPIParameters.bySchema.contains($0) }
                .map { $0 == "f" ? "f-items" : $0 },
            content: ItemsRequest.forms.map { form in
                .init(name: form.plainType, value: ["schema": schema(form, collection)])
            })
        operation.text = collection.collection.text
        operation.ownParameters = OpenAPIParameters.own(of: collection)
        return operation
    }

    private static func feature(_ collection: ServedCollection) -> OpenAPIOperation {
        // Only groups are numbered from one; elsewhere the number is a code of the release.
        let isNumbered = collection.collection.name == "titik-panas"
        var operation = OpenAPIOperation(
            id: "\(collection.id).getFeature", tag: collection.id,
            summary: "Satu fitur \(collection.collection.title)",
            parameters: (isNumbered ? [] : ["featureId"]) + ["crs", "f"],
            content: [
                geoJSON(OpenAPISchemas.feature(of: collection)), OpenAPIOperation.html,
            ])
        if isNumbered {
            let number = OpenAPIParameters.path(
                "featureId", "Nomor kelompok", ["type": "integer", "format": "int64"], example: 1)
            operation.ownParameters = [number.value]
        }
        return operation
    }

    /// What the items of `collection` are in this form.
    private static func schema(_ form: Representation, _ collection: ServedCollection) -> JSONValue
    {
        switch form {
        case .geoJSON:
            OpenAPIOperation.schema(OpenAPISchemas.featureCollection(of: collection))
        case .html, .csv: ["type": "string"]
        default: ["type": "string", "format": "binary"]
        }
    }

    private static func geoJSON(_ schema: String) -> JSONValue.Member {
        .init(
            name: Representation.geoJSON.plainType,
            value: ["schema": OpenAPIOperation.schema(schema)])
    }
}
