/// On which side of a directed line a point lies, exactly.
///
/// The double-precision determinant decides when it exceeds its error bound; otherwise the
/// determinant is summed without rounding as an expansion of twelve terms. Bound and idea:
/// Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates",
/// Discrete & Computational Geometry 18 (1997), section 4. Portable: uses only IEEE doubles.
public enum Orientation {
    /// Positive when `(px, py)` lies left of the line from a to b, negative right of it, zero on it.
    ///
    /// Only the sign means something. Exact unless a product under- or overflows, which
    /// coordinates in degrees or metres cannot reach.
    @inlinable
    public static func sign(
        ax: Double, ay: Double, bx: Double, by: Double, px: Double, py: Double
    ) -> Double {
        let left = (ax - px) * (by - py)
        let right = (ay - py) * (bx - px)
        let determinant = left - right
        let bound = 3.3306690738754716e-16 * (left.magnitude + right.magnitude)
        if determinant > bound || -determinant > bound { return determinant }
        return exactSign(ax: ax, ay: ay, bx: bx, by: by, px: px, py: py)
    }

    @usableFromInline
    static func exactSign(
        ax: Double, ay: Double, bx: Double, by: Double, px: Double, py: Double
    ) -> Double {
        // ax·by − ax·py − px·by − ay·bx + ay·px + py·bx; px·py cancels.
        let products = [(ax, by), (-ax, py), (-px, by), (-ay, bx), (ay, px), (py, bx)]
        var expansion: [Double] = []
        for (left, right) in products {
            let high = left * right
            let low = (-high).addingProduct(left, right)
            grow(&expansion, by: low)
            grow(&expansion, by: high)
        }
        // Components do not overlap and grow in magnitude: the last one that is not zero decides.
        return expansion.last { $0 != 0 } ?? 0
    }

    /// Adds `value` to a non-overlapping expansion without error (Shewchuk's Grow-Expansion).
    private static func grow(_ expansion: inout [Double], by value: Double) {
        var carry = value
        for index in expansion.indices {
            let sum = carry + expansion[index]
            let virtual = sum - carry
            let error = (carry - (sum - virtual)) + (expansion[index] - virtual)
            expansion[index] = error
            carry = sum
        }
        expansion.append(carry)
    }
}
