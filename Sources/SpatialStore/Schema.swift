internal import GRDB

/// The tables, as named migrations.
///
/// A released migration is never edited; a change is a new one.
enum Schema {
    /// `PRAGMA application_id`: the letters PETA.
    static let applicationID = 0x5045_5441

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("2026-11 spatial metadata") { db in
            // Inside a transaction of its own a repeated call would end GRDB's.
            try expect(db, "SELECT InitSpatialMetaData(0, 'NONE')", step: "InitSpatialMetaData")
            for srid in [4326, 3857, 32749] {
                try expect(db, "SELECT InsertEpsgSrid(\(srid))", step: "InsertEpsgSrid(\(srid))")
            }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(
                sql: "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
        }
        migrator.registerMigration("2026-11 gazetteer and boundaries") { db in
            try db.execute(sql: gazetteerAndBoundaries)
            try expect(
                db, "SELECT AddGeometryColumn('boundary', 'geom', 4326, 'MULTIPOLYGON', 'XY', 1)",
                step: "AddGeometryColumn")
            try expect(
                db, "SELECT CreateSpatialIndex('boundary', 'geom')", step: "CreateSpatialIndex")
            db.clearSchemaCache()
        }
        migrator.registerMigration("2026-11 registry") { db in try db.execute(sql: registry) }
        migrator.registerMigration("2026-11 releases") { db in try db.execute(sql: releases) }
        migrator.registerMigration("2026-11 looks") { db in try db.execute(sql: looks) }
        return migrator
    }

    /// SpatiaLite's administrative functions answer 1 when they have worked.
    private static func expect(_ db: Database, _ sql: String, step: String) throws {
        guard try Int.fetchOne(db, sql: sql) == 1 else {
            throw StoreError.spatiaLiteFailed(step: step)
        }
    }

    private static let gazetteerAndBoundaries = """
        CREATE TABLE desa (
            code INTEGER PRIMARY KEY,
            bps_code INTEGER NOT NULL UNIQUE,
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('desa', 'kelurahan')),
            kecamatan_name TEXT NOT NULL,
            other_names TEXT NOT NULL,
            label_longitude REAL NOT NULL,
            label_latitude REAL NOT NULL,
            outer_neighbours TEXT NOT NULL,
            CHECK (code / 1000 % 10 IN (1, 2))
        ) STRICT;

        CREATE TABLE boundary_set (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            date TEXT NOT NULL,
            source TEXT NOT NULL,
            licence TEXT NOT NULL,
            attribution TEXT NOT NULL,
            is_active INTEGER NOT NULL DEFAULT 0 CHECK (is_active IN (0, 1))
        ) STRICT;
        CREATE UNIQUE INDEX boundary_set_active ON boundary_set (is_active) WHERE is_active = 1;

        CREATE TABLE boundary (
            id INTEGER PRIMARY KEY,
            boundary_set_id INTEGER NOT NULL REFERENCES boundary_set ON DELETE CASCADE,
            desa_code INTEGER NOT NULL REFERENCES desa,
            area_km2 REAL NOT NULL CHECK (area_km2 > 0),
            UNIQUE (boundary_set_id, desa_code)
        );
        """

