/// The header row of a household file: which layout it is and where each field stands.
public struct RegistryHeader: Hashable, Sendable {
    public let layout: RegistryLayout
    /// The record in which the header stands, from 1.
    public let row: Int
    /// Column names as written.
    public let columns: [String]
    private let positions: [RegistryField: Int]

    /// The header must stand in one of the first rows.
    public static let searchedRows = 20

    /// Recognises the header in `cells`; nil when the row is the header of no known layout.
    public init?(cells: [String], row: Int) {
        let names = cells.map(Self.reduced)
        var positions: [RegistryField: Int] = [:]
        for field in RegistryField.allCases {
            // The earlier spelling wins: "Kecamatan" may stand beside "nama kecamatan".
            for spelling in field.spellings {
                if let index = names.firstIndex(of: spelling) {
                    positions[field] = index
                    break
                }
            }
        }
        let present = Set(names)
        // A list of persons repeats each keluarga; it is not one of keluarga.
        guard !present.contains("id individu") else { return nil }
        let candidates = RegistryLayout.all.filter { layout in
            layout.required.allSatisfy { positions[$0] != nil }
                && layout.signature.contains { present.contains($0) }
        }
        // Ties go to the earlier layout of the list.
        var best: (layout: RegistryLayout, score: Int)?
        for layout in candidates {
            let score = layout.signature.count { present.contains($0) }
            if best.map({ score > $0.score }) ?? true { best = (layout, score) }
        }
        guard let best else { return nil }
        layout = best.layout
        self.row = row
        columns = cells
        self.positions = positions
    }

    public func position(of field: RegistryField) -> Int? { positions[field] }

    /// Lower case, with each run of other characters than letters and digits as one blank.
    public static func reduced(_ name: String) -> String {
        var result = ""
        for scalar in name.lowercased().unicodeScalars {
            if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else if !result.isEmpty, result.last != " " {
                result.append(" ")
            }
        }
        if result.last == " " { result.removeLast() }
        return result
    }
}
