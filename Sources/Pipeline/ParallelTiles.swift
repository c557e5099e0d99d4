internal import Dispatch

/// Work on many tiles on all cores.
enum ParallelTiles {
    /// What `body` answers for 0 to `count` - 1, in that order; its first error when one fails.
    static func map<Value: Sendable, Failure: Error>(
        count: Int,
        _ body: @Sendable (Int) throws(Failure) -> Value
    ) throws(Failure) -> [Value] {
        var results: [Result<Value, Failure>?] = Array(repeating: nil, count: count)
        results.withUnsafeMutableBufferPointer { buffer in
            // Each iteration writes its own element and no other.
            nonisolated(unsafe) let output = buffer
            DispatchQueue.concurrentPerform(iterations: count) { index in
                do throws(Failure) {
                    output[index] = .success(try body(index))
                } catch {
                    output[index] = .failure(error)
                }
            }
        }
        var values: [Value] = []
        values.reserveCapacity(count)
        for case let result? in results { values.append(try result.get()) }
        return values
    }
}
