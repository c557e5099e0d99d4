public import Geospatial

/// A position as a surveyor wrote it, and what had to be done to make sense of it.
public enum PositionReading: Hashable, Sendable {
    public enum Repair: String, CaseIterable, Sendable {
        case decimalComma = "koma desimal"
        case swappedAxes = "sumbu tertukar"
        case missingMinus = "tanda minus hilang"
        /// Degrees with minutes, seconds or a hemisphere.
        case degreesMinutes = "derajat-menit"
        /// Metres of UTM zone 49S or 50S.
        case utm = "UTM"
        /// Digits whose decimal point was lost.
        case scaled = "titik desimal hilang"
        /// Both numbers in one cell.
        case oneCell = "satu sel"
        /// Letters, brackets or blanks that do not belong there.
        case strayCharacters = "karakter asing"
    }

    case position(Coordinate, repairs: [Repair])
    case empty
    /// 0/0: what a device writes when it has no fix.
    case zero
    case unreadable

    /// Reads X (longitude) and Y (latitude).
    ///
    /// The reading that falls into `extent` without a repair wins, then the ones with fewer
    /// repairs. Outside of `extent` degrees stay as they are: a family may truly be elsewhere.
    /// See `PositionText` for how finely the position is written.
    public init(x: String, y: String, extent: BoundingBox) {
        self = PositionText(x: x, y: y, extent: extent).reading
    }
}
