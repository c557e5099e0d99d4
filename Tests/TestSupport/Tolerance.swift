/// Whether two numbers differ by at most `absolute` or by at most `relative` of the larger one.
///
/// NaN is close to nothing.
public func isClose(
    _ first: Double,
    _ second: Double,
    relative: Double = 1e-9,
    absolute: Double = 0
) -> Bool {
    let difference = (first - second).magnitude
    return first == second
        || difference <= max(absolute, relative * max(first.magnitude, second.magnitude))
}
