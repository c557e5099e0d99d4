internal import Dispatch

/// `transform` of each of 0..<`count`, in that order.
func parallelMap<Value: Sendable>(
    _ count: Int,
    threads: Int,
    _ transform: @Sendable (Int) -> Value
) -> [Value] {
    guard threads > 1, count > 1 else { return (0..<count).map(transform) }
    var values = [Value?](repeating: nil, count: count)
    values.withUnsafeMutableBufferPointer { buffer in
        // Safe: each iteration writes its own places only.
        nonisolated(unsafe) let output = buffer
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for index in stride(from: thread, to: count, by: threads) {
                output[index] = transform(index)
            }
        }
    }
    return values.compactMap { $0 }
}
