/// How far a step has come; the command line shows it, tests ignore it.
public protocol StepProgress: Sendable {
    /// - Parameters:
    ///   - step: what is being done, such as `Reading dtsen.csv`.
    ///   - fraction: 0 to 1; 1 ends the step.
    func report(_ step: String, fraction: Double)
}

public struct SilentProgress: StepProgress {
    public init() {}
    public func report(_ step: String, fraction: Double) {}
}
