internal import Foundation
internal import Hummingbird

/// The parameters of a request's query, of which only declared ones may be there.
///
/// OGC API asks for 400 where a parameter is unknown: a misspelt filter must not look like one
/// that finds everything.
struct QueryParameters {
    private let values: [String: String]

    /// Reads the query; `allowed` is every parameter that the operation declares.
    init(_ request: Request, allowed: Set<String>) throws(RequestFailure) {
        var values: [String: String] = [:]
        for part in (request.uri.query ?? "").split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(sides[0]),
                let value = Self.decoded(sides.count > 1 ? sides[1] : "")
            else { throw .badParameter("The query is not UTF-8 in percent encoding.") }
            guard allowed.contains(name) else {
                throw .badParameter(
                    "Unknown parameter. Known: \(allowed.sorted().joined(separator: ", ")).")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw .badParameter("\(name) is given twice.")
            }
        }
        self.values = values
    }

    subscript(_ name: String) -> String? { values[name] }

    /// A whole number from 1; any that is larger than `most` counts as that, however long it is.
    func count(_ name: String, atMost most: Int) throws(RequestFailure) -> Int? {
        guard let text = values[name] else { return nil }
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
        let number = isNumber ? Int(text) ?? most : 0
        guard number >= 1 else { throw .badParameter("\(name) takes a whole number from 1.") }
        return min(number, most)
    }

    /// The query again, with some parameters set anew or, where nil, left out; sorted by name.
    func query(setting changes: [String: String?]) -> String {
        var values = values
        for (name, value) in changes { values[name] = value }
        let parts = values.sorted { $0.key < $1.key }.map {
            "\(Self.encoded($0.key))=\(Self.encoded($0.value))"
        }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }

    /// All parameters in one order, so that the same question has the same text.
    var canonical: String { query(setting: [:]) }

    private static func decoded(_ text: Substring) -> String? {
        // Forms write a blank as a plus sign.
        text.replacing("+", with: " ").removingPercentEncoding
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~,:/")
}
