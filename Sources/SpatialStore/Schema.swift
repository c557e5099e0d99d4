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
        migrator.registerMigration("2026-11 families across files") { db in
            try db.execute(sql: familiesAcrossFiles)
        }
        migrator.registerMigration("2026-11 placement with probability") { db in
            try db.execute(sql: placementWithProbability)
        }
        migrator.registerMigration("2026-11 feature collections") { db in
            try db.execute(sql: FeatureTable.schema)
        }
        registerIndicatorResults(in: &migrator)
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

    private static let familiesAcrossFiles = """
        ALTER TABLE registry_import ADD COLUMN delimiter TEXT NOT NULL DEFAULT ',';
        -- A corrected file takes the place of the one that it corrects.
        ALTER TABLE registry_import ADD COLUMN replaced_by INTEGER REFERENCES registry_import;
        ALTER TABLE registry_import ADD COLUMN keeps_specific INTEGER NOT NULL DEFAULT 0
            CHECK (keeps_specific IN (0, 1));

        -- The sheets of a workbook after its first; rows of sheet n are numbered from n << 24 on.
        CREATE TABLE registry_sheet (
            import_id INTEGER NOT NULL REFERENCES registry_import ON DELETE CASCADE,
            sheet INTEGER NOT NULL,
            name TEXT NOT NULL,
            header TEXT NOT NULL,
            PRIMARY KEY (import_id, sheet)
        ) STRICT, WITHOUT ROWID;

        -- A desa named within the address, or by the surveyor, as further evidence.
        ALTER TABLE keluarga ADD COLUMN address_place_id INTEGER REFERENCES written_place;
        ALTER TABLE family_position ADD COLUMN place_id INTEGER REFERENCES written_place;

        -- Further keys, beside `family_key`, under which a keluarga or a position is known.
        CREATE TABLE row_key (
            row_id INTEGER NOT NULL,
            key BLOB NOT NULL,
            PRIMARY KEY (row_id, key)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE person (
            id INTEGER PRIMARY KEY,
            person_key BLOB,
            family_key BLOB
        ) STRICT;

        -- Which keluarga of two releases are one family, as `peta link` decided.
        CREATE TABLE linkage (
            id INTEGER PRIMARY KEY,
            first_import_id INTEGER NOT NULL REFERENCES registry_import,
            second_import_id INTEGER NOT NULL REFERENCES registry_import,
            linked_at TEXT NOT NULL,
            UNIQUE (first_import_id, second_import_id)
        ) STRICT;
        CREATE TABLE family_link (
            linkage_id INTEGER NOT NULL REFERENCES linkage ON DELETE CASCADE,
            first_id INTEGER NOT NULL REFERENCES keluarga,
            second_id INTEGER NOT NULL REFERENCES keluarga,
            class TEXT NOT NULL,
            means TEXT NOT NULL,
            probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
            PRIMARY KEY (linkage_id, first_id, second_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE release_import (
            release_id INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
            import_id INTEGER NOT NULL REFERENCES registry_import,
            PRIMARY KEY (release_id, import_id)
        ) STRICT, WITHOUT ROWID;

        ALTER TABLE boundary_set ADD COLUMN accuracy_metres REAL NOT NULL DEFAULT 0;
        ALTER TABLE desa ADD COLUMN former_codes TEXT NOT NULL DEFAULT '';
        """

    /// Placements follow from the rows, so those of an older database are made anew.
    private static let placementWithProbability = """
        DROP TABLE placement;
        DELETE FROM geocoding;
        CREATE TABLE placement (
            keluarga_id INTEGER PRIMARY KEY REFERENCES keluarga,
            desa_code INTEGER REFERENCES desa,
            means TEXT,
            match_class TEXT NOT NULL,
            -- Of the desa, or of being in none.
            probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
            unplaced_reason TEXT,
            cell_id INTEGER,
            CHECK ((desa_code IS NULL) = (unplaced_reason IS NOT NULL)),
            CHECK ((desa_code IS NULL) = (means IS NULL))
        ) STRICT;
        -- Where else a keluarga of uncertain desa may live.
        CREATE TABLE placement_alternative (
            keluarga_id INTEGER NOT NULL REFERENCES placement ON DELETE CASCADE,
            desa_code INTEGER NOT NULL REFERENCES desa,
            probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
            PRIMARY KEY (keluarga_id, desa_code)
        ) STRICT, WITHOUT ROWID;
        """

    /// Every result of a release with what is needed to repeat it; like `area_figures` before
    /// suppression, and never read by the map server.
    private static func registerIndicatorResults(in migrator: inout DatabaseMigrator) {
        migrator.registerMigration("2026-11 indicator results") { db in
            try db.execute(
                sql: """
                    CREATE TABLE indicator_result (
                        release_id INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
                        indicator TEXT NOT NULL,
                        method TEXT NOT NULL,
                        parameters TEXT NOT NULL CHECK (json_valid(parameters)),
                        version TEXT NOT NULL,
                        seed INTEGER,
                        result TEXT NOT NULL CHECK (json_valid(result)),
                        PRIMARY KEY (release_id, indicator, method)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
    }
}
