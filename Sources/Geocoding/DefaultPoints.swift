public import Geospatial

/// Positions on which so many families lie that they cannot all live there: the balai desa, or the
/// place where a surveyor's device last had a fix.
///
/// A device that is asked for a fix again and again on one spot gives positions some metres apart;
/// those are counted by squares of a ten-thousandth of a degree, 11 m wide. A coarsely written
/// position is none of these: many families share it because it was rounded, and its resolution
/// says so.
public struct DefaultPoints: Sendable {
    /// From this many keluarga on, a spot is a default point.
    public static let leastKeluarga = 10
    /// From this many on, a square of 11 m: no desa has so many houses in one.
    public static let leastKeluargaInSquare = 25
    /// Positions written more coarsely than this are not counted.
    public static let coarsestMetres = 20.0

    private struct Square: Hashable {
        let column: Int32
        let row: Int32

        init?(_ coordinate: Coordinate) {
            guard coordinate.longitude.magnitude <= 180, coordinate.latitude.magnitude <= 90
            else { return nil }
            column = Int32((coordinate.longitude * 10_000).rounded(.down))
            row = Int32((coordinate.latitude * 10_000).rounded(.down))
        }
    }

    private var counts: [Coordinate: Int] = [:]
    private var squares: [Square: Int] = [:]

    public init() {}

    /// Counts a position that is written in steps of `resolutionMetres`.
    public mutating func note(_ coordinate: Coordinate, resolutionMetres: Double = 0) {
        guard resolutionMetres <= Self.coarsestMetres else { return }
        counts[coordinate, default: 0] += 1
        if let square = Square(coordinate) { squares[square, default: 0] += 1 }
    }

    public func contains(_ coordinate: Coordinate) -> Bool {
        if (counts[coordinate] ?? 0) >= Self.leastKeluarga { return true }
        guard let square = Square(coordinate) else { return false }
        return (squares[square] ?? 0) >= Self.leastKeluargaInSquare
    }
}
