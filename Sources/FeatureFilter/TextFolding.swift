internal import Foundation

/// Text made equal for a comparison that does not mind case or accents.
public enum TextFolding: String, Hashable, Sendable, CaseIterable {
    /// CASEI: `ŞTRASSE`, `ştraße` and `Ştrasse` become one.
    case ofCase = "casei"
    /// ACCENTI: `Chișinău` and `Chisinau` become one.
    case ofAccents = "accenti"

    /// The folded text, canonically composed (NFC), so that `é` in one or two scalars is the same.
    ///
    /// - Complexity: O(length); text of ASCII alone costs a pass over its bytes.
    public func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            return self == .ofCase ? text.lowercased() : text
        }
        // Case first on what is decomposed: “ΐ” has a capital in three scalars only.
        let scalars = text.decomposedStringWithCanonicalMapping.unicodeScalars
        var folded = String.UnicodeScalarView()
        for scalar in scalars {
            switch self {
            case .ofCase:
                // The small letters of the capitals: “ß” becomes “ss” and “ς” becomes “σ”.
                for capital in scalar.properties.uppercaseMapping.unicodeScalars {
                    folded.append(contentsOf: capital.properties.lowercaseMapping.unicodeScalars)
                }
            case .ofAccents:
                if scalar.properties.generalCategory == .nonspacingMark { continue }
                folded.append(Self.withoutStroke[scalar] ?? scalar)
            }
        }
        return String(folded).precomposedStringWithCanonicalMapping
    }

    /// Letters with a stroke are not letter and mark to Unicode, and are to those who type `o`.
    private static let withoutStroke: [Unicode.Scalar: Unicode.Scalar] = [
        "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ł": "l", "Ł": "L",
        "ŧ": "t", "Ŧ": "T",
    ]
}
