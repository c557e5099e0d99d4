internal import Logging
internal import ServiceLifecycle
internal import SpatialStore
internal import Synchronization

/// The collections that can be asked for now, with the answers made from them so far.
struct CollectionCatalogue: Sendable {
    /// In the order in which they are listed: the published release, added ones, older releases.
    let listed: [ServedCollection]
    /// The release that collections without a number show; tiles of theirs come from it too.
    let publishedRelease: Int64?
    let cache = ResponseCache()
    private let byID: [String: ServedCollection]

    init(_ stored: [StoredCollection], publishedRelease: Int64?) {
        self.publishedRelease = publishedRelease
        var current: [ServedCollection] = []
        var added: [ServedCollection] = []
        var older: [ServedCollection] = []
        var aliases: [ServedCollection] = []
        for collection in stored {
            guard let release = collection.releaseID else {
                added.append(
                    ServedCollection(
                        id: collection.collection.name, stored: collection, isAlias: false))
                continue
            }
            let pinned = ServedCollection(
                id: "\(collection.collection.name)-rilis-\(release)", stored: collection,
                isAlias: release == publishedRelease)
            if release == publishedRelease {
                current.append(
                    ServedCollection(
                        id: collection.collection.name, stored: collection, isAlias: false))
                aliases.append(pinned)
            } else {
                older.append(pinned)
            }
        }
        listed = current + added + older.reversed()
        byID = Dictionary(
            (listed + aliases).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func collection(_ id: String?) throws(RequestFailure) -> ServedCollection {
        guard let collection = id.flatMap({ byID[$0] }) else {
            throw .unknownCollection(known: listed.map(\.id))
        }
        return collection
    }
}

/// Keeps the catalogue up to date with the database.
final class CollectionShelf: Service {
    let features: PublishedFeatures
    private let releases: ReleaseShelf
    private let logger: Logger
    private let state: Mutex<(PublishedFeatures.State?, CollectionCatalogue)>

    /// As often as `ReleaseShelf` looks.
    private static let interval = Duration.milliseconds(500)

    init(features: PublishedFeatures, releases: ReleaseShelf, logger: Logger) {
        self.features = features
        self.releases = releases
        self.logger = logger
        state = Mutex((nil, CollectionCatalogue([], publishedRelease: nil)))
        refresh()
    }

    /// A request takes the catalogue once, so that what it answers belongs together.
    var catalogue: CollectionCatalogue { state.withLock(\.1) }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: Self.interval)) != nil { self.refresh() }
        }
    }

    /// Takes up what is published now.
    ///
    /// A database that is briefly busy must not end the server: it shows what it has.
    func refresh() {
        do {
            let found = try features.state()
            guard found != state.withLock(\.0) else { return }
            // First the tiles: until the other shelf had looked, tile sets would answer 404.
            if let id = found.publishedRelease, releases.release(id) == nil {
                try releases.refresh()
            }
            let catalogue = CollectionCatalogue(
                try features.collections(), publishedRelease: found.publishedRelease)
            state.withLock { $0 = (found, catalogue) }
        } catch {
            logger.warning("Cannot read the collections: \(error)")
        }
    }
}
