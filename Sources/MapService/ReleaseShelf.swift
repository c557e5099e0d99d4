internal import Logging
internal import ServiceLifecycle
internal import SpatialStore
internal import Synchronization

/// The releases that the server can show, kept up to date with the database.
///
/// A request takes the current release once and answers from that alone, so no response mixes two.
final class ReleaseShelf: Service {
    private struct State {
        var current: ServedRelease?
        var older: [Int64: ServedRelease] = [:]
    }

    private let map: PublishedMap
    private let logger: Logger
    private let state = Mutex(State())
    /// Held while a release is loaded: both shelves may ask for it at once.
    private let loading = Mutex(())

    /// How often the database is asked for a new release; a query of microseconds.
    private static let interval = Duration.milliseconds(500)

    /// Loads the published release, if there is one.
    init(map: PublishedMap, logger: Logger) throws {
        self.map = map
        self.logger = logger
        try refresh()
    }

    var current: ServedRelease? { state.withLock { $0.current } }

    func release(_ id: Int64) -> ServedRelease? {
        state.withLock { state in
            state.current?.id == id ? state.current : state.older[id]
        }
    }

    /// Newest first.
    var all: [ServedRelease] {
        state.withLock { state in
            ([state.current].compactMap(\.self) + state.older.values).sorted { $0.id > $1.id }
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Older releases are wanted only by maps opened before a switch: after the start.
            self.attempt(self.loadOlder)
            // Cancelling is how the server ends this loop, not a failure of it.
            while (try? await Task.sleep(for: Self.interval)) != nil {
                self.attempt(self.refresh)
            }
        }
    }

    /// A database that is briefly busy must not end the server: it shows what it has.
    private func attempt(_ body: () throws -> Void) {
        do {
            try body()
        } catch {
            logger.warning("Cannot read the published release: \(error)")
        }
    }

    /// Takes up the release that is published now.
    func refresh() throws {
        try loading.withLock { _ in
            guard let id = try map.publishedReleaseID(), id != current?.id,
                let published = try map.release(id)
            else { return }
            let release = try ServedRelease(published)
            let kept = try Set(map.keptReleaseIDs())
            state.withLock { state in
                if let previous = state.current { state.older[previous.id] = previous }
                state.older = state.older.filter { kept.contains($0.key) }
                state.current = release
            }
            logger.info("Serving release \(id)")
        }
    }

    private func loadOlder() throws {
        for id in try map.keptReleaseIDs() where release(id) == nil {
            guard let published = try map.release(id) else { continue }
            let served = try ServedRelease(published)
            state.withLock { $0.older[id] = served }
        }
    }
}
