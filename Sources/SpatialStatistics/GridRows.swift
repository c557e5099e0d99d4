/// Sums over rows of a grid.
enum GridRows {
    /// `count` numbers of one row times `factor`, added to another.
    @inline(__always)
    static func add(
        _ from: UnsafeBufferPointer<Double>,
        _ fromStart: Int,
        _ to: UnsafeMutableBufferPointer<Double>,
        _ toStart: Int,
        _ count: Int,
        times factor: Double
    ) {
        for index in 0..<count {
            to[toStart &+ index] += factor * from[fromStart &+ index]
        }
    }
}
