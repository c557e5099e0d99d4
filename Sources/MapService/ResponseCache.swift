internal import Synchronization

/// Answers that were made for a request and are the same for the next one that asks so.
///
/// The oldest ones go when there is no room; a new state of the data starts with an empty cache.
final class ResponseCache: Sendable {
    private struct State {
        var answers: [String: Entry] = [:]
        var byteCount = 0
        var clock = 0
    }

    private struct Entry {
        let answer: ServedAnswer
        let byteCount: Int
        var lastUse: Int
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// A ninth of the memory that the server may take.
    init(capacity: Int = 16 << 20) {
        self.capacity = capacity
    }

    subscript(_ key: String) -> ServedAnswer? {
        state.withLock { state in
            state.clock += 1
            state.answers[key]?.lastUse = state.clock
            return state.answers[key]?.answer
        }
    }

    func insert(_ answer: ServedAnswer, for key: String) {
        let size = answer.blob.byteCount + key.utf8.count + 256
        guard size <= capacity / 4 else { return }
        state.withLock { state in
            state.clock += 1
            let entry = Entry(answer: answer, byteCount: size, lastUse: state.clock)
            if let old = state.answers.updateValue(entry, forKey: key) {
                state.byteCount -= old.byteCount
            }
            state.byteCount += size
            guard state.byteCount > capacity else { return }
            // A quarter at once, so that the sorting is paid for seldom.
            for (key, entry) in state.answers.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
                guard state.byteCount > capacity * 3 / 4 else { break }
                state.answers[key] = nil
                state.byteCount -= entry.byteCount
            }
        }
    }
}

/// An answer of the feature and tile services, before the request's own conditions are heard.
struct ServedAnswer: Sendable {
    let blob: ServedBlob
    /// The URI of the reference system of the coordinates.
    var contentReferenceSystem: String?
    /// The value of the header Link: what the document links to, for those who do not read it.
    var linkHeader: String?
    /// The name under which a browser saves it.
    var fileName: String?
    var isPage = false
    /// The address never shows anything else.
    var isPinned = false
}
