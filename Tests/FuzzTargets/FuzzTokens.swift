/// Pieces of text and bytes that mean something to one of the parsers.
enum FuzzTokens {
    static let all: [[UInt8]] = bytes + texts.map { Array($0.utf8) }

    private static let bytes: [[UInt8]] = [
        [0], [0, 0, 0, 0], [0xFF], [0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0xC3],
        [0xE2, 0x82],
        [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xEF, 0xBF, 0xBF], [0x81], [0x93], [0x1E], [0x1A],
        [0x7F],
        [0x50, 0x4B, 3, 4], [0x50, 0x4B, 1, 2], [0x50, 0x4B, 5, 6], [0x50, 0x4B, 6, 6],
        [0x50, 0x4B, 6, 7], [0x1F, 0x8B, 8, 0], [0x66, 0x67, 0x62, 3], [1, 3, 0, 0, 0],
        [1, 6, 0, 0, 0], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80],
    ]

    private static let texts: [String] = [
        // Tables.
        ",", ";", "\t", "|", "\"", "\"\"", "\",\"", "\n", "\r\n", "\r", "'", ",,,,,,,,", "\n\n\n",
        "(1)", " ", "\u{A0}", "\u{200B}", "\u{2028}", "\u{FEFF}", "e\u{301}\u{301}\u{301}", "👨‍👩‍👧",
        // Numbers, dates and positions.
        "9935010101900001", "3.51E+15", "9.9E+307", "1e400", "-0", "NaN", "inf", "0x1p-1074",
        "9223372036854775807", "9223372036854775808", "18446744073709551616",
        "-9223372036854775808",
        "99999999999999999999999999999999999999", "0.0000000000000000000000000000000000000000001",
        "2147483648", "4294967295", "1048577", "16385", "2958466", "1900-02-29", "0000-00-00",
        "31/12/9999", "°", "′", "″", "º", "'", "''", "”", "LS", "BT", "S", "E", "49M", "mE", "+",
        "-",
        "−", ".", "..", "1.1.1", "(", ")", "[", "]", "٣", "Ⅷ", "½",
        // Words.
        "DUSUN ", "RT ", "RW ", "RT/RW", "DESA ", "Kec. ", "Kab. ", "KELURAHAN", "No KK", "NIK",
        "Koordinat_X", "Koordinat_Y", "desil_nasional", "lon", "lat", "kode_desa", "#N/A", "ﬁ", "ß",
        "İ",
        // JSON, XML and their kin.
        "{", "}", "[[[[", "]]]]", "{\"type\":\"FeatureCollection\",\"features\":[", "null", "true",
        "\\u0000", "\\ud800", "MultiPolygon", "Polygon", "coordinates", "geometry", "<", ">", "/>",
        "</", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE x [<!ENTITY a \"b\">]>",
        "&a;",
        "&#x0;", "&#xD800;", "&#1114112;", "&lt;", "&amp;", "_x000A_", "_xFFFF_", "_x005F_",
        "<row r=\"1\">", "</row>", "<c r=\"A1\" t=\"s\"><v>", "</v></c>", "r=\"XFE1\"",
        "r=\"XFD1048577\"",
        "t=\"inlineStr\"", "s=\"4294967296\"", "table:number-rows-repeated=\"1048576\"",
        "table:number-columns-repeated=\"16384\"", "<table:table-row>", "</table:table-row>",
        "<table:table-cell>", "<text:s text:c=\"999999999\"/>", "<text:p>", "</text:p>",
        "xl/worksheets/sheet1.xml", "../", "content.xml",
        "4\n", "0 4 a b\n", "1 1\n",
        // Filters.
        " AND ", " or ", "NOT ", " IS NULL", " IN (", " BETWEEN ", " LIKE ", "casei(", "accenti(",
        "S_INTERSECTS(", "t_during(", "INTERVAL(", "DATE('", "TIMESTAMP('", "BBOX(", "POINT(",
        "EMPTY",
        "POLYGON((", "<>", " div ", "^", "{\"op\":\"", "\",\"args\":[", "{\"property\":\"", "nama",
        "geom",
    ]
}
