/// Rates made comparable between small and large units.
///
/// z_i = (p_i - b) / sqrt(a + b/n_i) with p = y/n, b the overall rate and
/// a = max(0, s2 - b/mean n) the variance between units; Assunção and Reis (1999), "A new
/// proposal to adjust Moran's I for population density", Statistics in Medicine 18, 2147-2162.
///
/// With a = 0 only chance separates the units, and z measures how unlikely each rate is by
/// chance; unlike in esda, a negative estimate is never used. Agrees with spdep `EBImoran.mc`.
/// A unit without data or population must be left out beforehand.
public struct AssuncaoReis: Hashable, Sendable {
    /// b, all cases over all population.
    public let overallRate: Double
    /// a, never negative.
    public let betweenVariance: Double
    /// One per unit, in the order given.
    public let zScores: [Double]
    /// False when all rates are equal up to rounding: every z is then 0 or noise, and a test
    /// on them means nothing.
    public let hasVariation: Bool

    /// Nil when there are no units or no cases at all, since b/n is then no variance.
    ///
    /// A population that is not positive or a negative count is a wrong call.
    /// - Complexity: O(*n*).
    public init?(cases: [Double], population: [Double]) {
        guard let moments = RateMoments(cases: cases, population: population),
            moments.overallRate > 0
        else { return nil }
        let b = moments.overallRate
        let a = max(0, moments.weightedVariance - b / moments.meanPopulation)
        overallRate = b
        betweenVariance = a
        hasVariation = moments.hasVariation
        zScores = zip(cases, population).map { y, n in
            (y / n - b) / (a + b / n).squareRoot()
        }
    }
}
