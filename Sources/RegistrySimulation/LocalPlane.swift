internal import Geospatial

/// Metres around one latitude, on a sphere: distances within a kabupaten to about 0.5 %.
///
/// `TransverseMercator` would be exact, but its sines come from the C library (`PortableMath`).
struct LocalPlane: Sendable {
    static let metresPerDegreeLatitude = 110_600.0
    let metresPerDegreeLongitude: Double

    init(latitude: Double) {
        let square = latitude * latitude * (Double.pi / 180) * (Double.pi / 180)
        let cosine = 1 - square / 2 * (1 - square / 12 * (1 - square / 30))
        metresPerDegreeLongitude = 111_320 * cosine
    }

    func metres(from start: Coordinate, to end: Coordinate) -> Double {
        let (x, y) = offset(from: start, to: end)
        return (x * x + y * y).squareRoot()
    }

    /// The distance to the nearest point of the line through `vertices`.
    func metres(from point: Coordinate, toLine vertices: [Coordinate]) -> Double {
        var nearest = Double.infinity
        for (start, end) in zip(vertices, vertices.dropFirst()) {
            let (startX, startY) = offset(from: point, to: start)
            let (alongX, alongY) = offset(from: start, to: end)
            let square = alongX * alongX + alongY * alongY
            let share = square > 0 ? -(startX * alongX + startY * alongY) / square : 0
            let clamped = min(1, max(0, share))
            let (x, y) = (startX + clamped * alongX, startY + clamped * alongY)
            nearest = min(nearest, (x * x + y * y).squareRoot())
        }
        return nearest
    }

    func areaKm2(_ area: MultiPolygon) -> Double {
        let squareDegrees = area.polygons.reduce(0.0) { sum, polygon in
            sum + abs(Polygon.signedArea(of: polygon.exterior))
                - polygon.holes.reduce(0.0) { $0 + abs(Polygon.signedArea(of: $1)) }
        }
        return squareDegrees * metresPerDegreeLongitude * Self.metresPerDegreeLatitude / 1e6
    }

    private func offset(from start: Coordinate, to end: Coordinate) -> (Double, Double) {
        (
            (end.longitude - start.longitude) * metresPerDegreeLongitude,
            (end.latitude - start.latitude) * Self.metresPerDegreeLatitude
        )
    }
}
