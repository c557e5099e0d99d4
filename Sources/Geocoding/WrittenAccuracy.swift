/// How sharp a position is, from what the sheet says of it.
public enum WrittenAccuracy {
    /// What is assumed where nothing is written: a telephone under open sky, 68 % within 10 m.
    public static let usualMetres = 10.0

    /// The standard deviation along one axis.
    ///
    /// - Parameters:
    ///   - text: the accuracy in metres, as written; a device means the radius that holds 68 %.
    ///     What cannot be read, is negative or above 10 km counts as not written.
    ///   - resolutionMetres: the step of the last decimal that is written.
    /// - Returns: metres, above 0.
    public static func sigmaMetres(
        _ text: some StringProtocol,
        resolutionMetres: Double
    ) -> Double {
        let digits = text.lowercased().filter { !$0.isWhitespace && $0 != "m" }
            .replacing(",", with: ".")
        let written = Double(digits).flatMap { (0...10_000).contains($0) ? $0 : nil }
        return PositionAccuracy.combined(
            PositionAccuracy.sigmaMetres(stated: written ?? usualMetres, as: .radius68),
            PositionAccuracy.sigmaMetres(resolutionMetres: resolutionMetres))
    }
}
