internal import Foundation
public import Geospatial

/// The two texts of a position, read, with the fineness of what is written.
public struct PositionText: Hashable, Sendable {
    public let reading: PositionReading
    /// The width of the last digit written, on the ground; nil without a position.
    ///
    /// Of the two coordinates the finer one speaks: a table drops the zeros at the end of one,
    /// hardly ever of both. Two decimals of a degree are 1,113 m.
    public let resolutionMetres: Double?

    static let metresPerDegree = WGS84.semiMajorAxis * .pi / 180

    /// Reads X (longitude) and Y (latitude), see `PositionReading`.
    public init(x: String, y: String, extent: BoundingBox) {
        let first = x.trimmedOfBlanks
        let second = y.trimmedOfBlanks
        if first.isEmpty, second.isEmpty {
            reading = .empty
            resolutionMetres = nil
            return
        }
        if let plain = Self.plain(first, second, extent: extent) {
            self = plain
            return
        }
        var search = Search(extent: extent)
        search.consider(first, second, isOneCell: false)
        if first == second || second.isEmpty {
            search.consider(oneCell: first)
        } else if first.isEmpty {
            search.consider(oneCell: second)
        }
        self = search.outcome
    }

    fileprivate init(reading: PositionReading, resolutionMetres: Double?) {
        self.reading = reading
        self.resolutionMetres = resolutionMetres
    }

    /// The common case: two numbers in degrees that lie inside, perhaps swapped, with decimal
    /// commas or without the minus sign.
    ///
    /// `Search` would come to the same: its other readings need at least as many repairs.
    private static func plain(
        _ x: Substring,
        _ y: Substring,
        extent: BoundingBox
    ) -> PositionText? {
        guard let first = PlainNumber(x), let second = PlainNumber(y),
            first.value != 0 || second.value != 0
        else { return nil }
        let written: [PositionReading.Repair] =
            first.hasComma || second.hasComma ? [.decimalComma] : []
        let candidates: [(Double, Double, [PositionReading.Repair])] = [
            (first.value, second.value, []),
            (second.value, first.value, [.swappedAxes]),
            (first.value, -second.value, [.missingMinus]),
            (second.value, -first.value, [.swappedAxes, .missingMinus]),
        ]
        for (longitude, latitude, repairs) in candidates {
            let coordinate = Coordinate(longitude: longitude, latitude: latitude)
            guard extent.contains(coordinate) else { continue }
            // A number that lost its minus sign is positive.
            if repairs.contains(.missingMinus), latitude > 0 { continue }
            return PositionText(
                reading: .position(coordinate, repairs: written + repairs),
                resolutionMetres: metresPerDegree
                    * pow(10, -Double(max(first.decimals, second.decimals))))
        }
        return nil
    }
}

/// Digits with at most one point or comma, and a sign.
private struct PlainNumber {
    let value: Double
    let decimals: Int
    let hasComma: Bool

    init?(_ text: Substring) {
        var mark: UInt8?
        var decimals = 0
        var isFirst = true
        for byte in text.utf8 {
            switch byte {
            case 48...57: if mark != nil { decimals += 1 }
            case UInt8(ascii: "."), UInt8(ascii: ","):
                guard mark == nil else { return nil }
                mark = byte
            case UInt8(ascii: "-") where isFirst, UInt8(ascii: "+") where isFirst: break
            default: return nil
            }
            isFirst = false
        }
        hasComma = mark == UInt8(ascii: ",")
        let value =
            hasComma ? Double(String(text.map { $0 == "," ? "." : $0 })) : Double(text)
        guard let value, value.isFinite else { return nil }
        self.value = value
        self.decimals = decimals
    }
}

/// The best reading so far.
private struct Search {
    private typealias Repair = PositionReading.Repair

    private let extent: BoundingBox
    private var best: (coordinate: Coordinate, repairs: Set<Repair>, metres: Double)?
    /// What is written, in case it lies outside.
    private var outside: (coordinate: Coordinate, repairs: Set<Repair>, metres: Double)?
    private var isZero = false

    init(extent: BoundingBox) {
        self.extent = extent
    }

    var outcome: PositionText {
        if isZero { return PositionText(reading: .zero, resolutionMetres: nil) }
        guard let found = best ?? outside else {
            return PositionText(reading: .unreadable, resolutionMetres: nil)
        }
        return PositionText(
            reading: .position(
                found.coordinate, repairs: Repair.allCases.filter(found.repairs.contains)),
            resolutionMetres: found.metres)
    }

    mutating func consider(_ x: Substring, _ y: Substring, isOneCell: Bool) {
        let firsts = AngleText.readings(of: x)
        guard !firsts.isEmpty else { return }
        let seconds = AngleText.readings(of: y)
        for first in firsts {
            for second in seconds {
                let repairs = first.repairs.union(second.repairs)
                    .union(isOneCell ? [.oneCell] : [])
                if first.value == 0, second.value == 0 { isZero = true }
                considerDegrees(first, second, repairs, isOneCell: isOneCell)
                considerMetres(first, second, repairs, isOneCell: isOneCell)
                considerScaled(first, second, repairs, isOneCell: isOneCell)
            }
        }
    }

