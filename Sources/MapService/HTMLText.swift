/// Text on its way into a page.
enum HTMLText {
    /// Escaped for text and for attributes in quotation marks; control characters are left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value): break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// An address for `href`, escaped; nil for one that a page should not lead to (`javascript:`).
    static func address(_ text: String) -> String? {
        let lowered = text.lowercased()
        let isAbsolute = lowered.hasPrefix("http://") || lowered.hasPrefix("https://")
        // Without a colon before the first slash there is no scheme.
        let isRelative = !text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.contains(":")
        return isAbsolute || isRelative ? escaped(text) : nil
    }

    static func link(_ text: String, to href: String, attributes: String = "") -> String {
        guard let href = address(href) else { return escaped(text) }
        return "<a href=\"\(href)\"\(attributes)>\(escaped(text))</a>"
    }

    /// `1234567` as `1.234.567`.
    static func number(_ value: Int) -> String { grouped(String(value)) }

    /// `1234.5` as `1.234,5`, with every digit that the number has.
    static func number(_ value: Double) -> String {
        let written = value.description
        guard value.isFinite, !written.contains("e") else {
            return written.replacing(".", with: ",")
        }
        let parts = written.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, parts[1] != "0" else { return grouped(String(parts[0])) }
        return grouped(String(parts[0])) + "," + parts[1]
    }

    private static func grouped(_ digits: String) -> String {
        let isNegative = digits.hasPrefix("-")
        let bare = Array(isNegative ? digits.dropFirst() : digits[...])
        var result = isNegative ? "−" : ""
        for (index, digit) in bare.enumerated() {
            if index > 0, (bare.count - index).isMultiple(of: 3) { result += "." }
            result.append(digit)
        }
        return result
    }

    /// A value of a document; `name` tells whether its digits are a number or a code.
    static func value(_ value: JSONValue, name: String = "") -> String {
        switch value {
        case .string(let text):
            text.hasPrefix("http://") || text.hasPrefix("https://")
                ? link(text, to: text) : escaped(text)
        case .integer(let number): isCode(name) ? String(number) : Self.number(number)
        case .number(let number): Self.number(number)
        case .bool(let flag): flag ? "ya" : "tidak"
        case .null: "<span class=\"kosong\">tidak ada</span>"
        case .array(let items):
            items.isEmpty
                ? "<span class=\"kosong\">kosong</span>"
                : items.map { Self.value($0, name: name) }
                    .joined(separator: items.allSatisfy(\.isShort) ? ", " : "<br>")
        case .object(let members):
            "<dl>"
                + members.map {
                    "<dt>\(escaped(words[$0.name] ?? $0.name))</dt><dd>\(Self.value($0.value, name: $0.name))</dd>"
                }.joined() + "</dl>"
        }
    }

    /// Members that the standards name in English.
    private static let words = [
        "spatial": "Ruang", "temporal": "Waktu", "bbox": "Kotak", "interval": "Selang",
        "crs": "Sistem koordinat", "trs": "Sistem waktu",
    ]

    private static func isCode(_ name: String) -> Bool {
        name == "id" || name == "rilis"
            || ["kode", "tahun", "minTile", "maxTile"].contains { name.hasPrefix($0) }
    }
}

extension JSONValue {
    var isNumber: Bool {
        switch self {
        case .integer, .number: true
        default: false
        }
    }

    fileprivate var isShort: Bool {
        switch self {
        case .string(let text): text.utf8.count < 24 && !text.contains("://")
        case .object, .array: false
        default: true
        }
    }
}
