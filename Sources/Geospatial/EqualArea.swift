internal import Foundation

/// The constants of the WGS 84 ellipsoid (NGA.STND.0036).
public enum WGS84 {
    public static let semiMajorAxis = 6_378_137.0
    public static let flattening = 1 / 298.257223563
    static let eccentricity = (flattening * (2 - flattening)).squareRoot()
    static let thirdFlattening = flattening / (2 - flattening)
}

/// Areas on the WGS 84 ellipsoid.
///
/// Lambert's cylindrical equal-area projection with authalic latitude (Snyder, USGS Professional
/// Paper 1395, p. 81-85 and eq. 3-11) keeps every area exactly; the only error is that an edge is
/// straight in this plane instead of a geodesic, below 3e-6 of the area for a desa.
public enum EqualArea {
    /// The area of `area` in square kilometres.
    public static func areaKm2(_ area: MultiPolygon) -> Double {
        area.polygons.reduce(0) { $0 + areaKm2($1) }
    }

    public static func areaKm2(_ polygon: Polygon) -> Double {
        abs(signedAreaKm2(polygon.exterior))
            - polygon.holes.reduce(0) { $0 + abs(signedAreaKm2($1)) }
    }

    private static func signedAreaKm2(_ ring: Polygon.Ring) -> Double {
        guard let origin = ring.first.map(project), ring.count > 2 else { return 0 }
        var sum = 0.0
        var previous = project(ring[ring.count - 1])
        for vertex in ring {
            let current = project(vertex)
            sum +=
                (previous.x - origin.x) * (current.y - origin.y)
                - (current.x - origin.x) * (previous.y - origin.y)
            previous = current
        }
        return sum / 2 / 1e6
    }

    private static func project(_ coordinate: Coordinate) -> PlanarPoint {
        let longitude = coordinate.longitude * .pi / 180
        return PlanarPoint(
            x: WGS84.semiMajorAxis * longitude,
            y: WGS84.semiMajorAxis * q(sinLatitude: sin(coordinate.latitude * .pi / 180)) / 2
        )
    }

    private static func q(sinLatitude: Double) -> Double {
        let e = WGS84.eccentricity
        return (1 - e * e)
            * (sinLatitude / (1 - e * e * sinLatitude * sinLatitude)
                + atanh(e * sinLatitude) / e)
    }
}
