import Geospatial
import TestSupport
import Testing

struct TransverseMercatorTests {
    /// From PROJ 9.1.1 (2022-12-01): `cs2cs -f %.7f EPSG:4326 EPSG:32749`, latitude first.
    static let references: [(longitude: Double, latitude: Double, x: Double, y: Double)] = [
        (111, 0, 500_000, 10_000_000),
        (111, -8, 500_000, 9_115_702.1488041),
        (113.2, -7.75, 742_641.4595901, 9_142_711.4509490),
        (113.4158, -7.7764, 766_438.8129387, 9_139_660.9789069),
        (112.9660501, -7.9205059, 716_740.0827200, 9_123_977.7549313),
        (113.3, -8, 753_524.0316760, 9_114_993.6729370),
        (108, -7, 168_498.9242420, 9_225_192.7399243),
        (114, -9, 829_886.3123996, 9_003_795.8659065),
        (110.5, 1.25, 444_374.9600107, 10_138_168.0725252),
        (113.71, -7.5, 799_100.8207555, 9_170_053.4727736),
        (112.5, -8.25, 665_214.7362264, 9_087_753.7149492),
    ]

    @Test("zone 49S agrees with PROJ to a micrometre", arguments: references)
    func agreesWithPROJ(
        _ reference: (longitude: Double, latitude: Double, x: Double, y: Double)
    ) {
        let point = TransverseMercator.utm49S.project(
            Coordinate(longitude: reference.longitude, latitude: reference.latitude))
        #expect(isClose(point.x, reference.x, relative: 0, absolute: 1e-6))
        #expect(isClose(point.y, reference.y, relative: 0, absolute: 1e-6))
    }

    @Test("PROJ's points lead back to its degrees", arguments: references)
    func unprojectsPROJ(
        _ reference: (longitude: Double, latitude: Double, x: Double, y: Double)
    ) {
        let coordinate = TransverseMercator.utm49S.unproject(
            PlanarPoint(x: reference.x, y: reference.y))
        #expect(isClose(coordinate.longitude, reference.longitude, relative: 0, absolute: 1e-11))
        #expect(isClose(coordinate.latitude, reference.latitude, relative: 0, absolute: 1e-11))
    }

    @Test("projecting and back returns the position to a billionth of a degree")
    func roundTrips() {
        let seed: UInt64 = 49
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let coordinate = Coordinate(
                longitude: .random(in: 107...115, using: &generator),
                latitude: .random(in: -80...80, using: &generator))
            let back = TransverseMercator.utm49S.unproject(
                TransverseMercator.utm49S.project(coordinate))
            let error = max(
                (back.longitude - coordinate.longitude).magnitude,
                (back.latitude - coordinate.latitude).magnitude)
            #expect(error < 1e-9, "seed \(seed): \(coordinate)")
        }
    }

    @Test("east and west of the central meridian are mirror images")
    func isSymmetric() {
        for latitude in [-60.0, -7.8, 0, 33] {
            let east = TransverseMercator.utm49S.project(
                Coordinate(longitude: 113.5, latitude: latitude))
            let west = TransverseMercator.utm49S.project(
                Coordinate(longitude: 108.5, latitude: latitude))
            #expect(isClose(east.x - 500_000, 500_000 - west.x, relative: 1e-12))
            #expect(east.y == west.y)
        }
    }
}
