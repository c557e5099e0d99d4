/// How many keluarga live in each desa.
///
/// Assumed: keluarga per km2 fall from 400 to 800 on the coastal plain (most in the towns) to about
/// 100 in the mountains of the south, a desa with twice the area holds 1.6 times the families, and
/// what remains between desa is lognormal with a standard deviation of 0.25. Over the 330 desa this
/// gives a mean of 1,175, a median near 1,030 and 90 % of the desa between 460 and 2,460.
enum DesaSizes {
    private static let spread = 0.25
    private static let areaExponent = 0.7

    /// Sizes that add up to `total`, at least one each when there are enough families.
    static func make(
        settings: [DesaSetting],
        total: Int,
        generator: inout SeededGenerator
    ) -> [Int] {
        let weights = settings.map { setting in
            let density =
                80 + 330 * PortableMath.exponential(-setting.coastKm / 9)
                + 450 * PortableMath.exponential(-setting.townKm / 4)
            let area = PortableMath.exponential(
                areaExponent * PortableMath.logarithm(max(setting.areaKm2, 0.01))
            )
            let noise = PortableMath.exponential(spread * generator.normalPair().0)
            return density * area * noise
        }
        guard total >= settings.count else { return apportion(total, by: weights) }
        return apportion(total - settings.count, by: weights).map { $0 + 1 }
    }

    /// Largest remainders (Hamilton): whole parts of `total` in proportion to `weights`.
    static func apportion(_ total: Int, by weights: [Double]) -> [Int] {
        let sum = weights.reduce(0, +)
        let quotas = weights.map { Double(total) * $0 / sum }
        var parts = quotas.map { Int($0) }
        let byRemainder = quotas.indices.sorted { left, right in
            let (a, b) = (quotas[left] - Double(parts[left]), quotas[right] - Double(parts[right]))
            return a == b ? left < right : a > b
        }
        for index in byRemainder.prefix(total - parts.reduce(0, +)) { parts[index] += 1 }
        return parts
    }
}
