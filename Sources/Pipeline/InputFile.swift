internal import Foundation

/// Reads a file in pieces.
struct InputFile {
    let path: String
    let byteCount: Int
    private let handle: FileHandle

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
        self.handle = handle
        byteCount = Int(end)
    }

    /// The name without its folder: a path may hold what should not be published.
    var name: String { URL(fileURLWithPath: path).lastPathComponent }

    func head(_ count: Int) throws -> [UInt8] {
        try handle.seek(toOffset: 0)
        return [UInt8](try handle.read(upToCount: count) ?? Data())
    }

    /// Up to `count` bytes from `offset` on.
    func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        try handle.seek(toOffset: UInt64(offset))
        return [UInt8](try handle.read(upToCount: count) ?? Data())
    }

    /// Hands over the whole file from its start, piece by piece, with the bytes read so far.
    func forEachPiece(_ body: (Data, Int) throws -> Void) throws {
        try handle.seek(toOffset: 0)
        var position = 0
        while let piece = try handle.read(upToCount: Self.pieceSize), !piece.isEmpty {
            position += piece.count
            try body(piece, position)
        }
    }
}