    private static let registry = """
        CREATE TABLE registry_import (
            id INTEGER PRIMARY KEY,
            layout TEXT NOT NULL,
            source TEXT NOT NULL,
            role TEXT NOT NULL,
            file_name TEXT NOT NULL,
            sha256 TEXT NOT NULL UNIQUE,
            release_date TEXT NOT NULL,
            header TEXT NOT NULL,
            rows_read INTEGER NOT NULL,
            rows_stored INTEGER NOT NULL,
            is_simulated INTEGER NOT NULL CHECK (is_simulated IN (0, 1))
        ) STRICT;

        CREATE TABLE rejected_row (
            import_id INTEGER NOT NULL REFERENCES registry_import ON DELETE CASCADE,
            row INTEGER NOT NULL,
            column_name TEXT,
            reason TEXT NOT NULL,
            detail TEXT NOT NULL,
            PRIMARY KEY (import_id, row)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE row_remark (
            import_id INTEGER NOT NULL REFERENCES registry_import ON DELETE CASCADE,
            remark TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (import_id, remark)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE written_place (
            id INTEGER PRIMARY KEY,
            code TEXT NOT NULL,
            desa_name TEXT NOT NULL,
            kecamatan_name TEXT NOT NULL,
            UNIQUE (code, desa_name, kecamatan_name)
        ) STRICT;

        -- The id of a row is import_id << 32 | row number in its file.
        CREATE TABLE keluarga (
            id INTEGER PRIMARY KEY,
            family_key BLOB,
            place_id INTEGER NOT NULL REFERENCES written_place,
            desil INTEGER CHECK (desil BETWEEN 1 AND 10)
        ) STRICT;

        CREATE TABLE family_position (
            id INTEGER PRIMARY KEY,
            family_key BLOB NOT NULL,
            sealed_position BLOB NOT NULL
        ) STRICT;

        -- Each stored row as it was received, encrypted.
        CREATE TABLE sealed_row (
            id INTEGER PRIMARY KEY,
            record BLOB NOT NULL
        ) STRICT;

        CREATE TABLE geocoding (
            import_id INTEGER PRIMARY KEY REFERENCES registry_import ON DELETE CASCADE,
            boundary_set_id INTEGER NOT NULL REFERENCES boundary_set,
            cell_width_metres REAL NOT NULL
        ) STRICT;

        CREATE TABLE placement (
            keluarga_id INTEGER PRIMARY KEY REFERENCES keluarga,
            desa_code INTEGER REFERENCES desa,
            means TEXT,
            certainty TEXT,
            unplaced_reason TEXT,
            cell_id INTEGER,
            CHECK ((desa_code IS NULL) = (unplaced_reason IS NOT NULL)),
            CHECK ((desa_code IS NULL) = (means IS NULL AND certainty IS NULL))
        ) STRICT;
        """

    private static let releases = """
        CREATE TABLE release (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            content_hash TEXT NOT NULL,
            published_at TEXT NOT NULL,
            is_simulated INTEGER NOT NULL CHECK (is_simulated IN (0, 1)),
            import_id INTEGER NOT NULL REFERENCES registry_import,
            boundary_set_id INTEGER NOT NULL REFERENCES boundary_set,
            rule_id TEXT NOT NULL
        ) STRICT;

        -- True counts and results, before suppression; the map server never reads this table.
        CREATE TABLE area_figures (
            release_id INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
            level TEXT NOT NULL CHECK (level IN ('desa', 'kecamatan', 'kabupaten')),
            code INTEGER NOT NULL,
            figures TEXT NOT NULL CHECK (json_valid(figures)),
            PRIMARY KEY (release_id, level, code)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE published_document (
            release_id INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
            name TEXT NOT NULL,
            digest TEXT NOT NULL,
            gzip BLOB NOT NULL,
            PRIMARY KEY (release_id, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE published_layer (
            release_id INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
            name TEXT NOT NULL,
            description TEXT NOT NULL CHECK (json_valid(description)),
            PRIMARY KEY (release_id, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE tile (
            release_id INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
            layer TEXT NOT NULL,
            zoom INTEGER NOT NULL,
            tile_column INTEGER NOT NULL,
            tile_row INTEGER NOT NULL,
            format TEXT NOT NULL CHECK (format IN ('geojson', 'mvt')),
            digest TEXT NOT NULL,
            gzip BLOB NOT NULL,
            PRIMARY KEY (release_id, layer, zoom, tile_column, tile_row, format)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE publication (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            release_id INTEGER NOT NULL REFERENCES release
        ) STRICT;
        """

    private static let looks = """
        -- Who looked at a single keluarga, when, and for what; rows are only ever added.
        CREATE TABLE look (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            what TEXT NOT NULL,
            keluarga_id INTEGER NOT NULL
        ) STRICT;
        CREATE TRIGGER look_is_kept BEFORE DELETE ON look
            BEGIN SELECT RAISE(ABORT, 'looks are kept'); END;
        CREATE TRIGGER look_is_fixed BEFORE UPDATE ON look
            BEGIN SELECT RAISE(ABORT, 'looks are kept'); END;
        """
}
