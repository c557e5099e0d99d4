internal import Foundation

/// One way to understand a written coordinate.
struct AngleReading: Hashable {
    enum Axis { case longitude, latitude }
    enum Form {
        /// A number with or without decimals.
        case number
        /// A number with thousands set apart: never degrees as it stands.
        case grouped
        /// Degrees with a mark or a hemisphere, or with minutes.
        case angle
    }

    /// With the sign that is written or that the hemisphere gives.
    var value: Double
    /// What the hemisphere or a label says.
    var axis: Axis?
    /// The unit of the last digit written, in the unit of `value`.
    var step: Double
    var form: Form
    /// How many digits there are, when there is nothing else.
    var integerDigits: Int?
    var repairs: Set<PositionReading.Repair>
}

/// The ways to understand the text of one coordinate.
///
/// Reads decimal degrees with point or comma; degrees, minutes and seconds with marks, colons,
/// hyphens, points or blanks between them; hemispheres in English and Indonesian before or after
/// (`S`, `LS`, `Lintang Selatan`); metres with thousands set apart. Words at the ends are passed
/// over and told as stray. Scientific notation has no reading: an E between digits is a damaged
/// number.
enum AngleText {
    private enum Token: Equatable {
        case number(String)
        case minus, plus, blank, stray, colon
        /// 1 after degrees, 2 after minutes, 3 after seconds.
        case mark(Int)
        case word(String)
    }

    /// Longer texts hold no coordinate.
    static let mostCharacters = 120

    static func readings(of text: some StringProtocol) -> [AngleReading] {
        guard text.utf8.count <= mostCharacters * 3, let parts = Parts(tokens(of: text)) else {
            return []
        }
        return parts.readings
    }

