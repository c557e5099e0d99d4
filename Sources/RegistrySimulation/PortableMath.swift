/// Exponential and logarithm from the four operations alone.
///
/// IEEE 754 fixes `+ - * /` and the square root to the last bit, but not `exp` and `log`: two C
/// libraries may differ there, and a seed would then give other bytes on another machine.
/// Both agree with the C library to about 1e-15 (relative) over the range used here.
enum PortableMath {
    private static let naturalLogOf2 = 0.693147180559945309

    static func exponential(_ x: Double) -> Double {
        let doublings = (x / naturalLogOf2).rounded()
        let rest = x - doublings * naturalLogOf2
        // Taylor on |rest| <= 0.35: the 15th term is below 1e-18.
        var sum = 1.0
        for step in stride(from: 15.0, through: 1, by: -1) { sum = 1 + sum * rest / step }
        return Double(sign: .plus, exponent: Int(doublings), significand: sum)
    }

    static func logarithm(_ x: Double) -> Double {
        precondition(x > 0 && x.isFinite, "no logarithm of \(x)")
        var mantissa = x.significand
        var exponent = Double(x.exponent)
        if mantissa > 1.4142135623730951 {
            mantissa /= 2
            exponent += 1
        }
        // log(m) = 2 artanh((m-1)/(m+1)), |ratio| <= 0.172.
        let ratio = (mantissa - 1) / (mantissa + 1)
        let square = ratio * ratio
        var sum = 0.0
        for power in stride(from: 21.0, through: 1, by: -2) { sum = 1 / power + sum * square }
        return exponent * naturalLogOf2 + 2 * ratio * sum
    }

    static func logit(_ probability: Double) -> Double {
        logarithm(probability / (1 - probability))
    }

    static func logistic(_ logOdds: Double) -> Double {
        1 / (1 + exponential(-logOdds))
    }
}
