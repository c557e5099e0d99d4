internal import Foundation
internal import TestSupport

/// The inputs kept in `Tests/FuzzCorpus`: a folder for each target, all persons invented.
///
/// A file named `.lines` holds an input in each line; any other file is one input. What once
/// brought a parser down stays here under the name of the bug.
public enum FuzzCorpus {
    public enum Failure: Error {
        case folderMissing(String)
    }

    /// The inputs of a folder, in the order of its file names.
    public static func inputs(in folder: String) throws -> [[UInt8]] {
        try files(in: folder).flatMap { name, bytes in
            name.hasSuffix(".lines") ? lines(of: bytes) : [bytes]
        }
    }

    /// The names of the folders.
    public static func folders() throws -> [String] {
        let place = ProjectRoot.folder.appending(path: "Tests/FuzzCorpus")
        return try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
    }

    /// The files of a folder, ordered by name.
    static func files(in folder: String) throws -> [(name: String, bytes: [UInt8])] {
        let place = ProjectRoot.folder.appending(path: "Tests/FuzzCorpus/\(folder)")
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: place.path),
            !names.isEmpty
        else { throw Failure.folderMissing(place.path) }
        return try names.sorted().map { name in
            (name, Array(try Data(contentsOf: place.appending(path: name))))
        }
    }

    private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }
}