    private static func tokens(of text: some StringProtocol) -> [Token] {
        var tokens: [Token] = []
        var run = ""
        var isWord = false
        func close() {
            guard !run.isEmpty else { return }
            tokens.append(isWord ? .word(run.lowercased()) : .number(run))
            run = ""
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", ".", ",":
                if isWord { close() }
                isWord = false
                run.unicodeScalars.append(scalar)
            case "a"..."z", "A"..."Z":
                if !isWord { close() }
                isWord = true
                run.unicodeScalars.append(scalar)
            default:
                close()
                let token = mark(scalar)
                // Two marks of minutes stand for one of seconds.
                if token == .mark(2), tokens.last == .mark(2) {
                    tokens[tokens.count - 1] = .mark(3)
                } else {
                    tokens.append(token)
                }
            }
        }
        close()
        return tokens
    }

    private static func mark(_ scalar: Unicode.Scalar) -> Token {
        switch scalar {
        case "-", "\u{2212}", "\u{2010}"..."\u{2014}": .minus
        case "+": .plus
        case ":": .colon
        case "°", "º", "˚", "∘", "*": .mark(1)
        case "'", "′", "’", "‘", "`", "´", "ʹ": .mark(2)
        case "\"", "″", "”", "“", "ʺ": .mark(3)
        default: scalar.properties.isWhitespace ? .blank : .stray
        }
    }

    /// A text taken apart: what stands before, between and after the numbers.
    private struct Parts {
        private var numbers: [String] = []
        /// The mark after each number, 0 for none.
        private var marks: [Int] = []
        private var isNegative = false
        private var isSigned = false
        private var words: [String] = []
        private var hasStray = false
        /// Between the numbers stand blanks alone.
        private var hasBlanksOnly = true
        private var lettersAsMarks = false

        init?(_ tokens: [Token]) {
            var isBetween = false
            let last = tokens.lastIndex { if case .number = $0 { true } else { false } }
            guard let last else { return nil }
            for (index, token) in tokens.enumerated() {
                switch token {
                case .number(let text):
                    numbers.append(text)
                    marks.append(0)
                    isBetween = true
                case .minus where !isBetween:
                    guard !isSigned else { return nil }
                    isSigned = true
                    isNegative = true
                case .plus where !isBetween:
                    guard !isSigned else { return nil }
                    isSigned = true
                case .minus where index < last, .colon where index < last:
                    if isBetween { hasBlanksOnly = false } else { hasStray = true }
                case .minus, .plus:
                    return nil
                case .blank: break
                case .mark(let kind):
                    // A quotation mark around the number is none of seconds.
                    if !isBetween {
                        hasStray = true
                    } else if marks[marks.count - 1] == 0, kind >= marks.count || kind == 1 {
                        marks[marks.count - 1] = kind
                        hasBlanksOnly = false
                    } else {
                        hasStray = true
                    }
                case .word(let word):
                    if isBetween, index < last {
                        guard let kind = Self.unit(word) else { return nil }
                        marks[marks.count - 1] = kind
                        hasBlanksOnly = false
                        lettersAsMarks = true
                    } else if isBetween, lettersAsMarks, Self.unit(word) == marks.count {
                        marks[marks.count - 1] = marks.count
                    } else {
                        words.append(word)
                    }
                case .stray, .colon:
                    if isBetween, index < last { return nil }
                    hasStray = true
                }
            }
        }

        private static func unit(_ word: String) -> Int? {
            switch word {
            case "d", "deg", "degree", "degrees", "der", "derajat": 1
            case "m", "min", "menit", "minute", "minutes": 2
            case "s", "sec", "det", "dtk", "detik", "second", "seconds": 3
            default: nil
            }
        }

        var readings: [AngleReading] {
            guard let place = hemisphere else { return [] }
            var repairs: Set<PositionReading.Repair> = []
            if place.isStray || hasStray { repairs.insert(.strayCharacters) }
            var readings: [AngleReading] = []
            func add(
                _ number: WrittenNumber,
                form: AngleReading.Form,
                _ more: Set<PositionReading.Repair> = []
            ) {
                let isAngle = form == .angle
                let sign = isNegative || place.isNegative == true ? -1.0 : 1.0
                readings.append(
                    AngleReading(
                        value: sign * number.value,
                        axis: place.axis,
                        step: number.step,
                        form: form,
                        integerDigits: isAngle ? nil : number.integerDigits,
                        repairs: repairs.union(more)
                            .union(number.hasDecimalComma ? [.decimalComma] : [])
                            .union(isAngle ? [.degreesMinutes] : [])))
            }
            if numbers.count == 1 {
                let isAngle = marks[0] == 1 || place.isNegative != nil
                // A quotation mark around a number.
                let quoted: Set<PositionReading.Repair> = marks[0] > 1 ? [.strayCharacters] : []
                for number in WrittenNumber.readings(of: numbers[0]) {
                    // Metres may bear an N or E as well: the number as it is stays possible.
                    if number.isGrouped {
                        add(number, form: .grouped, quoted)
                    } else {
                        if isAngle { add(number, form: .angle, quoted) }
                        if !isAngle || number.value > 360 { add(number, form: .number, quoted) }
                    }
                }
                let fields = numbers[0].split(separator: ".", omittingEmptySubsequences: false)
                if fields.count == 3,
                    let angle = WrittenNumber(sexagesimal: fields.map(String.init))
                {
                    add(angle, form: .angle)
                }
            } else if marks.enumerated().allSatisfy({ $1 == 0 || $1 == $0 + 1 }),
                let angle = WrittenNumber(sexagesimal: numbers)
            {
                add(angle, form: .angle)
            }
            if numbers.count > 1, hasBlanksOnly {
                for number in WrittenNumber.readings(of: numbers.joined()) {
                    add(number, form: number.isGrouped ? .grouped : .number, [.strayCharacters])
                }
            }
            return readings
        }

        /// What the words say; nil when they contradict each other.
        private var hemisphere: (axis: AngleReading.Axis?, isNegative: Bool?, isStray: Bool)? {
            var axis: AngleReading.Axis?
            var isNegative: Bool?
            var isStray = false
            for word in words {
                let found: (axis: AngleReading.Axis, isNegative: Bool?)
                switch word {
                case "n", "u", "lu", "north", "utara": found = (.latitude, false)
                case "s", "ls", "south", "selatan": found = (.latitude, true)
                case "e", "t", "bt", "east", "timur": found = (.longitude, false)
                case "w", "b", "bb", "west", "barat": found = (.longitude, true)
                case "lintang", "lat", "latitude": found = (.latitude, nil)
                case "bujur", "lon", "lng", "long", "longitude": found = (.longitude, nil)
                default:
                    isStray = true
                    continue
                }
                if let axis, axis != found.axis { return nil }
                if let known = isNegative, let new = found.isNegative, known != new { return nil }
                axis = found.axis
                isNegative = isNegative ?? found.isNegative
            }
            return (axis, isNegative, isStray || (axis != nil && isNegative == nil))
        }
    }
}

