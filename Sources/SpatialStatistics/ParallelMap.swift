/// `transform` of each of 0..<`count`, in that order.
func parallelMap<Value: Sendable>(
    _ count: Int,
    threads: Int,
    _ transform: @Sendable (Int) -> Value
) -> [Value] {
    var values = [Value?](repeating: nil, count: count)
    values.withUnsafeMutableBufferPointer { buffer in
        // Safe: each iteration writes its own place only.
        nonisolated(unsafe) let output = buffer
        ConditionalPermutation.inParallel(count, threads: threads) { index in
            output[index] = transform(index)
        }
    }
    return values.compactMap { $0 }
}
