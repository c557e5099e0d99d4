internal import Foundation
public import Geospatial

/// The scan with windows that are ellipses, for clusters along a valley, a road or a coast.
///
/// Kulldorff, Huang, Pickle and Duczmal (2006), "An elliptic spatial scan statistic", Statistics
/// in Medicine 25, 3929-3943. A window is a closed ellipse around the point of an area; its shape
/// s is the longer axis over the shorter one. What is compared over all windows, here and in the
/// replicas, is LLR * (4 s / (s + 1)^2)^a, so that a thin window must find more than a disc.
/// `ScanStatistic` is the shape 1 alone.
public enum EllipticScan {
    /// A shape, and how many ellipses of it there are around each area.
    public struct Shape: Hashable, Sendable {
        /// s, at least 1.
        public let axisRatio: Double
        /// Evenly over half a turn, the first with its long axis along x.
        public let angles: Int

        public init(axisRatio: Double, angles: Int) {
            precondition(axisRatio >= 1 && axisRatio.isFinite, "an axis ratio of \(axisRatio)")
            precondition(angles > 0, "\(angles) angles")
            self.axisRatio = axisRatio
            self.angles = angles
        }

        public static let disc = Shape(axisRatio: 1, angles: 1)

        /// Those of SaTScan: 1, 1.5, 2, 3, 4 and 5 with 1, 4, 6, 9, 12 and 15 angles.
        public static let standard = [
            disc,
            Shape(axisRatio: 1.5, angles: 4), Shape(axisRatio: 2, angles: 6),
            Shape(axisRatio: 3, angles: 9), Shape(axisRatio: 4, angles: 12),
            Shape(axisRatio: 5, angles: 15),
        ]
    }

    /// How hard thin ellipses are held back; the exponent a.
    public enum EccentricityPenalty: Double, Hashable, Sendable, CaseIterable {
        /// a = 0.
        case none = 0
        /// a = 1/2.
        case medium = 0.5
        /// a = 1.
        case strong = 1

        /// (4 s / (s + 1)^2)^a; 1 for a disc.
        public func factor(axisRatio: Double) -> Double {
            pow(4 * axisRatio / ((axisRatio + 1) * (axisRatio + 1)), rawValue)
        }
    }

    /// The window of a cluster.
    public struct Ellipse: Hashable, Sendable {
        public let axisRatio: Double
        /// From the x axis to the long axis, counter-clockwise, at least 0 and below pi.
        public let angleRadians: Double
        /// Half the longer and half the shorter axis of the smallest such ellipse that holds the
        /// members, in the unit of the points; both 0 for a lone area.
        public let semiMajorAxis: Double
        public let semiMinorAxis: Double
        /// The log likelihood ratio times the penalty's factor, as it was compared.
        public let score: Double
    }

    public struct Result: Hashable, Sendable {
        /// In falling order of `score`; `criticalValue` and the null maxima are scores too.
        public let scan: ScanResult
        /// One for each cluster of `scan`.
        public let ellipses: [Ellipse]
    }

    /// The clusters of `cases` among `population`, one number per area.
    ///
    /// `maximumRadius` bounds the semi-major axis. Equal scores: fewer areas first, then the
    /// earlier shape and angle, then the lower centre. Everything else is as in `ScanStatistic`,
    /// whose errors, wrong calls and special cases these are too; no shapes are a wrong call.
    /// - Complexity: that of `ScanStatistic` times the sum of the angles, 47 for the standard
    ///   ones; thirteen bytes for each place in a zone. 330 areas, 2.6 million zones and 999
    ///   replicas took 1.7 s, 8,575 areas with ellipses up to 15 km, 24 million zones, 28 s and
    ///   0.6 GB. A whole province wants a radius.
    public static func clusters(
        cases: [Int],
        population: [Int],
        at points: [PlanarPoint],
        model: ScanStatistic.Model,
        shapes: [Shape] = Shape.standard,
        penalty: EccentricityPenalty = .medium,
        options: ScanStatistic.Options
    ) throws(ScanInputError) -> Result {
        precondition(
            cases.count == points.count && population.count == points.count,
            "\(cases.count) cases and \(population.count) populations at \(points.count) points"
        )
        precondition(!shapes.isEmpty, "no shapes")
        let threads = ScanStatistic.checkedThreads(options)
        try ScanStatistic.check(options)
        let totals = try ScanStatistic.checkedTotals(cases, population, points, model)

        let windows = shapes.flatMap { shape in
            (0..<shape.angles).map { (shape, Double($0) * .pi / Double(shape.angles)) }
        }
        let search = ScanSearch(
            zones: ScanZones(
                windows: windows.map { shape, angle in
                    ScanZones.Window(
                        points: onDisc(points, axisRatio: shape.axisRatio, angle: angle),
                        maximumRadius: (options.maximumRadius ?? .infinity) / shape.axisRatio,
                        factor: penalty.factor(axisRatio: shape.axisRatio)
                    )
                },
                coordinateError: ScanZones.coordinateError(of: points),
                population: population,
                largestPopulation: ScanStatistic.people(
                    options.maximumShare, of: totals.population),
                threads: threads
            ),
            likelihood: ScanLikelihood(
                model: model,
                rates: options.rates,
                totalCases: totals.cases,
                totalPopulation: totals.population
            ),
            null: ScanNull(
                draw: ScanNullDraw(
                    population: population,
                    totalCases: totals.cases,
                    model: model,
                    seed: options.seed
                ),
                cellCount: points.count,
                intervals: nil
            ),
            options: options,
            threads: threads
        )
        let outcome = search.run(
            counts: cases,
            sizes: search.zones.sizes(
                within: ScanStatistic.people(
                    options.maximumReportedShare ?? options.maximumShare, of: totals.population)
            )
        )
        return Result(
            scan: search.result(
                clusters: outcome.found.map {
                    search.cluster($0, at: points, outcome.significance)
                },
                outcome.significance,
                totalPopulation: totals.population
            ),
            ellipses: outcome.found.map { zone in
                let (shape, angle) = windows[zone.row / points.count]
                return ellipse(shape, angle, around: zone, points)
            }
        )
    }

    /// The plane turned and shrunk along the long axis, so that the ellipse is a disc whose
    /// radius is the semi-minor axis.
    private static func onDisc(
        _ points: [PlanarPoint],
        axisRatio: Double,
        angle: Double
    ) -> [PlanarPoint] {
        guard axisRatio > 1, let origin = points.first else { return points }
        let (cosine, sine) = (cos(angle), sin(angle))
        return points.map { point in
            // Relative to the first: northings near 9,140,000 m would cost digits in the turn.
            let (x, y) = (point.x - origin.x, point.y - origin.y)
            return PlanarPoint(x: (x * cosine + y * sine) / axisRatio, y: y * cosine - x * sine)
        }
    }

    private static func ellipse(
        _ shape: Shape,
        _ angle: Double,
        around zone: ScanZones.Found,
        _ points: [PlanarPoint]
    ) -> Ellipse {
        let turned = onDisc(points, axisRatio: shape.axisRatio, angle: angle)
        let home = turned[zone.row % points.count]
        let minor = zone.slots.map { ScanZones.distance(home, turned[$0]) }.max() ?? 0
        return Ellipse(
            axisRatio: shape.axisRatio,
            angleRadians: angle,
            semiMajorAxis: minor * shape.axisRatio,
            semiMinorAxis: minor,
            score: zone.score
        )
    }
}
