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

/// `body` of consecutive ranges that make up 0..<`count`, one for each thread, in their order.
func parallelParts<Value: Sendable>(
    of count: Int,
    threads: Int,
    _ body: @Sendable (Range<Int>) -> Value
) -> [Value] {
    let parts = max(1, min(threads, count))
    return parallelMap(parts, threads: threads) { part in
        // The first parts take one more where the count does not divide evenly.
        let first = count / parts * part + min(part, count % parts)
        return body(first..<(first + count / parts + (part < count % parts ? 1 : 0)))
    }
}