/// A number without a sign as it is written.
private struct WrittenNumber {
    var value: Double
    var step: Double
    var hasDecimalComma = false
    var isGrouped = false
    var integerDigits: Int?

    /// The ways to read digits with points and commas.
    static func readings(of text: String) -> [WrittenNumber] {
        let digits = text.utf8.count { $0 >= 48 && $0 <= 57 }
        guard digits > 0, digits <= 25 else { return [] }
        let points = text.utf8.count { $0 == UInt8(ascii: ".") }
        let commas = text.utf8.count { $0 == UInt8(ascii: ",") }
        var readings: [WrittenNumber] = []
        if points + commas <= 1 {
            let parts = text.split(
                maxSplits: 1, omittingEmptySubsequences: false,
                whereSeparator: { $0 == "." || $0 == "," })
            if let plain = WrittenNumber(
                whole: String(parts[0]), decimals: parts.count > 1 ? String(parts[1]) : "")
            {
                var plain = plain
                plain.hasDecimalComma = commas == 1
                if points + commas == 0 { plain.integerDigits = digits }
                readings.append(plain)
            }
        }
        for (separator, decimal) in [(".", ","), (",", ".")] as [(Character, Character)] {
            if let grouped = WrittenNumber(text, grouped: separator, decimal: decimal) {
                readings.append(grouped)
            }
        }
        return readings
    }

    private init?(whole: String, decimals: String) {
        guard let value = Double((whole.isEmpty ? "0" : whole) + "." + decimals + "0"),
            value.isFinite
        else { return nil }
        self.value = value
        step = pow(10, -Double(decimals.utf8.count))
    }

    /// `9.139.660,5`: groups of three digits behind the first.
    private init?(_ text: String, grouped separator: Character, decimal: Character) {
        let parts = text.split(separator: decimal, omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first else { return nil }
        let groups = whole.split(separator: separator, omittingEmptySubsequences: false)
        guard groups.count > 1, (1...3).contains(groups[0].utf8.count),
            groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }),
            parts.count < 2 || !parts[1].contains(separator)
        else { return nil }
        let decimals = parts.count > 1 ? String(parts[1]) : ""
        self.init(whole: groups.joined(), decimals: decimals)
        isGrouped = true
        hasDecimalComma = decimal == "," && parts.count > 1
        if decimals.isEmpty { integerDigits = groups.reduce(0) { $0 + $1.utf8.count } }
    }

    /// Degrees, minutes and perhaps seconds; only the last may have decimals.
    init?(sexagesimal parts: [String]) {
        guard (2...3).contains(parts.count) else { return nil }
        var sum = 0.0
        var unit = 1.0
        for (index, part) in parts.enumerated() {
            // A comma left over from "7, 45, 30" is no decimal.
            let text = index < parts.count - 1 && part.last == "," ? String(part.dropLast()) : part
            guard let number = Self.readings(of: text).first(where: { !$0.isGrouped }) else {
                return nil
            }
            let isLast = index == parts.count - 1
            // A device that rounds 59.996 seconds writes 60.00.
            let isWithin = index == 2 ? number.value <= 60 : number.value < (index == 0 ? 181 : 60)
            guard isWithin, isLast || number.integerDigits != nil else { return nil }
            sum += number.value * unit
            if isLast {
                step = number.step * unit
                hasDecimalComma = number.hasDecimalComma
                value = sum
                return
            }
            unit /= 60
        }
        return nil
    }
}
