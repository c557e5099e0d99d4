internal import Foundation

/// How far from the truth a written position may lie, as a standard deviation along each axis.
///
/// Independent errors add up in squares. What the boundary set is wrong by does not belong here:
/// see `BorderUncertainty`.
public enum PositionAccuracy {
    /// How a device or a form states its accuracy.
    public enum Statement: Hashable, Sendable {
        /// The radius of the circle that holds the truth with 68 %, as Android gives it.
        case radius68
        /// The circular error probable: the radius for 50 %.
        case circularErrorProbable
        /// The radius for 95 %.
        case radius95
        /// The root of the mean squared distance, both axes together.
        case distanceRootMeanSquare
    }

    /// The standard deviation along one axis for a stated accuracy.
    ///
    /// In two dimensions the distance from the truth has a Rayleigh distribution: the radius that
    /// holds the share q is σ √(−2 ln(1 − q)), for 68 % 1.51 σ.
    public static func sigmaMetres(stated metres: Double, as statement: Statement) -> Double {
        precondition(metres >= 0, "an accuracy of \(metres) metres")
        func radius(_ share: Double) -> Double { (-2 * log(1 - share)).squareRoot() }
        return switch statement {
        case .radius68: metres / radius(0.68)
        case .circularErrorProbable: metres / radius(0.5)
        case .radius95: metres / radius(0.95)
        case .distanceRootMeanSquare: metres / 2.0.squareRoot()
        }
    }

    /// The standard deviation that rounding to steps of `resolutionMetres` brings: a uniform
    /// error of half a step to each side.
    ///
    /// Truncated numbers are wrong by twice as much; writing does not tell them apart.
    public static func sigmaMetres(resolutionMetres: Double) -> Double {
        precondition(resolutionMetres >= 0, "a resolution of \(resolutionMetres) metres")
        return resolutionMetres / 12.0.squareRoot()
    }

    /// The standard deviation of a sum of independent errors.
    public static func combined(_ sigmas: Double...) -> Double {
        sigmas.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
}
