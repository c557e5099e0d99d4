import FeatureFilter
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SpatialStore

struct FilterSQLTests {
    @Test(
        "every predicate of the standard's own list finds as many features as it must",
        .enabled(if: StandardPredicates.folder != nil, "the list is not beside the project"))
    func standardPredicates() throws {
        let cases = try StandardPredicates.cases()
        #expect(cases.count == 137)
        let (tables, columns) = try StandardPredicates.load()
        for one in cases {
            let columns = try #require(columns[one.table])
            let filter = try CQL2Text.parse(one.filter)
            let found = try tables.count(filter, in: one.table, columns: columns)
            #expect(found == one.count, "\(one)")
            // Without the columns of the box the answer is the same.
            let plain = columns.mapValues { FilterColumn($0.name, $0.type) }
            let again = try tables.count(filter, in: one.table, columns: plain)
            #expect(again == one.count, "\(one)")
        }
    }

    @Test(
        "four predicates of the list in any combination agree with their truth tables",
        .enabled(if: StandardPredicates.folder != nil, "the list is not beside the project"))
    func combinations() throws {
        let seed: UInt64 = 21_065
        var generator = SeededGenerator(seed: seed)
        let (tables, columns) = try StandardPredicates.load()
        let byTable = Dictionary(grouping: try StandardPredicates.cases(), by: \.table)
        for (table, cases) in byTable.sorted(by: { $0.key < $1.key }) {
            let columns = try #require(columns[table])
            func rows(_ text: String) throws -> Set<Int> {
                try tables.rows(try CQL2Text.parse(text), in: table, columns: columns)
            }
            for _ in 0..<12 {
                let p = (0..<4).compactMap { _ in cases.randomElement(using: &generator)?.filter }
                let yes = try p.map(rows)
                let no = try p.map { try rows("NOT (\($0))") }
                let found = try rows(
                    "((NOT \(p[0]) AND \(p[1])) OR (\(p[2]) and NOT \(p[3])) "
                        + "or not (\(p[0]) AND \(p[3])))")
                let expected = no[0].intersection(yes[1])
                    .union(yes[2].intersection(no[3])).union(no[0]).union(no[3])
                #expect(found == expected, "seed \(seed): \(p)")
                for (yes, no) in zip(yes, no) { #expect(yes.isDisjoint(with: no)) }
            }
        }
    }

    /// Five rows with a NULL in each column, made up.
    static func made() throws -> FilterTables {
        try FilterTables { db in
            try db.execute(
                sql: """
                    CREATE TABLE uji (id INTEGER PRIMARY KEY, nama TEXT, n INTEGER, x REAL, b BOOLEAN,
                        d TEXT, t TEXT, u TEXT, geom BLOB, "a""b" INTEGER);
                    INSERT INTO uji VALUES
                    (1, 'Krucil', 7, 7.5, 1, '2026-02-28', '2026-02-28T07:00:00Z',
                        '2026-03-01T00:00:00Z', GeomFromText('POINT(113 -8)', 4326), 1),
                    (2, 'kRUCIL*', -7, 0.5, 0, '2026-03-01', '2026-02-28T14:00:00.000+07:00',
                        '2026-02-28 23:59:59', GeomFromText('POINT(114 -8)', 4326), 2),
                    (3, 'Éa_[x]', 0, -2.5, 1, '2025-01-01', '2026-02-28T23:59:59.999Z',
                        NULL, GeomFromText('LINESTRING(113 -8, 114 -8)', 4326), 3),
                    (4, '', 9007199254740993, 1e300, NULL, '2024-02-29', '2027-01-01T00:00:00Z',
                        '2027-01-01T00:00:00Z',
                        GeomFromText('POLYGON((113 -9,115 -9,115 -7,113 -7,113 -9))', 4326), 4),
                    (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
                    """)
        }
    }

    static let columns: [String: FilterColumn] = [
        "nama": FilterColumn("nama", .string, table: "uji"), "n": FilterColumn("n", .integer),
        "x": FilterColumn("x", .number), "b": FilterColumn("b", .boolean),
        "d": FilterColumn("d", .date), "t": FilterColumn("t", .timestamp),
        "u": FilterColumn("u", .timestamp), "geom": FilterColumn("geom", .geometry),
        "aneh": FilterColumn("a\"b", .integer),
    ]

    @Test(
        "what is unknown is neither so nor not so",
        arguments: [
            ("nama = 'Krucil'", 1, 3), ("n > 0", 2, 2), ("b", 2, 1), ("b = b", 3, 0),
            ("n / 0 = 1", 0, 0), ("n % 0 = 1", 0, 0), ("n IN (7, -7)", 2, 2),
            ("n BETWEEN -7 AND 0", 2, 2), ("nama LIKE '%'", 4, 0),
            ("S_INTERSECTS(geom,POINT(113 -8))", 3, 1), ("S_DISJOINT(geom,POINT(113 -8))", 1, 3),
            ("S_WITHIN(geom,POINT EMPTY)", 0, 0), ("t_before(t,u)", 2, 1),
            ("n > 0 OR TRUE", 5, 0), ("n > 0 AND FALSE", 0, 5), ("n IS NULL", 1, 4),
            ("interval(t,u) IS NULL", 2, 3), ("(n > 0) IS NULL", 1, 4), ("NOT b", 1, 2),
            ("d = d AND geom IS NOT NULL", 4, 1), ("aneh > 2", 2, 2),
        ])
    func threeValues(text: String, yes: Int, no: Int) throws {
        let tables = try Self.made()
        func count(_ text: String) throws -> Int {
            try tables.count(try CQL2Text.parse(text), in: "uji", columns: Self.columns)
        }
        #expect(try count(text) == yes)
        #expect(try count("NOT (\(text))") == no)
    }

    @Test(
        "arithmetic is that of the standard, whatever SQLite does with integers",
        arguments: [
            ("n / 2 = 3.5", [1]), ("n div 2 = 3", [1]), ("n DIV 2 = -3", [2]), ("n % 4 = 3", [1]),
            ("n % 4 = -3", [2]), ("x % 2 = 1.5", [1]), ("x div 2 = 3", [1]), ("2 ^ n = 128", [1]),
            ("n + x = 14.5", [1]), ("n * x - 1 = -4.5", [2]), ("-n = 7", [2]),
            ("n = 9007199254740993", [4]), ("x * 1e300 > 1e308", [4]),
            ("n - 1 - 1 = 5", [1]), ("n - (1 - 1) = 7", [1]), ("x ^ 0.5 ^ 2 = x", []),
        ])
    func arithmetic(text: String, ids: [Int]) throws {
        #expect(try Self.ids(text) == Set(ids))
    }

    @Test(
        "patterns mind case, and only their own signs are special",
        arguments: [
            ("nama LIKE 'K%'", [1]), ("nama LIKE 'k%'", [2]), ("nama LIKE '%*'", [2]),
            ("nama LIKE '*%'", []), ("nama LIKE 'K?ucil'", []), ("nama LIKE 'K_ucil'", [1]),
            ("nama LIKE '%[x]'", [3]), ("nama LIKE '%\\_%'", [3]), ("nama LIKE '__\\_\\[x]'", [3]),
            ("nama LIKE ''", [4]), ("nama LIKE '\\%'", []), ("nama LIKE '%\\'", []),
            ("casei(nama) LIKE casei('KRUCIL%')", [1, 2]), ("accenti(nama) LIKE 'Ea%'", [3]),
            ("casei(accenti(nama)) LIKE casei('eA%')", [3]), ("casei(nama) = 'krucil'", [1]),
            ("casei(nama) = nama", [4]), ("nama = 'x'' OR 1=1 --'", []),
            ("nama NOT LIKE '%'", []), ("nama LIKE '%%%%%%l%%%'", [1]),
        ])
    func patterns(text: String, ids: [Int]) throws {
        // Two backslashes at the end of a text would escape its quote in CQL2.
        guard let filter = try? CQL2Text.parse(text) else {
            #expect(text.hasSuffix("\\'"))
            return
        }
        #expect(try Self.made().rows(filter, in: "uji", columns: Self.columns) == Set(ids))
    }

    @Test(
        "times are compared as times however they are written, and by the day with a date",
        arguments: [
            ("t = TIMESTAMP('2026-02-28T07:00:00Z')", [1, 2]),
            ("t = TIMESTAMP('2026-02-28T07:00:00.000Z')", [1, 2]),
            ("t > TIMESTAMP('2026-02-28T07:00:00.001Z')", [3, 4]),
            ("t = DATE('2026-02-28')", [1, 2, 3]), ("t <= DATE('2026-02-28')", [1, 2, 3]),
            ("t > DATE('2026-02-28')", [4]), ("d = t", [1]), ("d > t", [2]), ("u > t", [1, 2]),
            ("t IN ('2026-02-28T07:00:00Z','2027-01-01T00:00:00Z')", [1, 2, 4]),
            ("d BETWEEN '2026-01-01' AND '2026-12-31'", [1, 2]),
            ("t IN (DATE('2026-02-28'), DATE('2027-01-01'))", [1, 2, 3, 4]),
            ("t BETWEEN DATE('2026-01-01') AND DATE('2026-12-31')", [1, 2, 3]),
            ("t_intersects(t,interval('2026-01-01','2026-02-28'))", [1, 2, 3]),
            ("t_after(t,interval('2026-01-01','2026-02-27'))", [1, 2, 3, 4]),
            ("t_equals(interval(t,u),interval('2026-02-28','2026-02-28'))", [2]),
            ("t_equals(interval(t,u),interval('..','..'))", []),
            ("t_intersects(interval('..','..'),d)", [1, 2, 3, 4]),
            ("t_before(d,interval('2026-01-01','..'))", [3, 4]),
            ("t_after(d,interval('..','2026-02-28'))", [2]),
            ("t_disjoint(interval(t,'..'),interval('..','2026-12-31T00:00:00Z'))", [4]),
        ])
    func times(text: String, ids: [Int]) throws {
        #expect(try Self.ids(text) == Set(ids))
    }

    @Test(
        "the fifteen relations of intervals are those of OWL Time",
        arguments: TemporalRelation.allCases)
    func relations(relation: TemporalRelation) throws {
        let tables = try Self.made()
        for (a1, a2) in Self.intervals {
            for (b1, b2) in Self.intervals {
                let expected =
                    switch relation {
                    case .after: a1 > b2
                    case .before: a2 < b1
                    case .disjoint: a1 > b2 || a2 < b1
                    case .equals: a1 == b1 && a2 == b2
                    case .intersects: a1 <= b2 && a2 >= b1
                    case .contains: b1 > a1 && b2 < a2
                    case .during: a1 > b1 && a2 < b2
                    case .finishedBy: a2 == b2 && b1 > a1
                    case .finishes: a2 == b2 && a1 > b1
                    case .meets: a2 == b1
                    case .metBy: b2 == a1
                    case .overlappedBy: b1 < a1 && a1 < b2 && b2 < a2
                    case .overlaps: a1 < b1 && b1 < a2 && a2 < b2
                    case .startedBy: a1 == b1 && b2 < a2
                    case .starts: a1 == b1 && a2 < b2
                    }
                let text =
                    "\(relation.rawValue)(interval('2026-01-0\(a1)','2026-01-0\(a2)'),"
                    + "interval('2026-01-0\(b1)T00:00:00Z','2026-01-0\(b2)T00:00:00Z'))"
                let all = try tables.count(
                    try CQL2Text.parse(text), in: "uji", columns: Self.columns)
                #expect(all == (expected ? 5 : 0), "\(text)")
            }
        }
    }

    private static let intervals = (1...4).flatMap { start in (start...4).map { (start, $0) } }

    @Test(
        "shapes that are not valid or have no area give a count",
        arguments: [
            "S_INTERSECTS(geom,POLYGON((113 -9,115 -7,115 -9,113 -7,113 -9)))",
            "S_TOUCHES(POLYGON((0 0,0 0,0 0,0 0)),geom)", "S_EQUALS(LINESTRING(1 1,1 1),geom)",
            "S_INTERSECTS(geom,BBOX(-180,-90,180,90))", "S_WITHIN(geom,BBOX(170,-90,-170,90))",
            "S_CROSSES(geom,POINT(180 -90))",
            "S_OVERLAPS(geom,GEOMETRYCOLLECTION(POINT(1 2)))",
            "S_DISJOINT(geom,MULTIPOLYGON EMPTY)", "S_EQUALS(POINT(1 2),POINT(1 2))",
            "S_CONTAINS(POLYGON((0 0,9 0,9 9,0 9,0 0),(0 0,9 0,9 9,0 9,0 0)),geom)",
        ])
    func hardShapes(text: String) throws {
        #expect((0...5).contains(try Self.ids(text).count))
    }

    @Test("the deepest and the longest filter that can be read can be asked")
    func limits() throws {
        let depth = 200
        let nests: [(String, String, String)] = [
            ("NOT ", "b", ""), ("(b AND (b OR ", "b", "))"), ("(b AND NOT (b OR ", "b", "))"),
            ("(b OR ", "b", ")"), ("b AND (", "b", ")"), ("(", "n=1", ") = b"),
            ("casei(accenti(", "nama", "))='x'"), ("(", "n", "+1)"),
            ("b = (TRUE OR (1 < n ^ 2 AND ", "b", "))"), ("b IN (TRUE,NOT (", "b", "))"),
            ("(n BETWEEN 1 AND 2) = (b OR ", "b", ")"), ("n+(2*(", "n", "))"),
        ]
        let tables = try Self.made()
        for (before, middle, after) in nests {
            // As deep as it goes: the last that is not refused.
            var deepest = 0
            for count in 1..<depth {
                var text =
                    String(repeating: before, count: count) + middle
                    + String(repeating: after, count: count)
                if middle == "nama" {
                    text =
                        String(repeating: "casei(accenti(", count: count) + middle
                        + String(repeating: "))", count: count) + "='x'"
                }
                if middle == "n" { text += "=0" }
                guard let filter = try? CQL2Text.parse(text) else { break }
                deepest = count
                let found = try tables.count(filter, in: "uji", columns: Self.columns)
                #expect((0...5).contains(found), "\(text)")
            }
            #expect(deepest >= 3, "\(before)")
        }
        let chains = [
            "n=0" + String(repeating: " OR n=1", count: 9_000),
            "n IN (0" + String(repeating: ",1", count: 32_000) + ")",
            "n<>5" + String(repeating: " AND n<>5", count: 7_000),
        ]
        for text in chains {
            let filter = try CQL2Text.parse(text)
            #expect(try tables.count(filter, in: "uji", columns: Self.columns) > 0)
        }
    }

    @Test("whatever passes the check is SQL that runs")
    func anyFilter() throws {
        let seed: UInt64 = 20_261_124
        var generator = SeededGenerator(seed: seed)
        let tables = try Self.made()
        let pieces = [
            "n", "x", "nama", "b", "d", "t", "u", "geom", "1", "-2.5", "'K%'", "TRUE", "(", ")",
            ",",
            " AND ", " OR ", "NOT ", " IS NULL", " IN (", " BETWEEN ", " LIKE ", "=", "<", "<>",
            "+", "-", "*", "/", "%", " div ", "^", "casei(", "accenti(", "S_WITHIN(", "S_TOUCHES(",
            "T_AFTER(", "T_MEETS(", "INTERVAL(", "'..'", "DATE('2026-02-28')", "'2026-02-28'",
            "TIMESTAMP('2026-02-28T07:00:00Z')", "BBOX(113,-9,114,-8)", "POINT(113 -8)",
        ]
        var starts = [
            "n=1 AND x<>2", "nama LIKE 'K%' OR b", "t_after(t,INTERVAL(d,'..'))",
            "S_WITHIN(geom,POINT(113 -8))", "n+1 IN (1,x)", "NOT b=(n BETWEEN 1 AND x)",
            "casei(nama) IS NULL", "t_meets(INTERVAL(t,u),INTERVAL('..','2026-02-28'))",
        ].map { text in [text] }
        var asked = 0
        for _ in 0..<20_000 {
            guard var parts = starts.randomElement(using: &generator) else { break }
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let piece = pieces.randomElement(using: &generator) ?? ""
                let place = Int.random(in: 0...parts.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0 where parts.count > 1 && place < parts.count: parts.remove(at: place)
                case 1 where place < parts.count: parts[place] = piece
                default: parts.insert(piece, at: place)
                }
            }
            let text = parts.joined()
            guard let filter = try? CQL2Text.parse(text),
                (try? FilterCheck(queryables: Self.columns.mapValues(\.type)).check(filter)) != nil
            else { continue }
            asked += 1
            if starts.count < 400, parts.count < 30 { starts.append(parts) }
            #expect(throws: Never.self, "seed \(seed): \(text)") {
                try tables.rows(filter, in: "uji", columns: Self.columns)
            }
        }
        #expect(asked > 500, "seed \(seed)")
    }

    @Test("no value of a filter stands in the SQL")
    func bound() throws {
        let filter = try CQL2Text.parse(
            "nama = 'RAHASIA' AND nama LIKE 'RAHASIA%' AND casei(nama) = casei('RAHASIA') "
                + "AND n IN (42424242) AND x < 42424242.5 AND d = DATE('4242-04-24') "
                + "AND t_after(t,TIMESTAMP('4242-04-24T04:24:24Z')) "
                + "AND S_WITHIN(geom,POINT(42.4242 42.4242))")
        let check = FilterCheck(queryables: Self.columns.mapValues(\.type))
        let sql = FilterSQL(try check.check(filter), columns: Self.columns)
        #expect(!sql.text.contains("42424242"))
        #expect(!sql.text.contains("42.42"))
        #expect(!sql.text.contains("4242-"))
        #expect(!sql.text.uppercased().contains("RAHASIA"))
    }

    private static func ids(_ text: String) throws -> Set<Int> {
        try made().rows(try CQL2Text.parse(text), in: "uji", columns: columns)
    }
}
