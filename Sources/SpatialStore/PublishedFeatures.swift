internal import Foundation
internal import GRDB
internal import Geospatial

/// What the map server may ask of the feature collections; nothing else of the database.
///
/// Readers run side by side. SpatiaLite is loaded with the first question.
public final class PublishedFeatures: Sendable {
    private let pool: DatabasePool
    private let path: String

    /// Two cores answer two questions at once; a third and fourth wait for the disk.
    private static let readers = 4

    public init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError.databaseMissing(path: path)
        }
        self.path = path
        pool = try StoreFailure.translated(path: path) {
            try StoreFailure.checkIsPeta(path: path)
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            configuration.maximumReaderCount = Self.readers
            configuration.prepareDatabase { db in
                try SpatiaLite.initialise(db)
                FilterFunctions.register(on: db)
            }
            return try DatabasePool(path: path, configuration: configuration)
        }
    }

    /// What tells one state of the collections from another; asked several times a second.
    public struct State: Hashable, Sendable {
        public let newestCollection: Int64
        public let count: Int
        public let publishedRelease: Int64?
    }

    public func state() throws -> State {
        try StoreFailure.translated(path: path) {
            try pool.read { db in
                let published = try Int64.fetchOne(db, sql: "SELECT release_id FROM publication")
                guard try db.tableExists("feature_collection") else {
                    return State(newestCollection: 0, count: 0, publishedRelease: published)
                }
                let row = try Row.fetchOne(
                    db, sql: "SELECT coalesce(max(id), 0), count(*) FROM feature_collection")
                return State(
                    newestCollection: row?[0] ?? 0, count: row?[1] ?? 0,
                    publishedRelease: published)
            }
        }
    }

    /// Every collection of the kept releases and every added one, by number.
    public func collections() throws -> [StoredCollection] {
        try StoreFailure.translated(path: path) {
            try pool.read { db in
                guard try db.tableExists("feature_collection") else { return [] }
                let decoder = JSONDecoder()
                return try Row.fetchAll(db, sql: "SELECT * FROM feature_collection ORDER BY id")
                    .map { row in
                        let json: String = row["description"]
                        let bounds = try (row["bounds"] as String?).map {
                            try decoder.decode([Double].self, from: Data($0.utf8))
                        }
                        return StoredCollection(
                            id: row["id"],
                            releaseID: row["release_id"],
                            collection: try decoder.decode(
                                FeatureCollection.self, from: Data(json.utf8)),
                            featureCount: row["feature_count"],
                            bounds: bounds.flatMap(Self.box))
                    }
            }
        }
    }

    private static func box(_ sides: [Double]) -> BoundingBox? {
        guard sides.count == 4 else { return nil }
        return BoundingBox(west: sides[0], south: sides[1], east: sides[2], north: sides[3])
    }

    /// The page of `collection` that `query` asks for; nil when the collection has just gone.
    ///
    /// - Complexity: O(log *n*) for a page without conditions, O(*n*) for one with a filter.
    public func page(
        of collection: StoredCollection,
        _ query: FeatureQuery
    ) async throws -> FeaturePage? {
        let selection = FeatureSelection(collection: collection, query: query)
        return try await reading { db in
            guard try Self.exists(db, collection) else { return nil }
            return try Self.page(db, selection)
        }
    }

    /// The feature with this id; nil when there is none.
    public func feature(
        _ id: Int64,
        of collection: StoredCollection,
        _ query: FeatureQuery = FeatureQuery()
    ) async throws -> StoredFeature? {
        let selection = FeatureSelection(collection: collection, query: query)
        let request: SQL = """
            SELECT \(selection.columns) FROM \(SQL(sql: FeatureTable.name(collection.id)))
            WHERE fid = \(id)
            """
        return try await reading { db in
            guard try Self.exists(db, collection) else { return nil }
            return try SQLRequest<Row>(literal: request, cached: true).fetchOne(db)
                .map { selection.feature($0) }
        }
    }

    /// Looks within the same snapshot in which the features are then read.
    private static func exists(_ db: Database, _ collection: StoredCollection) throws -> Bool {
        try SQLRequest<Int>(
            literal: "SELECT 1 FROM feature_collection WHERE id = \(collection.id)", cached: true
        ).fetchOne(db) != nil
    }

    private static func page(_ db: Database, _ selection: FeatureSelection) throws -> FeaturePage {
        let table = SQL(sql: FeatureTable.name(selection.collection.id))
        let condition = selection.condition
        let limit = selection.query.limit
        // GRDB has a `??` of its own, which becomes IFNULL.
        var place: SQL = ""
        if let cursor = selection.behindCursor { place = " AND \(cursor)" }
        let isCached = selection.query.isCommon
        // One more than wanted tells whether there is a page behind this one.
        let rows = try SQLRequest<Row>(
            literal: """
                SELECT \(selection.columns) FROM \(table) WHERE \(condition)\(place)
                ORDER BY \(selection.order) LIMIT \(limit + 1)
                """, cached: isCached
        ).fetchAll(db)
        let hasMore = rows.count > limit
        let isBackward = selection.query.cursor?.isBackward ?? false
        var shown = Array(rows.prefix(limit))
        if isBackward { shown.reverse() }
        let isWhole = selection.query.cursor == nil && !hasMore
        let count =
            isWhole
            ? rows.count
            : try SQLRequest<Int>(
                literal: "SELECT count(*) FROM \(table) WHERE \(condition)", cached: isCached
            ).fetchOne(db) ?? 0
        func cursor(_ row: Row?, isBackward: Bool) -> FeatureCursor? {
            row.map { selection.cursor($0, isBackward: isBackward) }
        }
        let hasNext = isBackward || hasMore
        let hasPrevious = isBackward ? hasMore : selection.query.cursor != nil
        return FeaturePage(
            features: shown.map { selection.feature($0) },
            numberMatched: count,
            next: hasNext ? cursor(shown.last, isBackward: false) : nil,
            previous: hasPrevious ? cursor(shown.first, isBackward: true) : nil)
    }

    private func reading<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T
    ) async throws -> T {
        do {
            return try await pool.read(body)
        } catch let error as DatabaseError {
            throw StoreFailure.storeError(error, path: path)
        }
    }
}

extension FeatureSelection {
    fileprivate func feature(_ row: Row) -> StoredFeature {
        let geometry = row[query.properties.map { 1 + $0.count } ?? 2] as Data?
        return StoredFeature(
            id: row[0],
            properties: properties(row),
            geometry: geometry.map { [UInt8]($0) } ?? [])
    }

    private func properties(_ row: Row) -> [UInt8] {
        guard let wanted = query.properties else { return Array((row[1] as String).utf8) }
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for (place, number) in wanted.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            let property = collection.collection.properties[number]
            FeatureValue.appendJSON(property.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            FeatureValue(row[1 + place], type: property.type).appendJSON(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    fileprivate func cursor(_ row: Row, isBackward: Bool) -> FeatureCursor {
        let first = row.count - query.sortBy.count
        let values = query.sortBy.enumerated().map { place, key in
            FeatureValue(
                row[first + place], type: collection.collection.properties[key.property].type)
        }
        return FeatureCursor(values: values, id: row[0], isBackward: isBackward)
    }
}

extension FeatureValue {
    init(_ value: DatabaseValue, type: FeatureCollection.PropertyType) {
        switch value.storage {
        case .int64(let number): self = type == .boolean ? .bool(number != 0) : .integer(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .null, .blob: self = .null
        }
    }
}
