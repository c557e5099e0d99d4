public import Geospatial

/// The circular scan statistic: where on a map the rate is highest, and whether by chance.
///
/// Kulldorff (1997), "A spatial scan statistic", Communications in Statistics - Theory and
/// Methods 26, 1481-1496. A zone is a closed disc around the point of an area; areas at the same
/// distance enter together, so the order of the areas does not matter. With C cases among N
/// people on the map, c among n in the zone and e = C n / N expected there,
///
///     Poisson    LLR = c ln(c/e) + (C-c) ln((C-c)/(C-e))
///     Bernoulli  LLR = the same + (n-c) ln((n-c)/(n-e)) + (N-n-C+c) ln((N-n-C+c)/(N-n-C+e))
///
/// on the side sought, else 0; the Bernoulli form is Kulldorff's, written by expected counts.
/// The highest LLR of the map is compared with the highest of maps with the same C cases spread
/// by chance: multinomial (Poisson), or multivariate hypergeometric (Bernoulli, which suits
/// rates that are not rare).
public enum ScanStatistic {
    public enum Model: Hashable, Sendable {
        /// Cases are rare, or the population is a measure of exposure.
        case poisson
        /// Each of the population is a case or not.
        case bernoulli
    }

    public enum Rates: Hashable, Sendable {
        /// Zones with more cases than expected.
        case high
        /// Zones with fewer.
        case low
    }

    public struct Options: Hashable, Sendable {
        public var seed: UInt64
        public var rates = Rates.high
        /// The largest part of the population a zone may hold: above 0, at most 0.5.
        public var maximumShare = 0.5
        /// The largest distance from the centre, in the unit of the points; nil for any.
        public var maximumRadius: Double?
        /// The largest part of the population of a zone in the list, at most `maximumShare`.
        ///
        /// Replicas still search up to `maximumShare`, which keeps the p-values valid.
        public var maximumReportedShare: Double?
        /// The most clusters to list; nil for every one with LLR > 0.
        public var maximumClusters: Int?
        /// R, the number of replicas.
        public var replicas = 9_999
        /// Ends the run as soon as so many replicas reached the first cluster; nil for never.
        ///
        /// Besag and Clifford (1991), "Sequential Monte Carlo p-values", Biometrika 78, 301-304:
        /// p is then h / l, l the replicas drawn. Small p-values cost as much as ever.
        public var stopAfterReached: Int?
        /// Nil for one per core; the result is the same for any number.
        public var threads: Int?

        public init(seed: UInt64) {
            self.seed = seed
        }
    }

    /// The clusters of `cases` among `population`, one number per area.
    ///
    /// The second p-value follows Abrams, Kulldorff and Kleinman (2010), "Gumbel based p-value
    /// approximations for spatial scan statistics", International Journal of Health Geographics
    /// 9:61. An area without people belongs to zones by its place. Numbers of unequal length,
    /// and fewer than one replica, stop or thread are wrong calls. The calling thread waits.
    /// - Complexity: O(*n*^2 log *n*) for the zones, O(*R* (*z* + *n s*)) for the replicas; *z*
    ///   zones, *s* the standard deviation of a count. 330 areas, 50,000 zones and 9,999
    ///   replicas took 0.3 s on two cores.
    public static func clusters(
        cases: [Int],
        population: [Int],
        at points: [PlanarPoint],
        model: Model,
        options: Options
    ) throws(ScanInputError) -> ScanResult {
        // A disc is the ellipse of shape 1, and nothing holds it back.
        try EllipticScan.clusters(
            cases: cases,
            population: population,
            at: points,
            model: model,
            shapes: [.disc],
            penalty: .none,
            options: options
        ).scan
    }

    /// The most people that are no more than `share` of `total`; 0.29 of 100 are 29.
    static func people(_ share: Double, of total: Int) -> Int {
        Int((share * Double(total) * (1 + 1e-12)).rounded(.down))
    }
}

/// Why no scan can be made.
public enum ScanInputError: Error, Hashable, Sendable {
    case shareOutOfRange(Double)
    /// Not above 0, or above the share that is scanned.
    case reportedShareOutOfRange(Double)
    case radiusOutOfRange(Double)
    case pointNotFinite(area: Int)
    case negativeCount(area: Int)
    /// Bernoulli: more cases than people. Poisson: cases where nobody is.
    case casesExceedPopulation(area: Int, cases: Int, population: Int)
    /// One of these in the numbers of a period.
    indirect case inPeriod(Int, ScanInputError)
    /// Fewer than two, or an interval may hold less than one.
    case tooFewPeriods(Int)
    case timeShareOutOfRange(Double)
    /// There is nothing to search for.
    case noCases
    /// 2^31 cases or 2^32 - 1 people and more.
    case totalsTooLarge
}

extension ScanStatistic {
    /// The number of threads; numbers of which there must be one are wrong calls.
    static func checkedThreads(_ options: Options) -> Int {
        precondition(options.replicas > 0, "\(options.replicas) replicas")
        precondition(options.stopAfterReached ?? 1 > 0, "a stop after no replica")
        precondition(options.maximumClusters ?? 0 >= 0, "a negative number of clusters")
        let threads = threadCount(options.threads)
        return threads
    }

    static func check(_ options: Options) throws(ScanInputError) {
        guard options.maximumShare > 0, options.maximumShare <= 0.5 else {
            throw .shareOutOfRange(options.maximumShare)
        }
        if let share = options.maximumReportedShare {
            guard share > 0, share <= options.maximumShare else {
                throw .reportedShareOutOfRange(share)
            }
        }
        if let radius = options.maximumRadius {
            guard radius >= 0, radius.isFinite else { throw .radiusOutOfRange(radius) }
        }
    }

    static func checkedTotals(
        _ cases: [Int],
        _ population: [Int],
        _ points: [PlanarPoint],
        _ model: Model
    ) throws(ScanInputError) -> (cases: Int, population: Int) {
        var totalCases = 0
        var totalPopulation = 0
        for area in points.indices {
            guard points[area].x.isFinite, points[area].y.isFinite else {
                throw .pointNotFinite(area: area)
            }
            let (ill, people) = (cases[area], population[area])
            guard ill >= 0, people >= 0 else { throw .negativeCount(area: area) }
            guard ill <= people || model == .poisson && people > 0 else {
                throw .casesExceedPopulation(area: area, cases: ill, population: people)
            }
            let (sumOfCases, casesOverflow) = totalCases.addingReportingOverflow(ill)
            let (sumOfPeople, peopleOverflow) = totalPopulation.addingReportingOverflow(people)
            guard !casesOverflow, !peopleOverflow, sumOfCases <= Int(Int32.max),
                sumOfPeople < Int(UInt32.max)
            else { throw .totalsTooLarge }
            (totalCases, totalPopulation) = (sumOfCases, sumOfPeople)
        }
        guard totalCases > 0 else { throw .noCases }
        return (totalCases, totalPopulation)
    }
}
