internal import Foundation

/// A Universal Transverse Mercator zone on WGS 84.
///
/// Krüger's series in the third flattening to order 6, good to a few nanometres inside the zone;
/// Karney, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011),
/// eqs. 7-11, 35 and 36.
public struct TransverseMercator: Sendable {
    /// Zone 49S (EPSG:32749), which holds Probolinggo: central meridian 111° E, metres.
    public static let utm49S = TransverseMercator(
        centralMeridian: 111,
        falseEasting: 500_000,
        falseNorthing: 10_000_000
    )

    /// Zone 50S (EPSG:32750), which begins at 114° E, 30 km beyond Probolinggo.
    public static let utm50S = TransverseMercator(
        centralMeridian: 117,
        falseEasting: 500_000,
        falseNorthing: 10_000_000
    )

    public let centralMeridian: Double
    public let falseEasting: Double
    public let falseNorthing: Double

    private static let scale = 0.9996
    private static let eccentricity = WGS84.eccentricity
    private static let rectifyingRadius: Double = {
        let n = WGS84.thirdFlattening
        let n2 = n * n
        return WGS84.semiMajorAxis / (1 + n) * (1 + n2 / 4 + n2 * n2 / 64 + n2 * n2 * n2 / 256)
    }()
    private static let forwardSeries: [Double] = {
        let n = WGS84.thirdFlattening
        let p = (0...6).map { pow(n, Double($0)) }
        let a1 = p[1] / 2 - 2 * p[2] / 3 + 5 * p[3] / 16 + 41 * p[4] / 180
        let a2 = 13 * p[2] / 48 - 3 * p[3] / 5 + 557 * p[4] / 1440 + 281 * p[5] / 630
        let a3 = 61 * p[3] / 240 - 103 * p[4] / 140 + 15_061 * p[5] / 26_880
        let a4 = 49_561 * p[4] / 161_280 - 179 * p[5] / 168
        return [
            a1 - 127 * p[5] / 288 + 7891 * p[6] / 37_800,
            a2 - 1_983_433 * p[6] / 1_935_360,
            a3 + 167_603 * p[6] / 181_440,
            a4 + 6_601_661 * p[6] / 7_257_600,
            34_729 * p[5] / 80_640 - 3_418_889 * p[6] / 1_995_840,
            212_378_941 * p[6] / 319_334_400,
        ]
    }()
    private static let inverseSeries: [Double] = {
        let n = WGS84.thirdFlattening
        let p = (0...6).map { pow(n, Double($0)) }
        let b1 = p[1] / 2 - 2 * p[2] / 3 + 37 * p[3] / 96 - p[4] / 360
        let b2 = p[2] / 48 + p[3] / 15 - 437 * p[4] / 1440 + 46 * p[5] / 105
        let b3 = 17 * p[3] / 480 - 37 * p[4] / 840 - 209 * p[5] / 4480
        let b4 = 4397 * p[4] / 161_280 - 11 * p[5] / 504
        return [
            b1 - 81 * p[5] / 512 + 96_199 * p[6] / 604_800,
            b2 - 1_118_711 * p[6] / 3_870_720,
            b3 + 5569 * p[6] / 90_720,
            b4 - 830_251 * p[6] / 7_257_600,
            4583 * p[5] / 161_280 - 108_847 * p[6] / 3_991_680,
            20_648_693 * p[6] / 638_668_800,
        ]
    }()

    /// A zone around any meridian (degrees); false easting and northing in metres.
    public init(centralMeridian: Double, falseEasting: Double, falseNorthing: Double) {
        self.centralMeridian = centralMeridian
        self.falseEasting = falseEasting
        self.falseNorthing = falseNorthing
    }

    public func project(_ coordinate: Coordinate) -> PlanarPoint {
        let latitude = coordinate.latitude * .pi / 180
        let longitude = (coordinate.longitude - centralMeridian) * .pi / 180
        let tau = tan(latitude)
        let e = Self.eccentricity
        let sigma = sinh(e * atanh(e * tau / (1 + tau * tau).squareRoot()))
        let conformal =
            tau * (1 + sigma * sigma).squareRoot()
            - sigma * (1 + tau * tau).squareRoot()
        let xiPrime = atan2(conformal, cos(longitude))
        let cosine = cos(longitude)
        let etaPrime = asinh(
            sin(longitude) / (conformal * conformal + cosine * cosine).squareRoot())
        var xi = xiPrime
        var eta = etaPrime
        for (index, coefficient) in Self.forwardSeries.enumerated() {
            let order = 2 * Double(index + 1)
            xi += coefficient * sin(order * xiPrime) * cosh(order * etaPrime)
            eta += coefficient * cos(order * xiPrime) * sinh(order * etaPrime)
        }
        let radius = Self.scale * Self.rectifyingRadius
        return PlanarPoint(x: falseEasting + radius * eta, y: falseNorthing + radius * xi)
    }

    public func unproject(_ point: PlanarPoint) -> Coordinate {
        let radius = Self.scale * Self.rectifyingRadius
        let xi = (point.y - falseNorthing) / radius
        let eta = (point.x - falseEasting) / radius
        var xiPrime = xi
        var etaPrime = eta
        for (index, coefficient) in Self.inverseSeries.enumerated() {
            let order = 2 * Double(index + 1)
            xiPrime -= coefficient * sin(order * xi) * cosh(order * eta)
            etaPrime -= coefficient * cos(order * xi) * sinh(order * eta)
        }
        let sinhEta = sinh(etaPrime)
        let cosXi = cos(xiPrime)
        let conformal = sin(xiPrime) / (sinhEta * sinhEta + cosXi * cosXi).squareRoot()
        let longitude = atan2(sinhEta, cosXi)
        return Coordinate(
            longitude: centralMeridian + longitude * 180 / .pi,
            latitude: atan(Self.tangent(ofConformalTangent: conformal)) * 180 / .pi
        )
    }

    /// Newton's method on Karney's equations 19 to 21; three steps reach the last bit.
    private static func tangent(ofConformalTangent target: Double) -> Double {
        let e = eccentricity
        var tau = target
        for _ in 0..<3 {
            let secant = (1 + tau * tau).squareRoot()
            let sigma = sinh(e * atanh(e * tau / secant))
            let conformal = tau * (1 + sigma * sigma).squareRoot() - sigma * secant
            tau +=
                (target - conformal) / (1 + conformal * conformal).squareRoot()
                * (1 + (1 - e * e) * tau * tau) / ((1 - e * e) * secant)
        }
        return tau
    }
}
