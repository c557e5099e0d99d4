import FeatureFilter

/// The same filters in text and in JSON, and what they are made for.
enum FilterSamples {
    static let queryables: [String: QueryableType] = [
        "nama": .string, "kecamatan": .string, "keluarga": .integer, "kk": .integer,
        "persen": .number, "pesisir": .boolean, "verval": .date, "mulai": .timestamp,
        "selesai": .timestamp, "geom": .geometry, "titik": .geometry, "date": .date,
    ]

    static let pairs: [(text: String, json: String)] = [
        ("keluarga=12", #"{"op":"=","args":[{"property":"keluarga"},12]}"#),
        ("keluarga <> -1.5e2", #"{"op":"<>","args":[{"property":"keluarga"},-150.0]}"#),
        (
            "nama = 'Rekaan''s Lor' OR \"nama\" < 'B\\'c'",
            #"""
            {"op":"or","args":[{"op":"=","args":[{"property":"nama"},"Rekaan's Lor"]},
            {"op":"<","args":[{"property":"nama"},"B'c"]}]}
            """#
        ),
        (
            "not pesisir = true and persen >= .5 And keluarga<=1.",
            #"""
            {"op":"and","args":[
            {"op":"not","args":[{"op":"=","args":[{"property":"pesisir"},true]}]},
            {"op":">=","args":[{"property":"persen"},0.5]},
            {"op":"<=","args":[{"property":"keluarga"},1.0]}]}
            """#
        ),
        (
            "nama NOT LIKE 'K_ng%' OR casei(nama) like CaseI(accenti('ä%'))",
            #"""
            {"op":"or","args":[
            {"op":"not","args":[{"op":"like","args":[{"property":"nama"},"K_ng%"]}]},
            {"op":"like","args":[{"op":"casei","args":[{"property":"nama"}]},
            {"op":"casei","args":[{"op":"accenti","args":["\u00e4%"]}]}]}]}
            """#
        ),
        (
            "keluarga between 1 and kk + 2 and keluarga not in (1, 2,3)",
            #"""
            {"op":"and","args":[
            {"op":"between","args":[{"property":"keluarga"},1,
            {"op":"+","args":[{"property":"kk"},2]}]},
            {"op":"not","args":[{"op":"in","args":[{"property":"keluarga"},[1,2,3]]}]}]}
            """#
        ),
        (
            "nama is null and (geom IS NOT NULL)",
            #"""
            {"op":"and","args":[{"op":"isNull","args":[{"property":"nama"}]},
            {"op":"not","args":[{"op":"isNull","args":[{"property":"geom"}]}]}]}
            """#
        ),
        (
            "1 + 2 * 3 ^ 2 - kk / 4 % 5 DIV 6 > (1 - 2) - -keluarga",
            #"""
            {"op":">","args":[
            {"op":"-","args":[{"op":"+","args":[1,
            {"op":"*","args":[2,{"op":"^","args":[3,2]}]}]},
            {"op":"div","args":[{"op":"%","args":[{"op":"/","args":[{"property":"kk"},4]},5]},6]}]},
            {"op":"-","args":[{"op":"-","args":[1,2]},
            {"op":"*","args":[-1,{"property":"keluarga"}]}]}]}
            """#
        ),
        (
            "S_INTERSECTS(geom, BBOX(112, -8, 114, -7)) or s_within(POINT(113 -7.5), geom)",
            #"""
            {"op":"or","args":[
            {"op":"s_intersects","args":[{"property":"geom"},{"bbox":[112,-8,114,-7]}]},
            {"op":"s_within","args":[{"type":"Point","coordinates":[113,-7.5]},
            {"property":"geom"}]}]}
            """#
        ),
        (
            "S_Touches(titik,GEOMETRYCOLLECTION(MULTIPOINT((1 2)),"
                + "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))))",
            #"""
            {"op":"s_touches","args":[{"property":"titik"},{"type":"GeometryCollection",
            "geometries":[{"type":"MultiPoint","coordinates":[[1,2]]},
            {"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}]}]}
            """#
        ),
        (
            "T_FINISHEDBY(INTERVAL(mulai,selesai),interval('..','2026-02-28T07:00:00.5Z'))",
            #"""
            {"op":"t_finishedBy","args":[
            {"interval":[{"property":"mulai"},{"property":"selesai"}]},
            {"interval":["..","2026-02-28T07:00:00.5Z"]}]}
            """#
        ),
        (
            "t_before(verval, DATE('2024-02-29')) AND mulai > TIMESTAMP('2026-01-01T00:00:00Z')",
            #"""
            {"op":"and","args":[
            {"op":"t_before","args":[{"property":"verval"},{"date":"2024-02-29"}]},
            {"op":">","args":[{"property":"mulai"},{"timestamp":"2026-01-01T00:00:00Z"}]}]}
            """#
        ),
        ("TRUE", "true"),
    ]
}
