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
          ],
          "indikator": [
            { "id": "desil-1", "nama": "Desil 1", "berlaku_sejak": "2022-06-08", "pembilang": [1, 1] },
            { "id": "desil-1-2", "nama": "Desil 1–2", "berlaku_sejak": "2022-06-08", "pembilang": [1, 2] },
            { "id": "desil-1-4", "nama": "Desil 1–4", "berlaku_sejak": "2022-06-08", "pembilang": [1, 4] }
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
        let document = try document(path: path)
        let rules = try document.aturan.map { try $0.rule(path: path) }
        guard !rules.isEmpty else {
            throw PipelineError.badCriteria(path: path, problem: "“aturan” lists no rule")
        }
        guard Set(rules.map(\.id)).count == rules.count else {
            throw PipelineError.badCriteria(path: path, problem: "two rules have the same id")
        }
        return rules
    }

    /// The indicators whose hotspots are tested beside those of the rule; the standard ones when
    /// the file does not say, none when its list is empty.
    public static func indicators(path: String) throws -> [PovertyIndicator] {
        guard let entries = try document(path: path).indikator else {
            return PovertyIndicator.standard
        }
        let indicators = try entries.map { try $0.indicator(path: path) }
        guard Set(indicators.map { "\($0.id) \($0.inForceSince.iso)" }).count == indicators.count
        else {
            throw PipelineError.badCriteria(
                path: path, problem: "two indicators have the same id and date")
        }
        return indicators
    }

    private static func document(path: String) throws -> Document {
        let file = try InputFile(path: path)
        do {
            return try JSONDecoder().decode(
                Document.self, from: Data(try file.head(file.byteCount)))
        } catch let error as DecodingError {
            throw PipelineError.badCriteria(path: path, problem: problem(error))
        }
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
        let indikator: [IndicatorEntry]?
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

    private struct IndicatorEntry: Decodable {
        let id: String
        let nama: String
        let berlaku_sejak: String
        /// The first and the last desil that count.
        let pembilang: [Int]
        /// Likewise; all keluarga when it is missing.
        let penyebut: [Int]?

        func indicator(path: String) throws -> PovertyIndicator {
            func bad(_ problem: String) -> PipelineError {
                .badCriteria(path: path, problem: "\(problem) of indicator \(id)")
            }
            guard PovertyIndicator.isKey(id), id != PovertyIndicator.extremeID else {
                throw PipelineError.badCriteria(
                    path: path,
                    problem: "the id of an indicator is not small letters, digits and hyphens, "
                        + "or is “\(PovertyIndicator.extremeID)”, which is the rule's")
            }
            guard let date = CalendarDate(berlaku_sejak) else {
                throw PipelineError.badCriteria(
                    path: path,
                    problem: "berlaku_sejak of indicator \(id) is no date such as 2025-02-05")
            }
            guard let counted = Self.range(pembilang) else {
                throw bad("pembilang is no pair of desil such as [1, 2]")
            }
            let among = penyebut.flatMap(Self.range)
            if penyebut != nil, among == nil {
                throw bad("penyebut is no pair of desil such as [1, 4]")
            }
            let all = among ?? Desil.all[0]...Desil.all[9]
            guard all.contains(counted.lowerBound), all.contains(counted.upperBound),
                all != counted
            else { throw bad("pembilang is no part of the penyebut") }
            return PovertyIndicator(
                id: id, name: nama, inForceSince: date, counted: counted, among: among)
        }

        private static func range(_ numbers: [Int]) -> ClosedRange<Desil>? {
            let desil = numbers.compactMap(Desil.init)
            guard numbers.count == 2, desil.count == 2, desil[0] <= desil[1] else { return nil }
            return desil[0]...desil[1]
        }
    }
}
