internal import Foundation
internal import SocialRegistry
internal import Yams

/// Reads the YAML file that says what the columns of an unknown table are.
///
/// ```yaml
/// jenis: sebagian        # register, sebagian, anggota, orang or posisi
/// sumber: Pendataan Dinsos
/// judul: Daftar warga 2026
/// pemisah: ";"           # found by trying when missing
/// baris_judul: 3         # the first row with all columns when missing
/// kolom:
///   familyCardNumber: No. KK
///   desaName: [Desa, Nama Desa]
/// ```
enum MappingFile {
    private struct Content: Decodable {
        let jenis: String
        let sumber: String
        let judul: String?
        let pemisah: String?
        let baris_judul: Int?
        let tahun: Int?
        let kode_terpotong: Bool?
        let kolom: [String: Columns]
    }

    private enum Columns: Decodable {
        case one(String)
        case several([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let names = try? container.decode([String].self) {
                self = .several(names)
            } else {
                self = .one(try container.decode(String.self))
            }
        }

        var names: [String] {
            switch self {
            case .one(let name): [name]
            case .several(let names): names
            }
        }
    }

    static func read(path: String) throws -> ColumnMapping {
        try read(try InputFile(path: path))
    }

    static func read(_ file: InputFile) throws -> ColumnMapping {
        let path = file.path
        let content: Content
        do {
            content = try YAMLDecoder().decode(
                Content.self, from: Data(try file.head(file.byteCount)))
        } catch {
            throw PipelineError.badMapping(path: path, problem: Self.problem(error))
        }
        guard let role = RegistryLayout.Role(rawValue: content.jenis) else {
            throw PipelineError.badMapping(
                path: path,
                problem: "jenis “\(content.jenis)” is none of "
                    + RegistryLayout.Role.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let separator: UInt8?
        switch content.pemisah.map({ Array($0.utf8) }) {
        case nil: separator = nil
        case let bytes? where bytes.count == 1: separator = bytes[0]
        default:
            throw PipelineError.badMapping(
                path: path, problem: "pemisah takes one character")
        }
        let mapping = ColumnMapping(
            role: role,
            source: content.sumber,
            title: content.judul ?? content.sumber,
            fields: content.kolom.sorted { $0.key < $1.key }.map { ($0.key, $0.value.names) },
            delimiter: separator,
            headerRow: content.baris_judul,
            year: content.tahun,
            composesDesaCode: content.kode_terpotong ?? false)
        if let problem = mapping.problems.first {
            throw PipelineError.badMapping(path: path, problem: problem.text)
        }
        return mapping
    }

    /// What is wrong, without the values: a mapping may hold anything.
    private static func problem(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _):
            "“\(key.stringValue)” is missing"
        case DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            "“\(context.codingPath.map(\.stringValue).joined(separator: "."))” is of another kind"
        default:
            "it is no YAML that says jenis, sumber and kolom"
        }
    }
}
