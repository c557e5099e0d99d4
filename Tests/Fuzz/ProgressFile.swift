internal import Foundation

/// The index of the input at work, in memory that parent and child share through a file.
///
/// Writing costs no call of the system, so that it can be done before every input.
struct ProgressFile {
    private let memory: UnsafeMutableRawPointer

    private static let size = 4_096

    struct Failure: Error {
        let path: String
    }

    init(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        guard descriptor >= 0 else { throw Failure(path: path) }
        defer { close(descriptor) }
        guard ftruncate(descriptor, off_t(Self.size)) == 0,
            let memory = mmap(
                nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
            memory != MAP_FAILED
        else { throw Failure(path: path) }
        self.memory = memory
    }

    var index: Int {
        get { memory.load(as: Int.self) }
        nonmutating set { memory.storeBytes(of: newValue, as: Int.self) }
    }
}

/// What this process holds, in megabytes with one decimal.
enum ProcessMemory {
    static func resident() -> Double { status("VmRSS:") }

    static func peak() -> Double { status("VmHWM:") }

    private static func status(_ name: String) -> Double {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
        return ((kilobytes.flatMap { Double($0) } ?? 0) / 102.4).rounded() / 10
    }
}
