/// What readers of single cells share; all work on bytes, since a text for each cell costs more
/// than reading the file.
extension UInt8 {
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

    /// Of an ASCII letter, the small one.
    var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}

extension UnsafeBufferPointer<UInt8> {
    /// Without the blanks and control characters around it.
    var trimmed: UnsafeBufferPointer<UInt8> {
        var range = indices
        while let first = range.first, self[first] <= 0x20 { range = first + 1..<range.upperBound }
        while let last = range.last, self[last] <= 0x20 { range = range.lowerBound..<last }
        return UnsafeBufferPointer(rebasing: self[range])
    }

    /// The number when there are only digits, 1 to 18 of them.
    var decimalNumber: UInt64? {
        guard (1...18).contains(count) else { return nil }
        var number: UInt64 = 0
        for byte in self {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + UInt64(digit)
        }
        return number
    }

    /// What stands before `.0`, `.00` or `,0`; nil when that is not how the text ends.
    var wholePart: UnsafeBufferPointer<UInt8>? {
        guard let mark = lastIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }),
            mark > 0, mark + 1 < count,
            self[(mark + 1)...].allSatisfy({ $0 == UInt8(ascii: "0") })
        else { return nil }
        return UnsafeBufferPointer(rebasing: self[..<mark])
    }

    /// Whether this is `word`, small or capital; `word` is written small.
    func isWord(_ word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in
            zip(self, word).allSatisfy { $0.lowercased == $1 }
        }
    }

    /// Empty, or one of the ways to say that there is nothing.
    var meansNothing: Bool {
        if isEmpty { return true }
        guard count <= 6 else { return allSatisfy { $0 == UInt8(ascii: "0") } }
        return allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }
            || isWord("null") || isWord("kosong") || isWord("n/a") || isWord("#n/a")
    }
}
