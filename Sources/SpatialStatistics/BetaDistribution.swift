internal import Foundation

/// The beta distribution: tails by the regularised incomplete beta function, quantiles by its
/// inverse.
///
/// Both tails are computed without subtracting from 1, to about 1e-12 relative for parameters
/// up to 1e7.
public struct BetaDistribution: Hashable, Sendable {
    public let alpha: Double
    public let beta: Double

    public init(alpha: Double, beta: Double) {
        precondition(
            alpha > 0 && beta > 0 && alpha.isFinite && beta.isFinite,
            "Beta(\(alpha), \(beta)) does not exist"
        )
        self.alpha = alpha
        self.beta = beta
    }

    public var mean: Double { alpha / (alpha + beta) }

    /// P(X <= x) = I_x(alpha, beta).
    public func lowerTail(_ x: Double) -> Double {
        tails(x, complement: 1 - x).lower
    }

    /// P(X > x) = I_(1-x)(beta, alpha).
    public func upperTail(_ x: Double) -> Double {
        tails(x, complement: 1 - x).upper
    }

    /// The x with P(X <= x) = `probability`.
    ///
    /// Newton's method on the logit of x inside a shrinking bracket; x keeps its relative
    /// accuracy near 0. Below about 1e-304 the answer is 0.
    public func quantile(_ probability: Double) -> Double {
        precondition((0...1).contains(probability), "a probability of \(probability)")
        if probability == 0 || probability == 1 { return probability }
        var low = -700.0
        var high = 700.0
        // The logit of the mean is never far off unless a parameter is small.
        var logit = min(max(log(alpha / beta), low), high)
        for _ in 0..<200 {
            let x = 1 / (1 + exp(-logit))
            let y = 1 / (1 + exp(logit))
            let (lower, upper) = tails(x, complement: y)
            // The smaller tail carries the digits.
            let excess =
                probability < 0.5 ? lower - probability : (1 - probability) - upper
            if excess == 0 { break }
            if excess > 0 { high = logit } else { low = logit }
            // The derivative by the logit is the density times x (1 - x).
            var next = logit - excess / kernel(x, y)
            if !(next > low && next < high) { next = (low + high) / 2 }
            let step = abs(next - logit)
            logit = next
            if step <= 1e-15 * max(1, abs(logit)) { break }
        }
        return logit <= -699 ? 0 : 1 / (1 + exp(-logit))
    }

    private func tails(_ x: Double, complement y: Double) -> (lower: Double, upper: Double) {
        if x <= 0 { return (0, 1) }
        if y <= 0 { return (1, 0) }
        // Either side's fraction converges fast below the mean.
        if x <= (alpha + 1) / (alpha + beta + 2) {
            let lower = kernel(x, y) / alpha / Self.fraction(alpha, beta, x)
            return (min(lower, 1), max(0, 1 - lower))
        }
        let upper = kernel(y, x, swapped: true) / beta / Self.fraction(beta, alpha, y)
        return (max(0, 1 - upper), min(upper, 1))
    }

    /// x^alpha y^beta / B(alpha, beta) with y = 1 - x.
    ///
    /// Through Stirling errors and deviances instead of log-gamma, which loses seven digits at
    /// parameters of a million; Loader (2000), "Fast and accurate computation of binomial
    /// probabilities".
    private func kernel(_ x: Double, _ y: Double, swapped: Bool = false) -> Double {
        let a = swapped ? beta : alpha
        let b = swapped ? alpha : beta
        let sum = a + b
        let exponent =
            Self.stirlingError(sum) - Self.stirlingError(a) - Self.stirlingError(b)
            - Self.deviance(a, expected: sum * x) - Self.deviance(b, expected: sum * y)
        // a/sum first: the product a b could overflow.
        return (a / sum * b / (2 * .pi)).squareRoot() * exp(exponent)
    }

    /// k ln(k/expected) + expected - k, without cancellation near k = expected.
    private static func deviance(_ k: Double, expected: Double) -> Double {
        let e = (k - expected) / expected
        guard abs(e) < 0.1 else { return k * log(k / expected) + expected - k }
        // (1 + e) ln(1 + e) - e = e^2/2 - e^3/6 + e^4/12 - ...
        var power = e * e
        var sum = 0.0
        var order = 2.0
        while order < 24 {
            sum += power / (order * (order - 1))
            power *= -e
            order += 1
        }
        return expected * sum
    }

    /// ln Gamma(x + 1) - (x + 1/2) ln x + x - ln(2 pi)/2.
    private static func stirlingError(_ x: Double) -> Double {
        var x = x
        var correction = 0.0
        while x < 15 {
            correction += (x + 0.5) * log1p(1 / x) - 1
            x += 1
        }
        let r = 1 / (x * x)
        let series = (1 / 12.0 - r * (1 / 360.0 - r * (1 / 1260.0 - r * (1 / 1680.0 - r / 1188))))
        return correction + series / x
    }

    /// The denominator of the continued fraction DLMF 8.17.22, by Lentz's method.
    private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        if abs(d) < tiny { d = tiny }
        d = 1 / d
        var value = d
        // It takes some sqrt(max(a, b)) terms; the bound only stops a hopeless call.
        for term in 1...1_000_000 {
            let m = Double(term)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 + even * d
            c = 1 + even / c
            if abs(d) < tiny { d = tiny }
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            value *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 + odd * d
            c = 1 + odd / c
            if abs(d) < tiny { d = tiny }
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            let factor = d * c
            value *= factor
            if abs(factor - 1) < 1e-16 { break }
        }
        return 1 / value
    }
}
