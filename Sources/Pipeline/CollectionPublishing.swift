public import Foundation
public import SpatialStore

/// Publishes a table of any file that GDAL reads as a collection: schools, clinics, roads.
public struct CollectionPublishing {
    public struct Description: Sendable {
        public var name: String?
        public var layer: String?
        /// The properties to publish; nil for all.
        public var properties: Set<String>?
        public var referenceSystem: String?
        public var title: String?
        public var text: String?
        public var licence: String?
        public var attribution: [String] = []

        public init() {}
    }

    public struct Summary: Sendable {
        public let name: String
        public let features: Int
        public let properties: Int
    }

    public enum Failure: Error, Hashable, Sendable {
        case badName(String)
        case takenName(String)
        case unknownProperties([String])
        /// A column that looks as if it held numbers of persons or families.
        case personalColumn(path: String, column: String)
        case noFeatures(path: String)
    }

    public let database: PovertyDatabase

    public init(database: PovertyDatabase) {
        self.database = database
    }

    /// Reads `path`, brings it to EPSG:4326 and publishes it; `now` is the time it bears.
    public func add(
        path: String,
        _ description: Description,
        now: Date = Date()
    ) throws -> Summary {
        let copy = FileManager.default.temporaryDirectory
            .appendingPathComponent("peta-\(UUID().uuidString).gpkg").path
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try convert(path, to: copy, description)
        let layer = try GeoPackageLayer(path: copy, layer: nil, wanted: description.properties)
        guard !layer.features.isEmpty else { throw Failure.noFeatures(path: path) }
        let names = Set(layer.properties.map(\.name))
        if let missing = description.properties?.subtracting(names), !missing.isEmpty {
            throw Failure.unknownProperties(missing.sorted())
        }
        try refusePersons(layer, path: path)
        let name = try name(of: path, description)
        let collection = FeatureCollection(
            name: name,
            title: description.title ?? name,
            text: description.text
                ?? "Data tambahan dari \(URL(fileURLWithPath: path).lastPathComponent).",
            isSimulated: false,
            geometryType: layer.geometryType,
            properties: layer.properties,
            temporalProperty: layer.properties.first {
                $0.type == .date || $0.type == .timestamp
            }?.name,
            metadata: FeatureCollection.Metadata(
                licence: description.licence ?? "tidak dinyatakan",
                attribution: description.attribution,
                keywords: [name],
                lineage: "Ditambahkan dari berkas \(URL(fileURLWithPath: path).lastPathComponent).",
                codeReference: "menurut sumbernya",
                period: nil,
                updated: now.ISO8601Format()))
        try database.addCollection(collection) { layer.features }
        return Summary(
            name: name, features: layer.features.count, properties: layer.properties.count)
    }

    private func convert(_ path: String, to copy: String, _ description: Description) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw PipelineError.fileMissing(path: path)
        }
        var arguments = [
            "-f", "GPKG", copy, path, "-t_srs", "EPSG:4326", "-dim", "XY", "-nln", "data",
            "-preserve_fid",
        ]
        if let system = description.referenceSystem { arguments += ["-s_srs", system] }
        if let layer = description.layer { arguments.append(layer) }
        let (_, status) = try GDALTool.run("ogr2ogr", arguments)
        guard status == 0 else { throw PipelineError.notConverted(path: path) }
    }

    private func name(of path: String, _ description: Description) throws -> String {
        let name =
            description.name ?? description.layer
            ?? URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        let isGood =
            !name.isEmpty && name.utf8.count <= 64
            && name.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "_-".utf8.contains(byte)
            }
        guard isGood else { throw Failure.badName(name) }
        let isTaken =
            ReleaseCollections.names.contains(name)
            || ReleaseCollections.names.contains { name.hasPrefix($0 + "-rilis-") }
        guard !isTaken else { throw Failure.takenName(name) }
        return name
    }

    /// No NIK and no No KK may be published, whatever their column is called.
    private func refusePersons(_ layer: GeoPackageLayer, path: String) throws {
        let forbidden: Set = ["nik", "nonik", "nokk", "nomorkk", "nomornik", "noktp"]
        for (number, property) in layer.properties.enumerated() {
            let plain = property.name.lowercased().filter(\.isLetter)
            let looksPersonal = layer.features.contains { feature in
                switch feature.values[number] {
                case .text(let text): Self.isIdentityNumber(text)
                case .integer(let value): Self.isIdentityNumber(String(value))
                default: false
                }
            }
            if forbidden.contains(plain) || looksPersonal {
                throw Failure.personalColumn(path: path, column: property.name)
            }
        }
    }

    /// Sixteen digits, as NIK and No KK have.
    private static func isIdentityNumber(_ text: String) -> Bool {
        text.utf8.count == 16 && text.utf8.allSatisfy { (48...57).contains($0) }
    }
}

extension CollectionPublishing.Failure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badName(let name):
            "“\(name)” cannot stand in an address. Give another one with --id: letters, digits, "
                + "- and _, at most 64."
        case .takenName(let name):
            "“\(name)” is a collection of the releases. Give another one with --id."
        case .unknownProperties(let names):
            "The file has no column \(names.joined(separator: ", ")). See: ogrinfo -so."
        case .personalColumn(let path, let column):
            "\(path), “\(column)” holds numbers of persons or families, which must not be "
                + "published. Name the other columns with --properties."
        case .noFeatures(let path):
            "\(path) has no feature to publish. Name its layer with --layer."
        }
    }
}
