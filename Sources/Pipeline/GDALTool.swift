internal import Foundation

/// GDAL's command-line tools as processes beside ours, their output through a pipe.
enum GDALTool {
    static func run(
        _ tool: String,
        _ arguments: [String]
    ) throws -> (output: Data, status: Int32) {
        let process = process(tool, arguments)
        let pipe = Pipe()
        process.standardOutput = pipe
        try start(process)
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        if process.terminationStatus == 127 { throw PipelineError.gdalMissing }
        return (output, process.terminationStatus)
    }

    static func process(_ tool: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        // Its messages may quote cells.
        process.standardError = FileHandle.nullDevice
        return process
    }

    static func start(_ process: Process) throws {
        do {
            try process.run()
        } catch {
            throw PipelineError.gdalMissing
        }
    }
}
