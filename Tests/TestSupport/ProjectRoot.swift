public import Foundation

/// Where the package and what lies beside it stand on disk.
public enum ProjectRoot {
    /// The folder of `Package.swift`.
    public static let folder: URL = {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path != "/", !exists(folder.appending(path: "Package.swift")) {
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    /// The folder `shared` beside the package; nil where there is none.
    public static let sharedFolder: URL? = {
        let shared = folder.appending(path: "../shared").standardized
        return exists(shared) ? shared : nil
    }()

    private static func exists(_ url: URL) -> Bool {
        FileManager.default.fileExists(atPath: url.path)
    }
}
