/// The paths of the OpenAPI document that belong to no OGC standard.
///
/// The short tile addresses `/tiles/{layer}/{z}/{x}/{y}.mvt` cannot stand beside those of OGC API
/// Tiles here: two templates that fit the same address are forbidden. TileJSON names them.
enum OpenAPIServicePaths {
    static var all: [JSONValue.Member] { releases + geocoding + health }

    private static func document(
        _ path: String,
        _ id: String,
        _ summary: String,
        schema: String,
        tag: String = "Rilis",
        parameters: [JSONValue] = [],
        shared: [String] = ["304", "404", "500"]
    ) -> JSONValue.Member {
        var operation = OpenAPIOperation(
            id: id, tag: tag, summary: summary, schema: schema, hasPage: false)
        operation.ownParameters = parameters
        operation.shared = shared
        return operation.get(path)
    }

    private static var releases: [JSONValue.Member] {
        let release = OpenAPIParameters.path(
            "release", "Nomor rilis, atau current", ["type": "string"], example: "current"
        ).value
        let name = OpenAPIParameters.path(
            "document", "Nama dokumen",
            OpenAPIParameters.choice(ServedRelease.documentNames), example: "desa"
        ).value
        let layer = OpenAPIParameters.path(
            "layer", "Nama lapisan", ["type": "string"], example: "desa"
        ).value
        let kept = ["304", "404", "410", "500"]
        return [
            document(
                "/tiles/{layer}.json", "getTileJSON", "TileJSON satu lapisan",
                schema: "TileJSON", parameters: [layer]),
            document("/releases", "getReleases", "Daftar rilis", schema: "Releases"),
            document(
                "/releases/{release}", "getRelease", "Satu rilis", schema: "Release",
                parameters: [release], shared: kept),
            document(
                "/releases/{release}/{document}.json", "getReleaseDocument",
                "Dokumen satu rilis", schema: "ReleaseDocument", parameters: [release, name],
                shared: kept),
        ]
    }

    private static var geocoding: [JSONValue.Member] {
        func field(
            _ name: String,
            _ text: String,
            _ schema: JSONValue = ["type": "string"],
            example: JSONValue? = nil
        ) -> JSONValue {
            let value: JSONValue = [
                "name": .string(name), "in": "query", "required": false,
                "description": .string(text), "schema": schema, "example": example ?? nil,
            ]
            return value.withoutNulls
        }
        var place = OpenAPIOperation(
            id: "geocodePlace", tag: "Penempatan", summary: "Desa dari satu tempat",
            schema: "Place", hasPage: false)
        place.text = "Dengan lon dan lat, dengan desa (dan kecamatan), atau dengan kode."
        place.ownParameters = [
            field(
                "lon", "Bujur, derajat (atau timur UTM, meter)", ["type": "number"], example: 113.4),
            field(
                "lat", "Lintang, derajat (atau utara UTM, meter)", ["type": "number"],
                example: -7.85),
            field("desa", "Nama desa"),
            field("kecamatan", "Nama kecamatan"),
            field("kode", "Kode Kemendagri atau BPS"),
            field("akurasi", "Ketelitian letak, meter"),
        ]
        place.shared = ["400", "404", "500"]

        let lines: JSONValue = ["schema": ["type": "string"]]
        let csv: JSONValue = [
            "schema": ["type": "string"], "example": "desa,kecamatan\nCurahsawo,Gending\n",
        ]
        var table = OpenAPIOperation(
            id: "geocodeTable", tag: "Penempatan", summary: "Desa dari tabel tempat",
            content: [
                .init(name: "text/csv", value: lines),
                .init(name: "application/x-ndjson", value: lines),
            ])
        table.text =
            "Baris kembali dengan kode_desa, match dan probability. Tidak ada yang "
            + "disimpan atau dicatat."
        table.body = [
            "required": true,
            "content": ["text/csv": csv, "application/x-ndjson": lines],
        ]
        table.shared = ["400", "404", "415", "500"]
        return [
            .init(name: "/geocode", value: ["get": place.document, "post": table.document])
        ]
    }

    private static var health: [JSONValue.Member] {
        [
            document(
                "/health/live", "getLiveness", "Server hidup", schema: "Health",
                tag: "Kesehatan", shared: ["500"]),
            document(
                "/health/ready", "getReadiness", "Ada rilis yang terbit", schema: "Health",
                tag: "Kesehatan", shared: ["500", "503"]),
        ]
    }
}
