internal import Foundation
internal import GRDB
public import Geospatial
public import PovertyModel

/// Where a set of boundaries comes from; several sets live side by side, one is active.
public struct BoundarySet: Hashable, Sendable {
    public var id: Int64
    public let name: String
    public let date: CalendarDate
    public let source: String
    public let licence: String
    /// One entry for each party that has to be named.
    public let attribution: [String]
    /// How far its lines may lie from the true ones, as one standard deviation; 0 is not stated.
    public let accuracyMetres: Double

    public init(
        id: Int64 = 0,
        name: String,
        date: CalendarDate,
        source: String,
        licence: String,
        attribution: [String],
        accuracyMetres: Double = 0
    ) {
        self.id = id
        self.name = name
        self.date = date
        self.source = source
        self.licence = licence
        self.attribution = attribution
        self.accuracyMetres = accuracyMetres
    }
}

/// The polygon of a desa in a boundary set.
public struct DesaBoundary: Hashable, Sendable {
    public let desa: DesaCode
    /// On the ellipsoid.
    public let areaKm2: Double
    public let area: MultiPolygon

    public init(desa: DesaCode, areaKm2: Double, area: MultiPolygon) {
        self.desa = desa
        self.areaKm2 = areaKm2
        self.area = area
    }
}

extension PovertyDatabase {
    /// Stores `boundaries` as `set`, replacing a set of that name, and makes it the active one.
    ///
    /// A polygon that crosses itself is made valid on the way in.
    ///
    /// - Returns: the set with its id.
    @discardableResult
    public func saveBoundarySet(
        _ set: BoundarySet,
        boundaries: [DesaBoundary]
    ) throws -> BoundarySet {
        try write { db in
            try db.execute(sql: "UPDATE boundary_set SET is_active = 0")
            let id = try Int64.fetchOne(
                db,
                sql: """
                    INSERT INTO boundary_set (
                        name, date, source, licence, attribution, accuracy_metres, is_active)
                    VALUES (?, ?, ?, ?, ?, ?, 1)
                    ON CONFLICT (name) DO UPDATE SET
                        date = excluded.date, source = excluded.source,
                        licence = excluded.licence, attribution = excluded.attribution,
                        accuracy_metres = excluded.accuracy_metres, is_active = 1
                    RETURNING id
                    """,
                arguments: [
                    set.name, set.date.iso, set.source, set.licence,
                    set.attribution.joined(separator: "\n"), set.accuracyMetres,
                ])
            guard let id else { throw StoreError.cannotWrite(path: path, reason: "no id") }
            try db.execute(sql: "DELETE FROM boundary WHERE boundary_set_id = ?", arguments: [id])
            let known = try Set(Int.fetchAll(db, sql: "SELECT code FROM desa"))
            let statement = try db.makeStatement(
                sql: """
                    INSERT INTO boundary (boundary_set_id, desa_code, area_km2, geom)
                    SELECT ?1, ?2, CASE WHEN valid THEN ?3 ELSE ST_Area(shape, 1) / 1e6 END, shape
                    FROM (
                        SELECT valid, CASE WHEN valid THEN given ELSE CastToMulti(
                            ST_CollectionExtract(ST_MakeValid(given), 3)) END AS shape
                        FROM (
                            SELECT given, ST_IsValid(given) = 1 AS valid
                            FROM (SELECT GeomFromWKB(?4, 4326) AS given)))
                    """)
            for boundary in boundaries {
                guard known.contains(boundary.desa.number) else {
                    throw StoreError.unknownDesa(code: boundary.desa.dotted)
                }
                try statement.execute(arguments: [
                    id, boundary.desa.number, boundary.areaKm2,
                    Data(WellKnownBinary.encode(boundary.area)),
                ])
            }
            var saved = set
            saved.id = id
            return saved
        }
    }

    /// How many of `areas` are not valid as they are (OGC 06-103r4, 6.1.11): `saveBoundarySet` makes
    /// them so.
    public func invalidCount(of areas: [MultiPolygon]) throws -> Int {
        try read { db in
            let statement = try db.makeStatement(
                sql: "SELECT ST_IsValid(GeomFromWKB(?, 4326)) = 1")
            return try areas.count { area in
                let bytes = Data(WellKnownBinary.encode(area))
                return try Bool.fetchOne(statement, arguments: [bytes]) != true
            }
        }
    }

    /// All sets by name.
    public func boundarySets() throws -> [BoundarySet] {
        try read { db in
            try BoundarySetRow.fetchAll(db, sql: "SELECT * FROM boundary_set ORDER BY name")
                .compactMap(\.boundarySet)
        }
    }

    /// Makes the set of that name the active one.
    public func activateBoundarySet(name: String) throws {
        try write { db in
            let names = try String.fetchAll(db, sql: "SELECT name FROM boundary_set ORDER BY name")
            guard names.contains(name) else {
                throw StoreError.unknownBoundarySet(name: name, known: names)
            }
            try db.execute(sql: "UPDATE boundary_set SET is_active = 0")
            try db.execute(
                sql: "UPDATE boundary_set SET is_active = 1 WHERE name = ?", arguments: [name])
        }
    }

    public func activeBoundarySet() throws -> BoundarySet? {
        try read { db in
            try BoundarySetRow.fetchOne(db, sql: "SELECT * FROM boundary_set WHERE is_active = 1")?
                .boundarySet
        }
    }

    /// The polygons of a set, by desa code.
    public func boundaries(of set: BoundarySet) throws -> [DesaBoundary] {
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT desa_code, area_km2, ST_AsBinary(geom) AS wkb FROM boundary
                    WHERE boundary_set_id = ? ORDER BY desa_code
                    """,
                arguments: [set.id])
            var boundaries: [DesaBoundary] = []
            while let row = try rows.next() {
                let number: Int = row["desa_code"]
                let bytes: Data = row["wkb"]
                guard let code = DesaCode(number: number),
                    let area = try? WellKnownBinary.decode([UInt8](bytes))
                else { throw StoreError.damagedGeometry(desa: String(number)) }
                boundaries.append(
                    DesaBoundary(desa: code, areaKm2: row["area_km2"], area: area))
            }
            return boundaries
        }
    }

    /// The desa whose polygon of the active set contains `coordinate`, found by SpatiaLite alone.
    ///
    /// Slow (about 0.1 ms a point); it is the oracle for `PolygonLocator`.
    public func desa(at coordinate: Coordinate) throws -> [DesaCode] {
        try read { db in
            try Int.fetchAll(
                db,
                sql: """
                    SELECT desa_code FROM boundary
                    JOIN boundary_set ON boundary_set.id = boundary_set_id AND is_active = 1
                    WHERE boundary.rowid IN (
                        SELECT rowid FROM SpatialIndex
                        WHERE f_table_name = 'boundary' AND search_frame = MakePoint(?1, ?2, 4326))
                        AND ST_Intersects(geom, MakePoint(?1, ?2, 4326)) = 1
                    ORDER BY desa_code
                    """,
                arguments: [coordinate.longitude, coordinate.latitude]
            ).compactMap(DesaCode.init(number:))
        }
    }
}

private struct BoundarySetRow: Decodable, FetchableRecord {
    var id: Int64
    var name: String
    var date: String
    var source: String
    var licence: String
    var attribution: String
    var accuracy_metres: Double

    var boundarySet: BoundarySet? {
        CalendarDate(date).map {
            BoundarySet(
                id: id,
                name: name,
                date: $0,
                source: source,
                licence: licence,
                attribution: attribution.split(separator: "\n").map(String.init),
                accuracyMetres: accuracy_metres)
        }
    }
}
