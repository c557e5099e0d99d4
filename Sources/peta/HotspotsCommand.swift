internal import ArgumentParser
internal import Pipeline

struct HotspotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hotspots",
        abstract: "Test any file of areas or points for clusters, without a database.",
        discussion: """
            Writes one row for each area, in the order of the file: id, statistic, expectation, \
            variance, z, p (two-sided), q (Benjamini-Hochberg), class, and

              gistar, gi   the sum around the area (with and without it); neighbours
              moran        local Moran, conditional moments; quadrant; Moran's I in the report
              eb-moran     the same of the Assunção-Reis z of value / population
              eb           statistic = beta-binomial rate; raw_rate, marshall_rate, lower and \
            upper (95 %), exceedance, excess_risk

              groups       what the map of peta shows: groups of neighbours at 1.5 times the \
            typical rate or more (or 1/1.5 or less), p over the whole map; smoothed_ratio, cluster
              geary        local Geary; association; Geary's C in the report
              bivariate-moran  value here against --with around it; quadrant
              join-count   of values 0 and 1: neighbours that have 1 too, exact p
              kde          Gaussian kernel density per km² at each area's point; no test

              scan         Kulldorff's circular scan for high rates: statistic = LLR of the area's \
            cluster, expectation, observed, relative_risk, p (Monte Carlo), gumbel_p, \
            radius_metres, cluster

            With --time-column the file has a row for each area in each period, and the scan goes \
            over intervals of periods too (Kulldorff's space-time scan): one row for each area, \
            with from and to.

            With --population, gistar, gi and moran test the Assunção-Reis z. Rows without a \
            value are left out of everything and get the class tidak_ada_data.
            """)

    @Argument(
        help:
            "A .csv (with columns x, y in metres, or gal: weights), .geojson or .gpkg (EPSG:4326).")
    var file: String

    @Option(name: .long, help: "The column that names each area.")
    var id = "id"

    @Option(name: .long, help: "The column with the value, or the number of cases.")
    var value: String

    @Option(name: .long, help: "The column with the population.")
    var population: String?

    @Option(
        name: .long,
        help: """
            queen, rook, knn:8, distance:5000 (metres), kernel:quadratic:8, inverse:2:5000, \
            gal:FILE or gwt:FILE. The values of the last two and of gwt count for gistar and gi \
            with --permutations 0; elsewhere only who is a neighbour.
            """)
    var weights: String?

    @Option(name: .long, help: "Of bivariate-moran: the column with the second value.")
    var with: String?

    @Option(name: .long, help: "Of kde: the standard deviation in metres (default: Scott's rule).")
    var bandwidth: Double?

    @Option(
        name: .long,
        help: """
            gistar, gi, moran, geary, bivariate-moran, join-count, eb, eb-moran, groups, scan or kde.
            """,
        transform: { text in
            guard let statistic = AreaStatistic(rawValue: text) else {
                let known = AreaStatistic.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--statistic takes one of \(known).")
            }
            return statistic
        })
    var statistic = AreaStatistic.giStar

    @Option(name: .long, help: "binary or row (standardised).")
    var style = Style.binary

    @Option(
        name: .long,
        help: "Draws of the test (default: 99999, scan and groups 9999); 0 for analytic p-values.")
    var permutations: Int?

    @Option(name: .long, help: "Of the scan: bernoulli, or poisson for rare cases.")
    var model = Model.bernoulli

    @Option(
        name: .long,
        help: "Of the scan: circle, or ellipse (adds axis_ratio and angle_degrees).")
    var shape = Shape.circle

    @Option(
        name: .long,
        help: "Of the scan: the column with the period of each row, such as 2026 or 2026-02-28.")
    var timeColumn: String?

    @Option(
        name: .long,
        help: "With --time-column: any (interval), or ongoing (only up to the last period).")
    var interval = Interval.any

    @Option(
        name: .long,
        help: "With --time-column: keep, or remove (what rises or falls everywhere is no cluster).")
    var trend = Trend.keep

    @Option(
        name: .long,
        help: "Of the scan: end when so many draws reach the first cluster (Besag and Clifford).")
    var stopAfter: Int?

    @Option(name: .long, help: "The seed of the permutation test.")
    var seed = AreaHotspots.Options().seed

    @Option(name: .shortAndLong, help: "The file to write: .csv, .geojson or .gpkg.")
    var output: String

    enum Model: String, ExpressibleByArgument {
        case bernoulli, poisson
    }

    enum Shape: String, ExpressibleByArgument {
        case circle, ellipse
    }

    enum Interval: String, ExpressibleByArgument {
        case any, ongoing
    }

    enum Trend: String, ExpressibleByArgument {
        case keep, remove
    }

    enum Style: String, ExpressibleByArgument {
        case binary, row
    }

    func validate() throws {
        guard (0...10_000_000).contains(permutations ?? 0) else {
            throw ValidationError("--permutations takes a number from 0 to 10000000.")
        }
        if let stopAfter, stopAfter < 1 {
            throw ValidationError("--stop-after takes a number from 1.")
        }
        if let bandwidth, !(bandwidth > 0 && bandwidth.isFinite) {
            throw ValidationError("--bandwidth takes metres above 0.")
        }
    }

    func run() throws {
        var options = AreaHotspots.Options()
        options.statistic = statistic
        options.idColumn = id
        options.valueColumn = value
        options.populationColumn = population
        options.weights = weights
        options.otherColumn = with
        options.bandwidthMetres = bandwidth
        options.isRowStandardised = style == .row
        options.permutations = permutations
        options.seed = seed
        options.isPoisson = model == .poisson
        options.isElliptic = shape == .ellipse
        options.stopAfter = stopAfter
        options.timeColumn = timeColumn
        options.isProspective = interval == .ongoing
        options.isTrendRemoved = trend == .remove
        let summary = try AreaHotspots().run(path: file, options: options, output: output)
        var table = SummaryTable("\(statistic.rawValue) of \(value) in \(file)")
        for line in summary.lines { table.text(line.name, line.value) }
        table.rule()
        table.count("Areas by class", summary.classes.values.reduce(0, +))
        table.parts(summary.classes)
        table.text("Written", output)
        print(table.text)
    }
}
