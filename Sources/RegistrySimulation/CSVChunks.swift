/// Builds CSV (RFC 4180, line feeds) as bytes and hands them on in pieces of about 256 kB.
///
/// The delimiter is a comma unless said.
struct CSVChunks {
    private(set) var bytes: [UInt8] = []
    private var isAtRowStart = true
    private let delimiter: UInt8

    private static let chunkSize = 1 << 18

    init(delimiter: UInt8 = UInt8(ascii: ",")) {
        self.delimiter = delimiter
        bytes.reserveCapacity(Self.chunkSize + 4096)
    }

    /// For the fields of a part of a row, or for a few rows.
    init(smallWithDelimiter delimiter: UInt8) { self.delimiter = delimiter }

    /// Hands on what is there once it is enough for a piece, or all of it at the end.
    mutating func hand(
        to emit: (ArraySlice<UInt8>) throws -> Void,
        isLast: Bool = false
    ) rethrows {
        guard isLast ? !bytes.isEmpty : bytes.count >= Self.chunkSize else { return }
        try emit(bytes[...])
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func endRow() {
        bytes.append(UInt8(ascii: "\n"))
        isAtRowStart = true
    }

    mutating func row(_ fields: [String]) {
        for value in fields { field(value) }
        endRow()
    }

    /// Whole rows made elsewhere.
    mutating func rows(_ ready: [UInt8]) { bytes.append(contentsOf: ready) }

    mutating func emptyField() { separate() }

    mutating func field(_ value: Int) {
        separate()
        bytes.appendDecimal(UInt64(value.magnitude), negative: value < 0)
    }

    mutating func field(_ value: Int?) {
        if let value { field(value) } else { emptyField() }
    }

    mutating func field(_ value: UInt64) {
        separate()
        bytes.appendDecimal(value)
    }

    mutating func field(_ value: UInt64?) {
        if let value { field(value) } else { emptyField() }
    }

    mutating func field(_ value: String) { field(Array(value.utf8)) }

    /// Quoted when it must be.
    mutating func field(_ value: [UInt8]) {
        separate()
        let needsQuotes = value.contains {
            $0 == delimiter || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
                || $0 == UInt8(ascii: "\r")
        }
        guard needsQuotes else {
            bytes.append(contentsOf: value)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in value {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Several fields with the delimiters between them, known to need no quotes.
    mutating func readyFields(_ value: [UInt8]) {
        separate()
        bytes.append(contentsOf: value)
    }

    private mutating func separate() {
        if isAtRowStart { isAtRowStart = false } else { bytes.append(delimiter) }
    }
}

extension [UInt8] {
    mutating func appendDecimal(_ value: UInt64, negative: Bool = false, width: Int = 1) {
        if negative { append(UInt8(ascii: "-")) }
        let start = count
        var left = value
        repeat {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: left % 10))
            left /= 10
        } while left > 0
        while count - start < width { append(UInt8(ascii: "0")) }
        self[start...].reverse()
    }

    /// Millionths of a degree as degrees with six decimals.
    mutating func appendDegrees(_ millionths: Int32, decimalMark: UInt8 = UInt8(ascii: ".")) {
        let magnitude = UInt64(millionths.magnitude)
        appendDecimal(magnitude / 1_000_000, negative: millionths < 0)
        append(decimalMark)
        appendDecimal(magnitude % 1_000_000, width: 6)
    }
}
