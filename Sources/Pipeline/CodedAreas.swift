internal import Foundation
internal import Geospatial

/// Areas of a file, each with a code, for geocoding without a database.
struct CodedAreas {
    struct CodedArea {
        let code: String
        let area: MultiPolygon
    }

    let areas: [CodedArea]
    private let bytes: [UInt8]?

    /// Columns that are codes, in the order in which they are tried.
    private static let usualFields = [
        "kode_desa", "kode_kemendagri", "kode_bps", "kode", "KDEPUM", "KDEBPS", "id",
    ]

    /// Reads the areas at `path`; FlatGeobuf in degrees without a detour, all else through
    /// `BoundaryImport`.
    init(path: String, codeField: String?) throws {
        if URL(fileURLWithPath: path).pathExtension.lowercased() == "fgb" {
            let file = try InputFile(path: path)
            let bytes = try file.head(file.byteCount)
            if let areas = try Self.flatGeobuf(bytes, path: path, codeField: codeField) {
                self.areas = areas
                self.bytes = bytes
                return
            }
        }
        let features = try BoundaryImport.features(path: path, layer: nil)
        let names = features.first.map { Array($0.properties.keys) } ?? []
        let field = try Self.field(codeField, among: names, path: path)
        areas = features.map {
            CodedArea(code: $0.properties[field] ?? "", area: $0.area)
        }
        bytes = nil
    }

    private static func field(
        _ wanted: String?,
        among names: [String],
        path: String
    ) throws -> String {
        let field = wanted ?? usualFields.first { names.contains($0) }
        guard let field, names.contains(field) else {
            throw PipelineError.noCodeField(
                path: path, wanted: wanted ?? "kode_desa", known: names.sorted())
        }
        return field
    }

    /// Nil when the file is in another reference system, which GDAL knows.
    private static func flatGeobuf(
        _ bytes: [UInt8],
        path: String,
        codeField: String?
    ) throws -> [CodedArea]? {
        do {
            var reader = try FlatGeobufReader(bytes)
            guard [nil, 4326].contains(reader.header.crsCode) else { return nil }
            let field = try field(
                codeField, among: reader.header.columns.map(\.name), path: path)
            let column = reader.header.column(field)
            var areas: [CodedArea] = []
            while let feature = try reader.next() {
                guard case .area(let area) = feature.geometry else {
                    throw PipelineError.brokenArea(
                        path: path, feature: areas.count + 1, problem: "it is no polygon")
                }
                let code = column.flatMap { feature.values[$0]?.text } ?? ""
                areas.append(CodedArea(code: code, area: area))
            }
            guard !areas.isEmpty else { throw PipelineError.noAreas(path: path) }
            return areas
        } catch is FlatGeobufError {
            throw PipelineError.notConverted(path: path)
        }
    }

    /// The index of the areas: from the file `cache` when it is that of these areas, else built,
    /// and written there.
    func locator(cache: String?) throws -> PolygonLocator {
        guard let cache, let bytes else { return PolygonLocator(areas.map(\.area)) }
        let source = bytes.withUnsafeBytes { PolygonLocator.fingerprint(of: $0) }
        // Mapped, not read: the index of a country has 300 MB.
        if let stored = try? Data(
            contentsOf: URL(fileURLWithPath: cache), options: .alwaysMapped),
            let locator = try? stored.withUnsafeBytes({
                try PolygonLocator(encoded: $0, source: source)
            })
        {
            return locator
        }
        let locator = PolygonLocator(areas.map(\.area))
        let file = try OutputFile(path: cache)
        try file.write(locator.encoded(source: source))
        try file.finish()
        return locator
    }
}
