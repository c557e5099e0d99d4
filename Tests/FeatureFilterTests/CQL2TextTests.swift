import FeatureFilter
import Testing

struct CQL2TextTests {
    @Test("a filter means the same in text and in JSON")
    func pairs() throws {
        for (text, json) in FilterSamples.pairs {
            let parsed = try CQL2Text.parse(text)
            #expect(try CQL2JSON.parse(Array(json.utf8)) == parsed, "\(text)")
            _ = try FilterCheck(queryables: FilterSamples.queryables).check(parsed)
        }
    }

    @Test(
        "brackets, blanks and the case of keywords change nothing",
        arguments: [
            ("a=1 AND b=2 OR c=3", "((a = 1) and\n\t(b=2)) or (c=3)"),
            ("NOT a=1 AND b=2", "(NOT (a=1)) AND b=2"),
            ("a NOT BETWEEN 1 AND 2", "not(a between(1)and(2))"),
            ("a+b-c=1", "((a+b)-c)=1"), ("a*b/c=1", "((a*b)/c)=1"), ("a^b^c=1", "(a^(b^c))=1"),
            ("-2^2=4", "(-2)^2=+4"), ("a - 1 = 2", "a-1=2"), ("a=.5", "a=5e-1"),
            ("\"a\"=1", "a=1"), ("1. < 2.E1", "1.0<20.0"),
            ("S_INTERSECTS(g,POINT Z(1 2 3))", "s_intersects ( g , point(1 2) )"),
            ("S_EQUALS(g,BBOX(1,2,0,3,4,9))", "s_equals(g,bbox(1,2,3,4))"),
            ("t=TIMESTAMP('2026-01-01t00:00:00z')", "t=timestamp('2026-01-01T00:00:00Z')"),
            ("NOT NOT a=1", "NOT(NOT(a=1))"),
        ])
    func same(left: String, right: String) throws {
        #expect(try CQL2Text.parse(left) == CQL2Text.parse(right))
    }

    @Test(
        "these are different filters",
        arguments: [
            ("a-b-c=1", "a-(b-c)=1"), ("a*b+c=1", "a*(b+c)=1"),
            ("a=1 OR b=1 AND c=1", "(a=1 OR b=1) AND c=1"),
            ("a=1", "A=1"), ("a='x'", "a='X'"), ("a LIKE 'x'", "a='x'"), ("\"true\"=a", "true=a"),
        ])
    func different(left: String, right: String) throws {
        #expect(try CQL2Text.parse(left) != CQL2Text.parse(right))
    }

    @Test(
        "names with signs, letters of any script and words of the language in quotes are properties",
        arguments: [
            ("eo:cloud.cover_2", "eo:cloud.cover_2"), ("_x", "_x"), ("größe", "größe"),
            ("\"select\"", "select"), ("\"AND\"", "AND"), ("\"dua kata\"", "dua kata"),
            ("\"dua\"\"kata\"", "dua\"kata"), ("point", "point"), ("date", "date"),
            ("bbox", "bbox"), ("casei", "casei"), ("interval", "interval"),
        ])
    func names(written: String, name: String) throws {
        guard case .isNull(let part) = try CQL2Text.parse("\(written) IS NULL").kind else {
            Issue.record("\(written)")
            return
        }
        #expect(part.kind == .property(name))
    }

    @Test(
        "quotes, backslashes and control characters are escaped in texts",
        arguments: [
            ("''''", "'"), (#"'\''"#, "'"), (#"'a\\b'"#, #"a\b"#), ("'a\"b'", "a\"b"), ("''", ""),
            (#"'\a\b\t\n\v\f\r'"#, "\u{7}\u{8}\t\n\u{B}\u{C}\r"), (#"'\%\_\x'"#, #"\%\_\x"#),
        ])
    func escapes(written: String, text: String) throws {
        guard case .comparison(_, let left, _) = try CQL2Text.parse("\(written) = a").kind else {
            Issue.record("\(written)")
            return
        }
        #expect(left.kind == .string(text))
    }

    @Test(
        "what is no filter says at which character",
        arguments: [
            ("", 1), ("a=", 3), ("a==1", 3), ("a=1 AND", 8), ("AND a=1", 1), ("(a=1", 5),
            ("a=1)", 4), ("a=1 b=2", 5), ("a='x", 3), ("\"a=1", 1), ("\"\"=1", 1), ("a=1x", 3),
            ("a!=1", 2), ("a=#", 3), ("a IS 1", 6), ("a NOT = 1", 7), ("a BETWEEN 1", 12),
            ("a BETWEEN 1 OR 2", 13), ("a IN 1", 6), ("a IN ()", 7), ("a IN (1", 8),
            ("a LIKE", 7), ("ä=#", 3), ("d=DATE(1)", 8), ("d=DATE('2026-02-30')", 3),
            ("d=DATE('2026-02-28'", 20), ("t=TIMESTAMP('2026-02-28')", 3),
            ("t=TIMESTAMP('2026-02-28T24:00:00Z')", 3), ("t=TIMESTAMP('2026-02-28T07:00:00')", 3),
            ("t_after(t,INTERVAL('2026-02-28'))", 32), ("t_after(t,INTERVAL(1,2))", 20),
            ("t_after(t,INTERVAL('2026-13-01','..'))", 20), ("s_within(g,POINT(1))", 19),
            ("s_within(g,POLYGON((0 0,1 1,2 2)))", 33), ("s_within(g,BBOX(1,2,3))", 12),
            ("s_within(g,BBOX(1,2,3,x))", 23), ("s_within(g)", 1), ("casei(a,b)='x'", 1),
            ("t_meets(a,b,c)", 1), ("a=+b", 4), ("a=--1", 4), ("(1,2)=a", 1),
            ("a_contains(a,(1,2))", 1), ("a=1e999", 3), ("DIV", 1), ("a div = 1", 7),
        ])
    func refuses(text: String, character: Int) throws {
        let error = #expect(throws: FilterError.self, "\(text)") { try CQL2Text.parse(text) }
        #expect(error?.place == .character(character), "\(text): \(error?.description ?? "")")
        #expect(error?.description.hasPrefix("Character \(character) of the filter: ") == true)
    }

    @Test(
        "however deep or long, it is refused and not followed",
        arguments: ["(", "NOT ", "a+(", "f(", "2^", "-(", "casei(", "a IN (", "s_within(g,"])
    func deep(piece: String) {
        for count in [60, 5_000] {
            let text = String(repeating: piece, count: count)
            #expect(throws: FilterError.self) { try CQL2Text.parse(text) }
        }
        #expect(throws: FilterError.self) {
            try CQL2Text.parse("1" + String(repeating: "+1", count: 5_000) + "=1")
        }
        let long = String(repeating: "a=1 OR ", count: 10_000) + "a=1"
        let error = #expect(throws: FilterError.self) { try CQL2Text.parse(long) }
        #expect(error?.reason == .tooLong)
    }
}
