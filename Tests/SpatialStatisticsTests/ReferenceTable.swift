import Foundation
import SpatialStatistics
import Testing

/// A table of reference values: the columns of a CSV file without quoted commas.
struct ReferenceTable {
    let rowCount: Int
    private let columns: [String: [String]]

    /// A file in `References/`.
    init(_ path: String) throws {
        try self.init(text: referenceText(path))
    }

    init(text: String) throws {
        let rows = text.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            }
        }
        let header = try #require(rows.first)
        rowCount = rows.count - 1
        columns = Dictionary(
            uniqueKeysWithValues: header.enumerated().map { index, name in
                (name, rows.dropFirst().map { $0[index] })
            }
        )
    }

    func text(_ column: String) throws -> [String] {
        try #require(columns[column], "no column \(column)")
    }

    /// Numbers; what is none (`NA`, empty) becomes NaN.
    func numbers(_ column: String) throws -> [Double] {
        try text(column).map { Double($0) ?? .nan }
    }

    /// The number in `column` of the row that has `key` in `keyColumn`.
    func number(_ column: String, where keyColumn: String, is key: String) throws -> Double {
        let row = try #require(try text(keyColumn).firstIndex(of: key), "no row \(key)")
        return try numbers(column)[row]
    }
}

/// The text of a file in `References/`.
func referenceText(_ path: String) throws -> String {
    let root = try #require(Bundle.module.resourceURL)
    return try String(
        contentsOf: root.appendingPathComponent("References/\(path)"),
        encoding: .utf8
    )
}

/// Values and weights of a folder in `References/`.
struct ReferenceCase {
    let table: ReferenceTable
    let weights: SpatialWeights

    init(_ folder: String) throws {
        table = try ReferenceTable("\(folder)/reference.csv")
        let content = try GALFormat.read(referenceText("\(folder)/weights.gal"))
        try #require(try content.ids == table.text("id"))
        weights = content.weights
    }

    static let hotspotFolders = [
        "afcon-anselin1995", "columbus-crime", "eire-owncons", "ncsids74-ft",
        "getisord1996-d30", "getisord1996-d150",
    ]
}

/// Files of the folder `shared` beside the checkout, which may not be committed here.
enum SharedCases {
    /// Nil where that folder is absent, as it is outside the place where this was written.
    static let hotspotFolder: URL? = {
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appendingPathComponent("shared/cases/hotspot")
            if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
            folder.deleteLastPathComponent()
        }
        return nil
    }()

    static func text(_ name: String) throws -> String {
        let folder = try #require(hotspotFolder)
        return try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
}

/// Whether two numbers agree to `tolerance` of the larger one, or to 1e-13 when both are almost 0;
/// NaN agrees with NaN.
func agree(_ one: Double, _ other: Double, within tolerance: Double = 1e-9) -> Bool {
    if one.isNaN || other.isNaN { return one.isNaN && other.isNaN }
    return abs(one - other) <= max(1e-13, tolerance * max(abs(one), abs(other)))
}

/// The first place where two columns disagree, said so that a failing test can be read.
func firstDisagreement(
    _ found: [Double],
    _ expected: [Double],
    within tolerance: Double = 1e-9
) -> String? {
    guard found.count == expected.count else {
        return "\(found.count) values, expected \(expected.count)"
    }
    for (row, pair) in zip(found, expected).enumerated()
    where !agree(pair.0, pair.1, within: tolerance) {
        return "row \(row): \(pair.0), expected \(pair.1)"
    }
    return nil
}
