import FeatureFilter
import Testing

struct CQL2JSONTests {
    @Test(
        "what is no filter is refused with a pointer to it",
        arguments: [
            ("", ""), ("{", ""), ("{}", ""), ("null", ""), (#"{"op":"="}"#, "/args"),
            (#"{"op":1,"args":[]}"#, "/op"), (#"{"op":"=","args":[1]}"#, ""),
            (#"{"op":"and","args":[true]}"#, ""), (#"{"op":"not","args":[true,true]}"#, ""),
            (#"{"op":"in","args":[1,2]}"#, "/args"), (#"{"op":"in","args":[1,[]]}"#, "/args"),
            (#"{"op":"=","args":[1,{"date":"2026-02-30"}]}"#, "/args/1"),
            (#"{"op":"=","args":[1,{"timestamp":"2026-02-28"}]}"#, "/args/1"),
            (#"{"op":"not","args":[{"op":"=","args":[{"x":1},2]}]}"#, "/args/0/args/0"),
            (#"{"op":"=","args":[[1],2]}"#, "/args/0"), (#"{"op":"=","args":[1,2]} x"#, ""),
            (#"{"op":"=","op":"=","args":[1,2]}"#, ""), ("[1,2]", ""), ("01", ""), ("1.", ""),
            ("-", ""), (#""\ud800""#, ""), (#""\x""#, ""), ("\"a\nb\"", ""), ("1e999", ""),
            ("tru", ""), (#"{"a":1,}"#, ""), (#"[1,]"#, ""),
            (
                #"{"op":"s_within","args":[{"property":"g"},{"type":"Point","coordinates":[1]}]}"#,
                "/args/1/coordinates"
            ),
            (
                #"{"op":"s_within","args":[{"property":"g"},{"type":"Kubus","coordinates":[1]}]}"#,
                "/args/1/type"
            ),
            (
                #"{"op":"s_within","args":[{"type":"Polygon","coordinates":[[[0,0],[1,1]]]},1]}"#,
                "/args/0/coordinates/0"
            ),
            (#"{"op":"s_within","args":[{"bbox":[1,2,3,"x"]},1]}"#, "/args/0/bbox/3"),
            (#"{"op":"t_after","args":[{"interval":["..",1,2]},1]}"#, "/args/0/interval"),
        ])
    func refuses(json: String, pointer: String) {
        let error = #expect(throws: FilterError.self, "\(json)") {
            try CQL2JSON.parse(Array(json.utf8))
        }
        #expect(error?.place == .pointer(pointer), "\(json): \(error?.description ?? "")")
    }

    @Test("escapes of JSON are the characters they stand for")
    func escapes() throws {
        let json = #"{"op":"=","args":["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00","x"]}"#
        guard case .comparison(_, let left, _) = try CQL2JSON.parse(Array(json.utf8)).kind else {
            Issue.record("no comparison")
            return
        }
        #expect(left.kind == .string("\"\\/\u{8}\u{C}\n\r\té😀"))
    }

    @Test("nests without end are refused, not followed")
    func deep() {
        let pieces = [
            "[", #"{"a":"#, #"{"op":"not","args":["#,
            #"{"type":"GeometryCollection","geometries":["#,
        ]
        for piece in pieces {
            for count in [100, 1_500] {
                let json = String(repeating: piece, count: count)
                #expect(throws: FilterError.self) { try CQL2JSON.parse(Array(json.utf8)) }
            }
        }
        let whole =
            String(repeating: #"{"op":"not","args":["#, count: 30) + "true"
            + String(repeating: "]}", count: 30)
        let error = #expect(throws: FilterError.self) { try CQL2JSON.parse(Array(whole.utf8)) }
        #expect(error?.reason == .tooDeep)
    }

    @Test("a distance from UTC may stand in a timestamp of JSON")
    func offset() throws {
        let json =
            #"{"op":"=","args":[{"property":"t"},{"timestamp":"2026-02-28T07:00:00+07:00"}]}"#
        #expect(throws: Never.self) { try CQL2JSON.parse(Array(json.utf8)) }
    }
}
