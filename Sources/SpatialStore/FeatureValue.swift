/// A property of a feature, as it is stored and sent.
public enum FeatureValue: Hashable, Sendable {
    /// Also dates (`2025-06-30`) and instants (`2025-06-30T00:00:00Z`).
    case text(String)
    case integer(Int64)
    case real(Double)
    case bool(Bool)
    case null

    /// Adds the value as JSON (RFC 8259); infinity and NaN, which JSON lacks, become null.
    public func appendJSON(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text): Self.appendJSON(text, to: &bytes)
        case .integer(let number): bytes += Array(String(number).utf8)
        case .real(let number):
            bytes += Array((number.isFinite ? number.description : "null").utf8)
        case .bool(let flag): bytes += Array((flag ? "true" : "false").utf8)
        case .null: bytes += Array("null".utf8)
        }
    }

    /// Adds `text` in quotation marks, escaped where JSON asks.
    public static func appendJSON(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array(#"\u00"#.utf8)
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
