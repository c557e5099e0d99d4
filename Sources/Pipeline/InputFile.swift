internal import Foundation

/// Reads a file in pieces, or bytes in memory as if they were one.
struct InputFile {
    let path: String
    let byteCount: Int
    private let source: Source

    private enum Source {
        case file(FileHandle)
        case memory(Data)
    }

    private static let pieceSize = 1 << 20

    init(path: String) throws(PipelineError) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw .fileMissing(path: path)
        }
        guard !isDirectory.boolValue, let handle = FileHandle(forReadingAtPath: path),
            let end = try? handle.seekToEnd()
        else { throw .fileUnreadable(path: path) }
        self.path = path
        source = .file(handle)
        byteCount = Int(end)
    }

    /// `path` is what messages call it.
    init(memory bytes: [UInt8], path: String) {
        self.path = path
        source = .memory(Data(bytes))
        byteCount = bytes.count
    }

    /// The name without its folder: a path may hold what should not be published.
    var name: String { URL(fileURLWithPath: path).lastPathComponent }

    func head(_ count: Int) throws -> [UInt8] {
        try bytes(at: 0, count: count)
    }

    /// Up to `count` bytes from `offset` on.
    func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        switch source {
        case .file(let handle):
            try handle.seek(toOffset: UInt64(offset))
            return [UInt8](try handle.read(upToCount: count) ?? Data())
        case .memory(let data):
            return [UInt8](data.dropFirst(offset).prefix(count))
        }
    }

    /// Hands over the whole file from its start, piece by piece, with the bytes read so far.
    func forEachPiece(_ body: (Data, Int) throws -> Void) throws {
        guard case .file(let handle) = source else {
            if case .memory(let data) = source, !data.isEmpty { try body(data, data.count) }
            return
        }
        try handle.seek(toOffset: 0)
        var position = 0
        while let piece = try handle.read(upToCount: Self.pieceSize), !piece.isEmpty {
            position += piece.count
            try body(piece, position)
        }
    }
}
