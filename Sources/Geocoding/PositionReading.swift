public import Geospatial

/// A position as a surveyor wrote it, and what had to be done to make sense of it.
public enum PositionReading: Hashable, Sendable {
    public enum Repair: String, CaseIterable, Sendable {
        case decimalComma = "koma desimal"
        case swappedAxes = "sumbu tertukar"
        case missingMinus = "tanda minus hilang"
    }

    case position(Coordinate, repairs: [Repair])
    case empty
    /// 0/0: what a device writes when it has no fix.
    case zero
    case unreadable

    /// Reads X (longitude) and Y (latitude) in degrees.
    ///
    /// The reading that falls into `extent` without a repair wins, then the ones with fewer
    /// repairs. Outside of `extent` the numbers stay as they are: a family may truly be elsewhere.
    public init(x: String, y: String, extent: BoundingBox) {
        let x = x.trimmedOfBlanks
        let y = y.trimmedOfBlanks
        if x.isEmpty, y.isEmpty {
            self = .empty
            return
        }
        guard let (first, firstComma) = Self.number(x), let (second, secondComma) = Self.number(y)
        else {
            self = .unreadable
            return
        }
        if first == 0, second == 0 {
            self = .zero
            return
        }
        let written: [Repair] = firstComma || secondComma ? [.decimalComma] : []
        let candidates: [(Double, Double, [Repair])] = [
            (first, second, []),
            (second, first, [.swappedAxes]),
            (first, -second, [.missingMinus]),
            (second, -first, [.swappedAxes, .missingMinus]),
        ]
        for (longitude, latitude, repairs) in candidates {
            let coordinate = Coordinate(longitude: longitude, latitude: latitude)
            if extent.contains(coordinate) {
                self = .position(coordinate, repairs: written + repairs)
                return
            }
        }
        self = .position(Coordinate(longitude: first, latitude: second), repairs: written)
    }

    /// A number with a point or a comma before its decimals.
    private static func number(_ text: Substring) -> (value: Double, hasComma: Bool)? {
        guard text.utf8.allSatisfy({ byte in "+-.,0123456789".utf8.contains(byte) }) else {
            return nil
        }
        let hasComma = text.contains(",")
        let plain = hasComma ? String(text.map { $0 == "," ? "." : $0 }) : String(text)
        guard let value = Double(plain), value.isFinite else { return nil }
        return (value, hasComma)
    }
}

extension String {
    fileprivate var trimmedOfBlanks: Substring {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
