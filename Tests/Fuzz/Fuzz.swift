internal import Foundation
internal import FuzzTargets

/// Feeds mutated inputs to the parsers, each in a process of its own.
///
/// ```
/// swift run -c release -Xswiftc -assert-config -Xswiftc Debug Fuzz
///     --parser NAME|all --inputs 10000000 --seed 1 --seconds 60
/// ```
/// Without the assert configuration an optimised build leaves out the bounds checks of unsafe
/// buffers, and a read beyond their end shows nothing.
///
/// Ends with status 1 when a parser trapped, hung, took more than two seconds for one input or
/// kept more than 64 MB. A finding is shown again by `--from INDEX --inputs 1` with its seed, as
/// long as the corpus has not changed, and by `--file PATH` with the bytes that were saved.
@main
enum Fuzz {
    static func main() throws {
        let options: Options
        do {
            options = try Options(Array(CommandLine.arguments.dropFirst()))
        } catch {
            say("\(error)")
            exit(64)
        }
        if let file = options.file {
            try run(options.targets, on: file)
        } else if let save = options.save, let target = options.targets.first {
            var inputs = FuzzedInputs(seeds: try target.seeds(), seed: options.seed)
            var bytes: [UInt8] = []
            inputs.write(options.from, to: &bytes)
            try Data(bytes).write(to: URL(fileURLWithPath: save))
        } else if let progress = options.progress, let target = options.targets.first {
            // The child of the supervisor.
            let worker = FuzzWorker(
                target: target, options: options, progress: try ProgressFile(path: progress))
            exit(try worker.run() ? 0 : 1)
        } else {
            var isClean = true
            say(FuzzReport.header)
            for target in options.targets {
                isClean = try FuzzSupervisor(target: target, options: options).run() && isClean
            }
            exit(isClean ? 0 : 1)
        }
    }

    private static func run(_ targets: [FuzzTarget], on file: String) throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
        for target in targets {
            let start = ContinuousClock.now
            bytes.withUnsafeBufferPointer(target.run)
            let time = ContinuousClock.now - start
            say("\(target.name): \(bytes.count) bytes, \(time.milliseconds) ms")
        }
    }
}

/// What the command line asks for.
struct Options {
    var targets: [FuzzTarget] = FuzzTarget.all
    var inputs = 100_000
    var seed: UInt64 = 1
    /// For each parser; 0: no limit.
    var seconds = 0.0
    var from = 0
    /// Bytes to run instead of mutations.
    var file: String?
    /// Where to write the input at `from`, instead of running it.
    var save: String?
    /// Given to the child only.
    var progress: String?
    /// Where inputs that brought a parser down are saved.
    var findings = FileManager.default.temporaryDirectory.appendingPathComponent("peta-fuzz").path

    struct Wrong: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else {
                throw Wrong(description: "\(name) needs a value.")
            }
            switch name {
            case "--parser": targets = try Self.targets(value)
            case "--inputs": inputs = try Self.number(value, of: name)
            case "--seed": seed = try Self.number(value, of: name)
            case "--seconds": seconds = try Self.number(value, of: name)
            case "--from": from = try Self.number(value, of: name)
            case "--file": file = value
            case "--save": save = value
            case "--progress": progress = value
            case "--findings": findings = value
            default:
                throw Wrong(
                    description:
                        "Unknown: \(name). Known: --parser --inputs --seed --seconds --from"
                        + " --file --save --findings.")
            }
        }
    }

    private static func number<T: LosslessStringConvertible>(
        _ value: String,
        of name: String
    ) throws -> T {
        guard let number = T(value) else { throw Wrong(description: "\(name) takes a number.") }
        return number
    }

    /// `all`, or names with commas between them.
    private static func targets(_ names: String) throws -> [FuzzTarget] {
        if names == "all" { return FuzzTarget.all }
        return try names.split(separator: ",").map { name in
            guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
                let known = FuzzTarget.all.map(\.name).joined(separator: ", ")
                throw Wrong(description: "Unknown parser \(name). Known: all, \(known).")
            }
            return target
        }
    }
}

/// Prints at once, so that the lines of parent and child stand in the order of what happened.
func say(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    /// With one decimal.
    var milliseconds: Double { (inSeconds * 10_000).rounded() / 10 }
}
