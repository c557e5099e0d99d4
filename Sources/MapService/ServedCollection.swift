internal import SpatialStore

/// A collection under the identifier that stands in addresses.
///
/// `desa` is that of the published release, `desa-rilis-3` that of release 3, as long as it is kept.
struct ServedCollection: Sendable {
    let id: String
    let stored: StoredCollection
    /// Another address has the same features; this one is not listed.
    let isAlias: Bool

    var collection: FeatureCollection { stored.collection }
    var properties: [FeatureCollection.Property] { collection.properties }

    /// The address never shows other features.
    var isPinned: Bool { stored.releaseID != nil && id != collection.name }

    func property(_ name: String) -> Int? { properties.firstIndex { $0.name == name } }
}
