internal import Foundation
public import PovertyModel

/// The dated rules by which a keluarga counts as extremely poor, from a JSON file.
public enum CriteriaFile {
    /// What `peta init` writes beside the database, to be changed there.
    public static let standardText = """
        {
          "aturan": [
            {
              "id": "desil-1-p3ke",
              "nama": "Desil 1 P3KE",
              "berlaku_sejak": "2022-06-08",
              "desil_tertinggi": 1,
              "dasar": "Desil Kesejahteraan 1 P3KE, seperti pada PMK 201/2022 pasal 36 untuk BLT Dana Desa"
            },
            {
              "id": "desil-1-dtsen",
              "nama": "Desil 1 DTSEN",
              "berlaku_sejak": "2025-02-05",
              "desil_tertinggi": 1,
              "dasar": "desil_nasional 1 DTSEN (Inpres 4/2025); pendekatan mikro, bukan angka BPS"
            }
          ]
        }

        """

    /// Writes the standard rules to `path` unless a file is there.
    public static func createIfMissing(path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let file = try OutputFile(path: path)
        try file.write(Array(standardText.utf8))
        try file.finish()
    }

    public static func read(path: String) throws -> [ExtremePovertyRule] {
        let file = try InputFile(path: path)
        let document: Document
        do {
            document = try JSONDecoder().decode(
                Document.self, from: Data(try file.head(file.byteCount)))
        } catch let error as DecodingError {
            throw PipelineError.badCriteria(path: path, problem: problem(error))
        }
        let rules = try document.aturan.map { try $0.rule(path: path) }
        guard !rules.isEmpty else {
            throw PipelineError.badCriteria(path: path, problem: "“aturan” lists no rule")
        }
        guard Set(rules.map(\.id)).count == rules.count else {
            throw PipelineError.badCriteria(path: path, problem: "two rules have the same id")
        }
        return rules
    }

    private static func problem(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context):
            "“\(key.stringValue)” is missing\(place(context.codingPath))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "a value has the wrong type\(place(context.codingPath))"
        default:
            "the file is no JSON"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "" : " at " + path.map(\.stringValue).joined(separator: ".")
    }

    private struct Document: Decodable {
        let aturan: [Entry]
    }

    private struct Entry: Decodable {
        let id: String
        let nama: String
        let berlaku_sejak: String
        let desil_tertinggi: Int
        let dasar: String

        func rule(path: String) throws -> ExtremePovertyRule {
            guard let date = CalendarDate(berlaku_sejak) else {
                throw PipelineError.badCriteria(
                    path: path,
                    problem: "berlaku_sejak of rule \(id) is no date such as 2025-02-05")
            }
            guard let desil = Desil(desil_tertinggi), desil.number < 10 else {
                throw PipelineError.badCriteria(
                    path: path, problem: "desil_tertinggi of rule \(id) is not 1 to 9")
            }
            return ExtremePovertyRule(
                id: id, name: nama, inForceSince: date, highestDesil: desil, basis: dasar)
        }
    }
}
