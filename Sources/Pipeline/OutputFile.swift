internal import Foundation

/// Writes a file in pieces; it appears under its name only when it is whole.
final class OutputFile {
    private let path: String
    private let temporaryPath: String
    private let handle: FileHandle
    private var isFinished = false

    /// Opens the file; `isPrivate` keeps it for its owner alone.
    init(path: String, isPrivate: Bool = false) throws(PipelineError) {
        self.path = path
        temporaryPath = path + ".part"
        let descriptor = open(
            temporaryPath, O_WRONLY | O_CREAT | O_TRUNC, isPrivate ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw .cannotWrite(path: path) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    deinit {
        if !isFinished { try? FileManager.default.removeItem(atPath: temporaryPath) }
    }

    func write(_ bytes: some Collection<UInt8>) throws(PipelineError) {
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch {
            throw Self.failure(error, path: path)
        }
    }

    func finish() throws(PipelineError) {
        do {
            try handle.close()
        } catch {
            throw Self.failure(error, path: path)
        }
        guard rename(temporaryPath, path) == 0 else { throw .cannotWrite(path: path) }
        isFinished = true
    }

    static func failure(_ error: any Error, path: String) -> PipelineError {
        let cause =
            (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
        let isFull = cause.domain == NSPOSIXErrorDomain && cause.code == Int(ENOSPC)
        let isFullByCocoa = (error as? CocoaError)?.code == .fileWriteOutOfSpace
        return isFull || isFullByCocoa ? .diskFull(path: path) : .cannotWrite(path: path)
    }
}
