/// Empties columns of a record before it is stored; what is left is a record of the same file.
public struct RowRedaction: Sendable {
    private let delimiter: UInt8
    /// Whether the column with this number goes.
    private let isRedacted: [Bool]
    public let columns: [Int]

    /// - Parameters:
    ///   - columns: the numbers of the columns to empty, from 0.
    ///   - delimiter: the one of the file.
    public init(columns: [Int], delimiter: UInt8) {
        precondition(columns.allSatisfy { $0 >= 0 }, "no column is numbered \(columns)")
        self.delimiter = delimiter
        self.columns = columns.sorted()
        var isRedacted = Array(repeating: false, count: (columns.max() ?? -1) + 1)
        for column in columns { isRedacted[column] = true }
        self.isRedacted = isRedacted
    }

    /// Empties the specific data of UU 27/2022, but for the kinds that are `kept`.
    public init(header: RegistryHeader, delimiter: UInt8, keeping kept: Set<SpecificData> = []) {
        self.init(
            columns: header.specificColumns.filter { !kept.contains($0.kind) }.map(\.index),
            delimiter: delimiter)
    }

    /// Whether nothing is ever taken away.
    public var isIdentity: Bool { columns.isEmpty }

    /// Appends the record with the chosen fields empty.
    ///
    /// Quotes open a value only at the start of a field, as in `DelimitedTextParser`. A record with
    /// more or fewer fields keeps those that it has; one pass, no other memory.
    public func append(_ raw: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        guard !isIdentity else {
            output.append(contentsOf: raw)
            return
        }
        var column = 0
        var kept = !isRedacted[0]
        // The first byte of what is kept and not yet appended.
        var start = 0
        var isQuoted = false
        var isAtFieldStart = true
        for position in raw.indices {
            let byte = raw[position]
            if byte == UInt8(ascii: "\""), isQuoted || isAtFieldStart {
                // A doubled quote closes and opens again.
                isQuoted.toggle()
                isAtFieldStart = !isQuoted
            } else if byte == delimiter, !isQuoted {
                if kept {
                    output.append(contentsOf: raw[start...position])
                } else {
                    output.append(delimiter)
                }
                start = position + 1
                column += 1
                kept = column >= isRedacted.count || !isRedacted[column]
                isAtFieldStart = true
            } else if !isQuoted {
                isAtFieldStart = false
            }
        }
        if kept { output.append(contentsOf: raw[start...]) }
    }

    public func redacted(_ raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(raw.count)
        append(raw, to: &output)
        return output
    }
}
