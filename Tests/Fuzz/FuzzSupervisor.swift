internal import Foundation
internal import FuzzTargets

/// Runs a parser in a child process, so that a trap or a hang ends that one and is told.
struct FuzzSupervisor {
    let target: FuzzTarget
    let options: Options

    /// Without progress for so long the child hangs.
    private static let patience = 60.0
    /// Then it is enough to mend.
    private static let mostFindings = 8

    private static let environment = [
        // glibc gives freed memory back at once, so that what stays is really held.
        "MALLOC_TRIM_THRESHOLD_": "1048576", "MALLOC_MMAP_THRESHOLD_": "1048576",
        // Where it happened is enough.
        "SWIFT_BACKTRACE": "registers=none,images=none,limit=12,color=no",
    ]

    private static let environmentKept: Set = [
        "PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SWIFT_BACKTRACE",
    ]

    /// Returns whether nothing was found.
    func run() throws -> Bool {
        let start = ContinuousClock.now
        var from = options.from
        let end = options.from + options.inputs
        var findings = 0
        while from < end, findings < Self.mostFindings {
            var seconds = options.seconds
            if seconds > 0 {
                seconds -= (ContinuousClock.now - start).inSeconds
                guard seconds > 0 else { break }
            }
            let (outcome, index) = try runChild(from: from, inputs: end - from, seconds: seconds)
            switch outcome {
            case .clean: return findings == 0
            case .found: return false
            case .trapped: try tell("trap", at: index)
            case .hung: try tell("hang", at: index)
            }
            findings += 1
            from = index + 1
        }
        return findings == 0
    }

    private enum Outcome {
        case clean, found, trapped, hung
    }

    private func runChild(
        from: Int,
        inputs: Int,
        seconds: Double
    ) throws -> (Outcome, index: Int) {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(
            "peta-fuzz-\(ProcessInfo.processInfo.processIdentifier)-\(target.name)"
        ).path
        let progress = try ProgressFile(path: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        progress.index = from
        let child = Process()
        child.executableURL = URL(
            fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe"))
        child.arguments = [
            "--parser", target.name, "--seed", "\(options.seed)", "--from", "\(from)",
            "--inputs", "\(inputs)", "--seconds", "\(seconds)", "--progress", path,
        ]
        // Little else: Yams reads all of it for each document, half of the time with 30 variables.
        child.environment = ProcessInfo.processInfo.environment
            .filter { Self.environmentKept.contains($0.key) }
            .merging(Self.environment, uniquingKeysWith: { own, _ in own })
        try child.run()
        var last = progress.index
        var since = ContinuousClock.now
        var hangs = false
        while child.isRunning {
            Thread.sleep(forTimeInterval: 0.05)
            if progress.index != last {
                last = progress.index
                since = .now
            } else if (ContinuousClock.now - since).inSeconds > Self.patience, !hangs {
                hangs = true
                kill(child.processIdentifier, SIGKILL)
            }
        }
        child.waitUntilExit()
        if hangs { return (.hung, progress.index) }
        if child.terminationReason == .uncaughtSignal { return (.trapped, progress.index) }
        return (child.terminationStatus == 0 ? .clean : .found, progress.index)
    }

    /// Saves the input and says how to see the finding again.
    private func tell(_ what: String, at index: Int) throws {
        var inputs = FuzzedInputs(seeds: try target.seeds(), seed: options.seed)
        var bytes: [UInt8] = []
        inputs.write(index, to: &bytes)
        try FileManager.default.createDirectory(
            atPath: options.findings, withIntermediateDirectories: true)
        let file = "\(options.findings)/\(target.name)-\(options.seed)-\(index)"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        say(
            "  FOUND: \(target.name): \(what) at input \(index), \(bytes.count) bytes;"
                + " --parser \(target.name) --seed \(options.seed) --from \(index) --inputs 1;"
                + " saved as \(file)")
    }
}
