/// What a number format of a spreadsheet does to a number, as far as it matters here.
enum NumberFormat: Hashable, Sendable {
    /// Left as it is: general, decimals, percentages, money.
    case plain
    case date
    case time
    /// Only zeros, such as `000` for an RT: shown with leading zeros up to this width.
    case digits(width: Int)

    /// The formats that have a number and no code in the file (ECMA-376 part 1, 18.8.30).
    init(builtIn identifier: Int) {
        switch identifier {
        case 14...17, 22, 27...31, 34...36, 50...54, 57, 58: self = .date
        case 18...21, 32, 33, 45...47, 55, 56: self = .time
        default: self = .plain
        }
    }

    /// Reads a code such as `dd/mm/yyyy;@`, `[h]:mm`, `"Rp"#,##0` or `000`.
    init(code: String) {
        let code = code.lowercased()
        guard code != "general", code != "standard" else {
            self = .plain
            return
        }
        let letters = Self.unquoted(code)
        let firstSection = letters.prefix { $0 != ";" }
        if firstSection.count > 1, firstSection.allSatisfy({ $0 == "0" }) {
            self = .digits(width: min(firstSection.count, 32))
            return
        }
        let hasDay = letters.contains("d") || letters.contains("y")
        let hasClock = letters.contains("h") || letters.contains("s")
        if hasDay || (letters.contains("m") && !hasClock) {
            self = .date
        } else {
            self = hasClock ? .time : .plain
        }
    }

    /// The code without quoted text, escaped characters and brackets, but for `[h]`, `[m]`, `[s]`.
    private static func unquoted(_ code: String) -> String {
        var letters = ""
        var rest = code[...]
        while let first = rest.popFirst() {
            switch first {
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "\\", "_", "*": rest = rest.dropFirst()
            case "[":
                let inside = rest.prefix { $0 != "]" }
                rest = rest.dropFirst(inside.count + 1)
                if let letter = inside.first, "hms".contains(letter),
                    inside.allSatisfy({ $0 == letter })
                {
                    letters += letter == "m" ? "h" : String(letter)
                }
            default: letters.append(first)
            }
        }
        return letters
    }

    /// Appends the number `written` in the file as this format means it.
    func append(
        _ written: UnsafeBufferPointer<UInt8>,
        _ system: CellDate.System,
        to text: inout [UInt8]
    ) {
        switch self {
        case .plain: CellNumber.append(written, to: &text)
        case .date, .time:
            let form: CellDate.Form = self == .date ? .date : .time
            if let serial = CellNumber.double(written),
                CellDate.append(serial, system, form, to: &text)
            {
                return
            }
            CellNumber.append(written, to: &text)
        case .digits(let width):
            let start = text.count
            CellNumber.append(written, to: &text)
            let added = text[start...]
            guard added.count < width,
                added.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
            else { return }
            text.insert(
                contentsOf: repeatElement(UInt8(ascii: "0"), count: width - added.count), at: start)
        }
    }
}
