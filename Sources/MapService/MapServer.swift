internal import Hummingbird
public import Logging
internal import ServiceLifecycle
public import SpatialStore

/// The map server: HTTP and nothing else.
public struct MapServer: Sendable {
    public struct Configuration: Sendable {
        /// Loopback unless the operator says otherwise: a reverse proxy is the way out.
        public var host = "127.0.0.1"
        public var port = 8080
        /// The address clients use when a proxy stands before the server.
        public var publicURL: String?
        /// A line for each request; its route and never its address.
        public var writesAccessLog = false

        public init() {}
    }

    private let configuration: Configuration
    let shelf: ReleaseShelf
    let collections: CollectionShelf
    private let assets: WebAssets
    private let logger: Logger

    public init(
        map: PublishedMap,
        features: PublishedFeatures,
        assets: WebAssets,
        configuration: Configuration,
        logger: Logger
    ) throws {
        self.configuration = configuration
        self.assets = assets
        self.logger = logger
        shelf = try ReleaseShelf(map: map, logger: logger)
        collections = CollectionShelf(features: features, releases: shelf, logger: logger)
    }

    /// Answers requests until the process is told to stop (SIGTERM, SIGINT).
    ///
    /// `whenRunning` is called with the port once the server listens.
    public func run(whenRunning: @escaping @Sendable (Int) -> Void) async throws {
        do {
            try await application(whenRunning: whenRunning).runService()
        } catch let error as IOErrorDescription where error.isAddressInUse {
            throw ServeError.portInUse(configuration.port)
        } catch let error as IOErrorDescription where error.isPermissionDenied {
            throw ServeError.portNotAllowed(configuration.port)
        }
    }

    func application(
        whenRunning: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        var application = Application(
            router: router(),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: "peta"),
            onServerRunning: { channel in whenRunning(channel.localAddress?.port ?? 0) },
            logger: logger)
        application.addServices(shelf, collections)
        return application
    }

    func router() -> Router<BasicRequestContext> {
        let router = Router(
            context: BasicRequestContext.self, options: [.autoGenerateHeadEndpoints])
        let metrics = PrometheusMetrics()
        router.add(
            middleware: RequestMeasuring(
                metrics: metrics, accessLog: configuration.writesAccessLog ? logger : nil))
        // Public data: any page may read it. Nothing here depends on who asks.
        router.add(
            middleware: CORSMiddleware(
                allowOrigin: .all,
                allowHeaders: [.accept, .contentType, .ifNoneMatch],
                allowMethods: [.get, .head, .options, .post],
                exposedHeaders: ["ETag", "Content-Crs"]))
        router.add(middleware: ErrorMiddleware())
        HealthRoutes(shelf: shelf).add(to: router)
        MetricsRoutes(metrics: metrics, shelf: shelf).add(to: router)
        let addresses = PublicAddress(configured: configuration.publicURL)
        ReleaseRoutes(shelf: shelf, addresses: addresses).add(to: router)
        TileRoutes(shelf: shelf).add(to: router)
        GeocodeRoutes(shelf: shelf, geocoders: GeocoderShelf()).add(to: router)
        let answers = AnswerRoutes(
            collections: collections, releases: shelf, addresses: addresses)
        CollectionRoutes(answers: answers, assets: assets).add(to: router)
        FeatureRoutes(answers: answers).add(to: router)
        TileSetRoutes(answers: answers).add(to: router)
        WebRoutes(assets: assets).add(to: router)
        return router
    }
}
