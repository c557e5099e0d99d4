internal import GRDB
public import PovertyModel

/// The files that one source sent in one layout for one day: together they are one register.
///
/// A province sends DTSEN as one file for each kecamatan; counted alone, each would be a
/// kabupaten of its own.
public struct RegistryRelease: Hashable, Sendable {
    /// By number; at least one, and none that was replaced.
    public let imports: [RegistryImport]

    public init(_ imports: [RegistryImport]) {
        precondition(!imports.isEmpty, "a release of no file")
        self.imports = imports.sorted { $0.id < $1.id }
    }

    /// The number of its first file stands for the release.
    public var id: Int64 { imports[0].id }
    public var layout: String { imports[0].layout }
    public var source: String { imports[0].source }
    public var role: String { imports[0].role }
    public var releaseDate: CalendarDate { imports[0].releaseDate }
    public var rowsRead: Int { imports.reduce(0) { $0 + $1.rowsRead } }
    public var rowsStored: Int { imports.reduce(0) { $0 + $1.rowsStored } }
    public var isSimulated: Bool { imports.contains(where: \.isSimulated) }

    /// The file, or how many there are.
    public var fileName: String {
        imports.count == 1 ? imports[0].fileName : "\(imports.count) files"
    }

    /// Puts imports together that are one register; the newest release first.
    public static func grouping(_ imports: [RegistryImport]) -> [RegistryRelease] {
        struct Name: Hashable {
            let source: String
            let layout: String
            let date: CalendarDate
        }
        return Dictionary(grouping: imports.filter { $0.replacedBy == nil }) {
            Name(source: $0.source, layout: $0.layout, date: $0.releaseDate)
        }
        .values.map(RegistryRelease.init)
        .sorted { ($1.releaseDate, $1.id) < ($0.releaseDate, $0.id) }
    }

    /// A condition on a column that holds the id of a row, true for the rows of these files.
    func rows(_ column: String) -> SQL {
        let conditions = imports.map { imported -> SQL in
            let first = KeluargaID.rowID(importID: imported.id, row: 0)
            let end = KeluargaID.rowID(importID: imported.id + 1, row: 0)
            return """
                (\(sql: column) >= \(first) AND \(sql: column) < \(end))
                """
        }
        return "(\(conditions.joined(separator: " OR ")))"
    }
}
