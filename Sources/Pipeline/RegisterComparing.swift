internal import Foundation
internal import PovertyModel
public import SpatialStore

/// Compares two registers and writes what became of their families, desa by desa.
public struct RegisterComparing {
    public struct Summary: Sendable {
        public let first: RegistryRelease
        public let second: RegistryRelease
        /// When the two were linked; nil when families are known by their numbers alone.
        public let linkedAt: String?
        public let comparison: RegisterComparison
        public let firstCount: Int
        public let secondCount: Int

        /// Each keluarga of both registers is in one of the figures.
        public var addsUp: Bool {
            comparison.both + comparison.gone + comparison.withoutKeyBefore == firstCount
                && comparison.both + comparison.new + comparison.withoutKeyAfter == secondCount
        }
    }

    public let database: PovertyDatabase

    public init(database: PovertyDatabase) {
        self.database = database
    }

    /// Compares the registers with the imports `first` and `second`; `output` names a CSV file.
    public func run(first: Int64, second: Int64, output: String? = nil) throws -> Summary {
        let before = try database.register(id: first)
        let after = try database.register(id: second)
        guard before != after else { throw PipelineError.sameRegister(id: first) }
        let comparison = try database.compare(before, after)
        if let output { try write(comparison, to: output) }
        return Summary(
            first: before, second: after,
            linkedAt: try database.linkedAt(first: before, second: after),
            comparison: comparison,
            firstCount: try database.keluargaCount(of: before),
            secondCount: try database.keluargaCount(of: after))
    }

    private func write(_ comparison: RegisterComparison, to path: String) throws {
        // True counts, small ones too: for its owner alone.
        let file = try OutputFile(path: path, isPrivate: true)
        let columns = [
            "kode_desa", "nama_desa", "nama_kecamatan", "baru", "hilang", "tetap", "masuk",
            "keluar", "desil_turun", "desil_naik",
        ]
        try file.write(Array((columns.joined(separator: ",") + "\n").utf8))
        for desa in try database.gazetteer() {
            let change = comparison.desa[desa.code] ?? RegisterComparison.DesaChange()
            let counts = [
                change.new, change.gone, change.stayed, change.movedIn, change.movedOut,
                change.desilLower, change.desilHigher,
            ]
            let cells =
                [desa.code.dotted, quoted(desa.name), quoted(desa.kecamatanName)]
                + counts.map(String.init)
            try file.write(Array((cells.joined(separator: ",") + "\n").utf8))
        }
        try file.finish()
    }

    private func quoted(_ name: String) -> String {
        name.contains(",") || name.contains("\"")
            ? "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : name
    }
}
