internal import Dispatch

extension Array where Element: Sendable {
    /// `transform` of each element on all cores, in the order of the elements.
    func parallelMap<Value: Sendable>(_ transform: @Sendable (Element) -> Value) -> [Value] {
        guard count > 1 else { return map(transform) }
        var values = [Value?](repeating: nil, count: count)
        values.withUnsafeMutableBufferPointer { buffer in
            // Each iteration writes its own place and no other.
            nonisolated(unsafe) let output = buffer
            DispatchQueue.concurrentPerform(iterations: count) { index in
                output[index] = transform(self[index])
            }
        }
        return values.compactMap(\.self)
    }
}
