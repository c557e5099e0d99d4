internal import Dispatch
internal import Foundation
internal import Synchronization

/// Threads that stay awake between many short steps of one computation.
///
/// To wake a thread for each step takes some 30 µs, which steps of 100 to 300 µs cannot spare.
/// Helpers look for the next step until the team is dismissed. They only help: the calling thread
/// does whatever they do not get to, and never waits for one that has not come.
final class WorkTeam: Sendable {
    private typealias Body = @Sendable (Int) -> Void

    /// The parts of the step that nobody has taken yet; -1 when the team is dismissed.
    private let remaining = Atomic<Int>(0)
    /// The parts that are done.
    private let done = Atomic<Int>(0)
    /// What the step does.
    ///
    /// Safe: written only while no part is left or being done, before `remaining` says that there
    /// are some, and read only by those who took one.
    private nonisolated(unsafe) let step: UnsafeMutablePointer<UnsafePointer<Body>?>

    private init() {
        step = .allocate(capacity: 1)
        step.initialize(to: nil)
    }

    deinit { step.deallocate() }

    /// Runs `body` with a team of `threads`, the calling one among them; nil where one thread is
    /// enough for steps over `count` numbers (`ParallelRanges`).
    ///
    /// Helpers come while `body` prepares its first step.
    static func with<Result>(
        threads: Int,
        for count: Int,
        _ body: (WorkTeam?) -> Result
    ) -> Result {
        guard threads > 1, count >= ParallelRanges.least else { return body(nil) }
        let team = WorkTeam()
        for _ in 1..<threads { DispatchQueue.global().async { team.help() } }
        defer { team.remaining.store(-1, ordering: .releasing) }
        return body(team)
    }

    /// Runs `body` for each of 0..<`count`; not from within a step.
    func perform(_ count: Int, _ body: @Sendable (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            withUnsafePointer(to: body) { pointer in
                step.pointee = pointer
                done.store(0, ordering: .relaxed)
                remaining.store(count, ordering: .releasing)
                while let part = take() { run(part) }
                wait { done.load(ordering: .acquiring) == count }
            }
        }
    }

    private func help() {
        var isDismissed = false
        while !isDismissed {
            if let part = take() {
                run(part)
            } else {
                wait {
                    let left = remaining.load(ordering: .relaxed)
                    isDismissed = left < 0
                    return left != 0
                }
            }
        }
    }

    private func take() -> Int? {
        var left = remaining.load(ordering: .relaxed)
        while left > 0 {
            let (isTaken, seen) = remaining.compareExchange(
                expected: left, desired: left - 1, ordering: .acquiring)
            if isTaken { return left - 1 }
            left = seen
        }
        return nil
    }

    private func run(_ part: Int) {
        Self.call(step.pointee, part)
        done.wrappingAdd(1, ordering: .releasing)
    }

    /// Not inlined, so that its hold on the closure ends before the part counts as done.
    @inline(never)
    private static func call(_ step: UnsafePointer<Body>?, _ part: Int) {
        step?.pointee(part)
    }

    /// Looks until `isOver`, and from some ten microseconds on lets others run in between.
    @inline(__always)
    private func wait(_ isOver: () -> Bool) {
        var looks = 0
        while !isOver() {
            looks += 1
            if looks > 2_000 { sched_yield() }
        }
    }
}
