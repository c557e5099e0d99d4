internal import ArgumentParser
internal import Foundation
internal import Logging
internal import MapService
internal import SpatialStore

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the map and its tiles over HTTP.",
        discussion: """
            Listens on this machine only unless --host says otherwise; put a reverse proxy with \
            TLS before it. Ends gracefully on SIGTERM and Ctrl-C.
            """)

    @Option(name: .long, help: "The port to listen on; 0 takes a free one.")
    var port = 8080

    @Option(name: .long, help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(name: .long, help: "The address clients use, such as https://peta.example.go.id.")
    var publicURL: String?

    @Option(
        name: .long,
        help: "The folder with maplibre-gl.js and maplibre-gl.css, which make run installs.")
    var browserLibrary = ".build/browser"

    @Flag(name: .long, help: "Write a line for each request: method, route, status, time.")
    var accessLog = false

    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port takes a number from 0 to 65535.")
        }
    }

    func run() async throws {
        var logger = Logger(label: "peta", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = accessLog ? .info : .notice
        ProcessMemory.returnWhatIsFree()
        let map = try PublishedMap(path: database.database)
        let assets = try WebAssets(libraryFolder: browserLibrary)
        if !assets.hasMapLibrary {
            logger.warning(
                "No map library in \(browserLibrary): the page cannot draw. Run: make browser.")
        }
        var configuration = MapServer.Configuration()
        configuration.host = host
        configuration.port = port
        configuration.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        configuration.writesAccessLog = accessLog
        let server = try MapServer(
            map: map,
            features: try PublishedFeatures(path: database.database),
            assets: assets,
            configuration: configuration,
            logger: logger)
        let host = host
        try await server.run { port in
            print("Peta: http://\(host.contains(":") ? "[\(host)]" : host):\(port)")
            fflush(nil)
        }
    }
}
