/// The conformance classes of OGC standards that this server claims.
enum ConformanceClasses {
    static let conformance: [String] =
        classes("ogcapi-common-1/1.0", ["core", "landing-page", "oas30", "html", "json"])
        + classes("ogcapi-features-1/1.0", ["core", "geojson", "html", "oas30"])
        + classes("ogcapi-features-2/1.0", ["crs"])
        + classes(
            "ogcapi-features-3/1.0",
            ["queryables", "queryables-query-parameters", "filter", "features-filter"])
        + classes(
            "cql2/1.0",
            [
                "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators",
                "case-insensitive-comparison", "accent-insensitive-comparison",
                "basic-spatial-functions", "basic-spatial-functions-plus", "spatial-functions",
                "temporal-functions", "property-property", "arithmetic",
            ])
        + classes(
            "ogcapi-tiles-1/1.0",
            [
                "core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets",
                "collections-selection", "geojson", "mvt", "oas30",
            ])

    private static func classes(_ standard: String, _ names: [String]) -> [String] {
        names.map { "http://www.opengis.net/spec/\(standard)/conf/\($0)" }
    }
}
