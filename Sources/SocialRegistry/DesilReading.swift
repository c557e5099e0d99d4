internal import PovertyModel

/// Reads a desil: `1`, ` 01`, `1.0`, `Desil 1`.
enum DesilReading {
    static func read(_ cell: UnsafeBufferPointer<UInt8>) -> Desil? {
        var bytes = cell
        if bytes.count == 1 { return Desil(Int(bytes[0]) - 0x30) }
        if bytes.count > 5, UnsafeBufferPointer(rebasing: bytes[..<5]).isWord("desil") {
            bytes = UnsafeBufferPointer(rebasing: bytes[5...]).trimmed
        }
        guard let number = (bytes.wholePart ?? bytes).decimalNumber, number <= 10 else {
            return nil
        }
        return Desil(Int(number))
    }

    /// The tenth in which a percentile from 1 to 100 lies: 1 to 10 are desil 1.
    static func read(percentile cell: UnsafeBufferPointer<UInt8>) -> Desil? {
        guard let number = (cell.wholePart ?? cell).decimalNumber, (1...100).contains(number)
        else { return nil }
        return Desil(Int(number + 9) / 10)
    }
}
