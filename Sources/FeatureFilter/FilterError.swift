/// Where in a filter something stands.
public enum FilterPlace: Hashable, Sendable {
    /// In CQL2 text: the character (Unicode scalar), from 1.
    case character(Int)
    /// In CQL2 JSON: a pointer (RFC 6901), empty for the whole.
    case pointer(String)
}

/// What is wrong with a filter; all of it is the asker's to mend.
public struct FilterError: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// The text or JSON cannot be understood here.
        case expected(String)
        /// A literal is none, such as the 30th of February.
        case notValid(String)
        case unknownProperty(String, known: [String])
        case unknownFunction(String)
        case argumentCount(function: String, expected: Int, found: Int)
        /// What stands here has type `found` where `expected` must stand.
        case wrongType(found: String, expected: String)
        /// Two values that cannot be compared.
        case differentTypes(String, String)
        /// Something of CQL2 that is not offered, such as arrays.
        case notSupported(String)
        case tooDeep
        case tooLong
    }

    public let reason: Reason
    public let place: FilterPlace

    init(_ reason: Reason, at place: FilterPlace) {
        self.reason = reason
        self.place = place
    }
}

extension FilterError: CustomStringConvertible {
    public var description: String {
        switch place {
        case .character(let number): "Character \(number) of the filter: \(words)."
        case .pointer(""): "The filter: \(words)."
        case .pointer(let pointer): "The filter at \(pointer): \(words)."
        }
    }

    private var words: String {
        switch reason {
        case .expected(let what): "expected \(what)"
        case .notValid(let what): what
        case .unknownProperty(let name, let known):
            "there is no property \(Self.short(name)); there are "
                + known.sorted().joined(separator: ", ")
        case .unknownFunction(let name): "there is no function \(Self.short(name))"
        case .argumentCount(let function, let expected, let found):
            "\(Self.short(function)) takes \(expected) argument\(expected == 1 ? "" : "s"), "
                + "not \(found)"
        case .wrongType(let found, let expected): "\(found) stands where \(expected) is needed"
        case .differentTypes(let left, let right): "\(left) cannot be compared with \(right)"
        case .notSupported(let what): "\(what) cannot be used here"
        case .tooDeep:
            "more than \(FilterExpression.deepest) expressions stand in each other"
        case .tooLong: "it is longer than \(FilterExpression.longest) bytes"
        }
    }

    /// Long names are not worth repeating.
    private static func short(_ name: String) -> String {
        name.count <= 40 ? "\"\(name)\"" : "\"\(name.prefix(40))…\""
    }
}
