internal import Foundation
public import Geospatial

/// The reference systems in which the geometries of a filter may be given (`filter-crs`).
public enum FilterReferenceSystem: String, Hashable, Sendable, CaseIterable {
    /// Longitude and latitude in degrees; what is meant when nothing is said.
    case crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    /// Latitude and longitude in degrees.
    case epsg4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"
    /// Pseudo-Mercator of web maps, metres.
    case epsg3857 = "http://www.opengis.net/def/crs/EPSG/0/3857"
    /// UTM zone 49 south, metres.
    case epsg32749 = "http://www.opengis.net/def/crs/EPSG/0/32749"

    /// - Parameter uri: With `http` or `https`.
    public init?(uri: String) {
        self.init(rawValue: uri.hasPrefix("https:") ? "http:" + uri.dropFirst(6) : uri)
    }

    /// Longitude and latitude in degrees of a position in this system; nil where the system or the
    /// earth ends.
    ///
    /// First and second axis stand in `longitude` and `latitude` of `position`.
    public func geographic(_ position: Coordinate) -> Coordinate? {
        guard let there = unproject(position) else { return nil }
        // The edge of a projected map comes out with its last digits rounded.
        let tolerance = isGeographic ? 0 : 1e-6
        guard there.longitude.magnitude <= 180 + tolerance,
            there.latitude.magnitude <= 90 + tolerance
        else { return nil }
        return Coordinate(
            longitude: min(max(there.longitude, -180), 180),
            latitude: min(max(there.latitude, -90), 90))
    }

    private func unproject(_ position: Coordinate) -> Coordinate? {
        switch self {
        case .crs84: return position
        case .epsg4326:
            return Coordinate(longitude: position.latitude, latitude: position.longitude)
        case .epsg3857:
            let degrees = 180 / (Self.sphereRadius * .pi)
            let angle = 2 * atan(exp(position.latitude / Self.sphereRadius)) - .pi / 2
            return Coordinate(
                longitude: position.longitude * degrees, latitude: angle * 180 / .pi)
        case .epsg32749:
            // The series is of no use far from its meridian: 3,300 km are about 30 degrees.
            guard (position.longitude - 500_000).magnitude <= 3_300_000,
                (0...20_000_000).contains(position.latitude)
            else { return nil }
            return TransverseMercator.utm49S.unproject(
                PlanarPoint(x: position.longitude, y: position.latitude))
        }
    }

    /// The radius of the sphere of EPSG:3857, metres.
    private static let sphereRadius = 6_378_137.0

    /// Whether longitudes go round, so that a box may be given from 170 to -170.
    var isGeographic: Bool { self == .crs84 || self == .epsg4326 }
}
