internal import Foundation
internal import Pipeline

/// What the pipeline reads from a path: whole household files, mappings and criteria.
enum FileTargets {
    static let all = [
        // In memory; one in so many goes through a file as well.
        // No ODS among them: a few hundred bytes that repeat a row may become 64 MB of rows to be
        // counted, a tenth of a second and more; "workbooks" stops at 4 MB.
        FuzzTarget(
            "registry-files",
            seeds: {
                try FuzzCorpus.inputs(in: "registry")
                    + ArchiveTargets.workbooks(named: "registry.parts")
            },
            run: registryFile),
        FuzzTarget("mapping-files", run: mappingFile),
        FuzzTarget(
            "criteria", seeds: { [Array(CriteriaFile.standardText.utf8)] }, run: criteria),
    ]

    private static let alsoAsFile = 256

    /// A file in memory where there is such a folder, one for each process and thread.
    private static func withFile(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ body: (String) throws -> Void
    ) {
        let memory = "/dev/shm"
        let folder =
            FileManager.default.fileExists(atPath: memory)
            ? memory : FileManager.default.temporaryDirectory.path
        let path = "\(folder)/peta-fuzz-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            try Data(buffer: bytes).write(to: URL(fileURLWithPath: path))
            try body(path)
        } catch {
            FuzzStep.note(error)
        }
    }

    private static func registryFile(_ bytes: UnsafeBufferPointer<UInt8>) {
        let memory = detected { try RegistryDetection(memory: Array(bytes)) }
        guard FuzzStep.choice(bytes, of: alsoAsFile) == 0 else { return }
        withFile(bytes) { path in
            let file = detected { try RegistryDetection(path: path) }
            precondition(memory == file, "another table in memory than in a file")
        }
    }

    /// What was found, sheet by sheet; nil for an error.
    private static func detected(_ detect: () throws -> RegistryDetection) -> [[String]]? {
        do {
            let found = try detect()
            precondition(!found.sheets.isEmpty, "a file without a sheet")
            return found.sheets.map { sheet in
                precondition(sheet.rows >= 0 && !sheet.columns.isEmpty, "\(sheet.rows) rows")
                return ["\(sheet.rows)", "\(sheet.headerRow)", sheet.encoding, sheet.delimiter]
                    + sheet.columns.map(\.name)
            }
        } catch {
            FuzzStep.note(error)
            return nil
        }
    }

    private static let table = Array(
        """
        TINGKAT;No. Kartu;Tempat;X;Y
        2;9900000000000001;Rekaan Lor;113,25;-7,75

        """.utf8)

    /// The bytes as a mapping for a table that is always the same.
    private static func mappingFile(_ bytes: UnsafeBufferPointer<UInt8>) {
        let memory = detected { try RegistryDetection(memory: table, mapping: Array(bytes)) }
        guard FuzzStep.choice(bytes, of: alsoAsFile) == 0 else { return }
        withFile(bytes) { mapping in
            table.withUnsafeBufferPointer { table in
                withFile(table) { path in
                    let file = detected { try RegistryDetection(path: path, mapping: mapping) }
                    precondition(memory == file, "another table in memory than in a file")
                }
            }
        }
    }

    private static func criteria(_ bytes: UnsafeBufferPointer<UInt8>) {
        withFile(bytes) { path in
            let rules = try CriteriaFile.read(path: path)
            precondition(!rules.isEmpty, "criteria without a rule")
        }
    }
}
