/// A parser with an entrance for any bytes.
public struct FuzzTarget: Sendable {
    public let name: String
    /// What the parser is made for; every other input comes from these by mutation.
    public let seeds: @Sendable () throws -> [[UInt8]]
    /// Returns whatever the bytes: a trap, a hang and memory that stays are findings.
    ///
    /// Where two ways must lead to the same, a difference traps as well.
    public let run: @Sendable (UnsafeBufferPointer<UInt8>) -> Void

    init(
        _ name: String,
        seeds: @escaping @Sendable () throws -> [[UInt8]],
        run: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        self.name = name
        self.seeds = seeds
        self.run = run
    }

    /// One whose seeds are the files of its folder in `Tests/FuzzCorpus`.
    init(
        _ name: String,
        run: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        self.init(name, seeds: { try FuzzCorpus.inputs(in: name) }, run: run)
    }

    public static let all: [FuzzTarget] =
        TextTargets.all + RegistryTargets.all + PlaceTargets.all + AreaTargets.all
        + ArchiveTargets.all + [LinkageTarget.target] + FileTargets.all + FilterTargets.all
}

/// What several targets do.
enum FuzzStep {
    /// Errors must have words as well.
    static func note(_ error: any Error) {
        precondition(!String(describing: error).isEmpty, "an error without words")
    }

    /// A number made of the bytes, to choose by.
    static func choice(_ bytes: UnsafeBufferPointer<UInt8>, of count: Int) -> Int {
        var sum = UInt64(bytes.count)
        for byte in bytes.prefix(64) { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Int((sum ^ sum >> 29) % UInt64(count))
    }

    /// Hands the bytes over in pieces of changing sizes.
    static func forEachPiece(
        of bytes: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) rethrows {
        var start = 0
        // Few pieces of a long input, since what is pending is read again with each; single bytes
        // only of a short one.
        let smallest = max(1, bytes.count / 512)
        var size = choice(bytes, of: 61) + bytes.count / 8
        while start < bytes.count {
            let end = min(bytes.count, start + max(smallest, size))
            try body(UnsafeBufferPointer(rebasing: bytes[start..<end]))
            start = end
            size = size * 5 / 3 % (bytes.count / 3 + 7)
        }
    }

    /// The parts between bytes `separator`, at most `count`; the last keeps the rest.
    static func parts(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at separator: UInt8,
        count: Int
    ) -> [UnsafeBufferPointer<UInt8>] {
        bytes.split(separator: separator, maxSplits: count - 1, omittingEmptySubsequences: false)
            .map { UnsafeBufferPointer(rebasing: $0) }
    }

    static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