    /// Tries each place where one cell may be cut in two.
    mutating func consider(oneCell text: Substring) {
        guard text.utf8.count <= 3 * AngleText.mostCharacters else { return }
        let cell = text.withoutZone
        let separators: Set<Character> = [";", "|", "/", ",", "&", "\n", "\r\n"]
        func separates(_ character: Character) -> Bool {
            character.isWhitespace || separators.contains(character)
        }
        for index in cell.indices where separates(cell[index]) {
            var left = cell[..<index]
            var right = cell[cell.index(after: index)...]
            while let last = left.last, separates(last) { left.removeLast() }
            while let first = right.first, separates(first) { right.removeFirst() }
            guard !left.isEmpty, !right.isEmpty else { continue }
            consider(left, right, isOneCell: true)
        }
    }

    private mutating func considerDegrees(
        _ first: AngleReading,
        _ second: AngleReading,
        _ repairs: Set<Repair>,
        isOneCell: Bool
    ) {
        guard first.form != .grouped, second.form != .grouped else { return }
        let step = min(first.step, second.step)
        for isMinusMissing in [false, true] {
            for isSwapped in [false, true] {
                let longitude = isSwapped ? second : first
                let latitude = isSwapped ? first : second
                guard longitude.axis != .latitude, latitude.axis != .longitude else { continue }
                var repairs = repairs
                // One cell has no axes that could be swapped.
                if isSwapped, !isOneCell { repairs.insert(.swappedAxes) }
                if isMinusMissing {
                    // A hemisphere has given the sign already.
                    guard latitude.value > 0, latitude.axis == nil || latitude.form == .number
                    else { continue }
                    repairs.insert(.missingMinus)
                }
                offer(
                    longitude.value, isMinusMissing ? -latitude.value : latitude.value, repairs,
                    step: step)
            }
        }
    }

    private mutating func considerMetres(
        _ first: AngleReading,
        _ second: AngleReading,
        _ repairs: Set<Repair>,
        isOneCell: Bool
    ) {
        guard first.form != .angle, second.form != .angle,
            let utm = UTMReading(first.value, second.value, extent: extent)
        else { return }
        var repairs = repairs.union([.utm])
        if utm.isSwapped, !isOneCell { repairs.insert(.swappedAxes) }
        keep(utm.coordinate, repairs, metres: min(first.step, second.step))
    }

    /// Digits without a point: it is set where the coordinate falls into the extent.
    private mutating func considerScaled(
        _ first: AngleReading,
        _ second: AngleReading,
        _ repairs: Set<Repair>,
        isOneCell: Bool
    ) {
        let firsts = first.scaled
        let seconds = second.scaled
        guard firsts.count > 1 || seconds.count > 1 else { return }
        for first in firsts {
            for second in seconds {
                considerDegrees(
                    first, second, repairs.union(first.repairs).union(second.repairs),
                    isOneCell: isOneCell)
            }
        }
    }

    private mutating func offer(
        _ longitude: Double,
        _ latitude: Double,
        _ repairs: Set<Repair>,
        step: Double
    ) {
        let coordinate = Coordinate(longitude: longitude, latitude: latitude)
        let metres = step * PositionText.metresPerDegree
        if extent.contains(coordinate) {
            keep(coordinate, repairs, metres: metres)
        } else if outside == nil, longitude.magnitude <= 180, latitude.magnitude <= 90,
            repairs.isDisjoint(with: [.scaled, .swappedAxes, .missingMinus, .strayCharacters])
        {
            outside = (coordinate, repairs, metres)
        }
    }

    private mutating func keep(_ coordinate: Coordinate, _ repairs: Set<Repair>, metres: Double) {
        if let best, best.repairs.count <= repairs.count { return }
        best = (coordinate, repairs, metres)
    }
}

extension AngleReading {
    /// The reading itself and, for five digits or more without a point, those with a point set.
    fileprivate var scaled: [AngleReading] {
        guard let digits = integerDigits, digits >= 5, digits <= 18 else { return [self] }
        return [self]
            + (1..<digits).map { places in
                var reading = self
                let divisor = pow(10, Double(places))
                reading.value /= divisor
                reading.step /= divisor
                reading.form = .number
                reading.repairs.insert(.scaled)
                return reading
            }
    }
}

extension StringProtocol where SubSequence == Substring {
    fileprivate var trimmedOfBlanks: Substring {
        var rest = self[startIndex...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    /// Without `UTM 49S` or `Zona 50 L` in front.
    fileprivate var withoutZone: Substring {
        var fields = split(whereSeparator: \.isWhitespace)
        while fields.count > 2, let first = fields.first,
            ["utm", "zone", "zona"].contains(first.lowercased())
        {
            fields.removeFirst()
        }
        guard fields.count > 2, let zone = fields.first?.lowercased(),
            zone.hasPrefix("49") || zone.hasPrefix("50"), zone.utf8.count <= 3,
            zone.dropFirst(2).allSatisfy(\.isLetter)
        else { return self[startIndex...] }
        fields.removeFirst()
        if fields.count > 2, let letter = fields.first, letter.utf8.count == 1,
            letter.allSatisfy(\.isLetter)
        {
            fields.removeFirst()
        }
        guard let start = fields.first?.startIndex else { return self[startIndex...] }
        return self[start...]
    }
}
