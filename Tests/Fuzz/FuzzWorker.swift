internal import Foundation
internal import FuzzTargets

/// Runs the inputs of one parser; what ends the process with them is the supervisor's concern.
struct FuzzWorker {
    let target: FuzzTarget
    let options: Options
    let progress: ProgressFile

    /// One input may take this long.
    static let longest = Duration.seconds(2)
    /// Memory may grow by this much after the warm-up.
    static let mostGrowth = 64.0
    /// Lazy tables are filled, and the allocator has its pools, after these.
    private static let warmUp = (inputs: 20_000, time: Duration.seconds(5))

    /// Returns whether nothing was found.
    func run() throws -> Bool {
        var inputs = FuzzedInputs(seeds: try target.seeds(), seed: options.seed)
        var bytes: [UInt8] = []
        var report = FuzzReport(name: target.name, from: options.from)
        let start = ContinuousClock.now
        var now = start
        var memoryBefore: Double?
        for index in options.from..<options.from + options.inputs {
            inputs.write(index, to: &bytes)
            progress.index = index
            let before = ContinuousClock.now
            bytes.withUnsafeBufferPointer(target.run)
            now = ContinuousClock.now
            report.inputs += 1
            report.byteCount += bytes.count
            if now - before > report.slowest { note(bytes, index, now - before, in: &report) }
            if memoryBefore == nil,
                report.inputs >= Self.warmUp.inputs || now - start > Self.warmUp.time
            {
                memoryBefore = ProcessMemory.resident()
            }
            if options.seconds > 0, (now - start).inSeconds >= options.seconds { break }
        }
        report.time = now - start
        report.memory = (memoryBefore ?? ProcessMemory.resident(), ProcessMemory.resident())
        report.peak = ProcessMemory.peak()
        say(report.line)
        var isClean = true
        if report.slowest > Self.longest {
            say("  FOUND: \(report.slowest.milliseconds) ms for one input")
            isClean = false
        }
        if report.memory.after - report.memory.before > Self.mostGrowth {
            say("  FOUND: memory grew from \(report.memory.before) to \(report.memory.after) MB")
            isClean = false
        }
        return isClean
    }

    /// Keeps the slowest input; one that seems too slow runs again, since others use the machine.
    private func note(
        _ bytes: [UInt8],
        _ index: Int,
        _ time: Duration,
        in report: inout FuzzReport
    ) {
        var time = time
        if time > .milliseconds(200) {
            let before = ContinuousClock.now
            bytes.withUnsafeBufferPointer(target.run)
            time = min(time, ContinuousClock.now - before)
        }
        guard time > report.slowest else { return }
        report.slowest = time
        report.slowestInput = (index, FuzzReport.hash(bytes), bytes.count)
    }
}

/// What came out for one parser.
struct FuzzReport {
    let name: String
    let from: Int
    var inputs = 0
    var byteCount = 0
    var time = Duration.zero
    var slowest = Duration.zero
    var slowestInput = (index: 0, hash: UInt64(0), length: 0)
    /// In megabytes, after the warm-up and at the end.
    var memory = (before: 0.0, after: 0.0)
    var peak = 0.0

    init(name: String, from: Int) {
        self.name = name
        self.from = from
    }

    static let header = [
        pad("parser", 16), pad("from", 10), pad("inputs", 10), pad("seconds", 9),
        pad("inputs/s", 10),
        pad("bytes", 7), pad("slowest ms", 11), pad("MB before", 10), pad("after", 7),
        pad("peak", 7),
        "slowest input (index, length, hash)",
    ].joined()

    var line: String {
        let perSecond = Double(inputs) / max(time.inSeconds, 1e-6)
        return [
            Self.pad(name, 16), Self.pad("\(from)", 10), Self.pad("\(inputs)", 10),
            Self.pad("\((time.inSeconds * 10).rounded() / 10)", 9),
            Self.pad("\(Int(perSecond))", 10),
            Self.pad("\(byteCount / max(1, inputs))", 7), Self.pad("\(slowest.milliseconds)", 11),
            Self.pad("\(memory.before)", 10), Self.pad("\(memory.after)", 7),
            Self.pad("\(peak)", 7),
            "\(slowestInput.index), \(slowestInput.length),"
                + " \(String(slowestInput.hash, radix: 16))",
        ].joined()
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    /// FNV-1a, so that an input can be told from another in a log.
    static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
