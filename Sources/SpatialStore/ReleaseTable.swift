internal import Foundation
internal import GRDB
public import PovertyModel

/// What a release is made of.
public struct ReleaseOrigin: Hashable, Sendable {
    /// Over everything the release shows: two releases with the same hash show the same.
    public let contentHash: String
    /// ISO 8601, UTC.
    public let publishedAt: String
    public let isSimulated: Bool
    /// The files of the register; at least one.
    public let importIDs: [Int64]
    public let boundarySetID: Int64
    public let ruleID: String

    public init(
        contentHash: String,
        publishedAt: String,
        isSimulated: Bool,
        importIDs: [Int64],
        boundarySetID: Int64,
        ruleID: String
    ) {
        self.contentHash = contentHash
        self.publishedAt = publishedAt
        self.isSimulated = isSimulated
        precondition(!importIDs.isEmpty, "a release of no file")
        self.importIDs = importIDs
        self.boundarySetID = boundarySetID
        self.ruleID = ruleID
    }
}

/// The level of an area in `area_figures`.
public enum AreaLevel: String, Sendable {
    case desa, kecamatan, kabupaten
}

extension PovertyDatabase {
    /// Releases whose tiles are kept, so that a map opened before a switch goes on working.
    public static let keptReleases = 3

    /// What the hotspot test said of each desa in earlier registers of a source, oldest first; of
    /// several releases of one day the last.
    public func earlierFindings(
        source: String,
        before date: CalendarDate,
        ruleID: String
    ) throws -> [[DesaCode: (hotspotClass: HotspotClass, zScore: Double?)]] {
        try read { db in
            let releases = try Row.fetchAll(
                db,
                sql: """
                    SELECT max(release.id) FROM release
                    JOIN registry_import ON registry_import.id = import_id
                    WHERE source = ? AND release_date < ? AND rule_id = ?
                    GROUP BY release_date ORDER BY release_date
                    """,
                arguments: [source, date.iso, ruleID])
            return try releases.map { release in
                var findings: [DesaCode: (hotspotClass: HotspotClass, zScore: Double?)] = [:]
                let rows = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT code, json_extract(figures, '$.finding.hotspotClass'),
                            json_extract(figures, '$.finding.zScore')
                        FROM area_figures WHERE release_id = ? AND level = 'desa'
                        """,
                    arguments: [release[0] as Int64])
                while let row = try rows.next() {
                    guard let code = DesaCode(number: row[0]),
                        let name = row[1] as String?, let found = HotspotClass(rawValue: name)
                    else { continue }
                    findings[code] = (found, row[2])
                }
                return findings
            }
        }
    }

    public func publishedRelease() throws -> (id: Int64, contentHash: String)? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT release.id, content_hash FROM publication
                    JOIN release ON release.id = release_id
                    """
            ).map { ($0[0], $0[1]) }
        }
    }

    /// A layer of the newest kept release in which it was drawn from the shapes of that digest.
    public func publishedLayer(
        _ name: String,
        shapesDigest: String
    ) throws -> PublishedLayer? {
        try read { db in
            try PublishedLayer.fetch(db, name: name, shapesDigest: shapesDigest)
        }
    }

    /// Writes a release and makes it the published one, in one transaction: a reader sees the old
    /// release or the new one, whole.
    ///
    /// `body` writes the release's content and is given its id.
    public func publish(
        _ origin: ReleaseOrigin,
        body: (ReleaseWriter, Int64) throws -> Void
    ) throws -> Int64 {
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO release (content_hash, published_at, is_simulated, import_id,
                        boundary_set_id, rule_id) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    origin.contentHash, origin.publishedAt, origin.isSimulated, origin.importIDs[0],
                    origin.boundarySetID, origin.ruleID,
                ])
            let id = db.lastInsertedRowID
            for importID in origin.importIDs {
                try db.execute(
                    sql: "INSERT INTO release_import VALUES (?, ?)", arguments: [id, importID])
            }
            try body(try ReleaseWriter(db, releaseID: id), id)
            try db.execute(
                sql: "INSERT OR REPLACE INTO publication (id, release_id) VALUES (1, ?)",
                arguments: [id])
            // Figures stay for time series; tiles, documents and features of old releases go.
            try FeatureTable.remove(
                db,
                where: """
                    release_id IS NOT NULL AND release_id NOT IN (
                        SELECT id FROM release ORDER BY id DESC LIMIT \(Self.keptReleases))
                    """)
            for table in ["tile", "published_document", "published_layer"] {
                try db.execute(
                    sql: """
                        DELETE FROM \(table) WHERE release_id NOT IN (
                            SELECT id FROM release ORDER BY id DESC LIMIT ?)
                        """,
                    arguments: [Self.keptReleases])
            }
            return id
        }
    }
}

/// Writes the content of a release; never leaves the transaction it was made in.
public final class ReleaseWriter {
    let db: Database
    let releaseID: Int64
    private let insertFigures: Statement
    private let insertResult: Statement
    private let insertDocument: Statement
    private let insertLayer: Statement
    private let insertTile: Statement

    init(_ db: Database, releaseID: Int64) throws {
        self.db = db
        self.releaseID = releaseID
        insertFigures = try db.makeStatement(sql: "INSERT INTO area_figures VALUES (?, ?, ?, ?)")
        insertResult = try db.makeStatement(
            sql: "INSERT INTO indicator_result VALUES (?, ?, ?, ?, ?, ?, ?)")
        insertDocument = try db.makeStatement(
            sql: "INSERT INTO published_document VALUES (?, ?, ?, ?)")
        insertLayer = try db.makeStatement(sql: "INSERT INTO published_layer VALUES (?, ?, ?)")
        insertTile = try db.makeStatement(sql: "INSERT INTO tile VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    }

    /// True counts and results of an area as a JSON object.
    public func addFigures(level: AreaLevel, code: Int, json: String) throws {
        try insertFigures.execute(arguments: [releaseID, level.rawValue, code, json])
    }

    /// A result of a method on an indicator, with what is needed to repeat it.
    public func addResult(_ result: IndicatorResult) throws {
        try insertResult.execute(arguments: [
            releaseID, result.indicator, result.method, result.parameters, result.version,
            result.seed.map { Int64(bitPattern: $0) }, result.result,
        ])
    }

    /// A finished JSON document, served as it is.
    public func addDocument(name: String, _ blob: PublishedBlob) throws {
        try insertDocument.execute(arguments: [
            releaseID, name, blob.digest, Data(blob.gzip),
        ])
    }

    public func addLayer(_ layer: LayerDescription) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(layer), as: UTF8.self)
        try insertLayer.execute(arguments: [releaseID, layer.name, json])
    }

    public func addTile(layer: String, address: TileAddress, _ blob: PublishedBlob) throws {
        try insertTile.execute(arguments: [
            releaseID, layer, address.zoom, address.column, address.row, address.format.rawValue,
            blob.digest, Data(blob.gzip),
        ])
    }
}
