import Foundation

/// Twelve square desa, four by three, with invented families; the one in a corner lies apart.
///
/// Everything is computed from small numbers, so that the files are the same each time.
enum MadeUpKecamatan {
    private static let columns = 4
    private static let rows = 3
    private static let side = 0.02
    private static let families = 60
    static let header = [
        "kode_provinsi", "provinsi", "kode_kabupaten_kota", "kabupaten_kota", "kode_kecamatan",
        "kecamatan", "kode_kelurahan_desa", "kelurahan_desa", "alamat", "nomor_kartu_keluarga",
        "nama_anggota_keluarga", "desil_nasional",
    ].joined(separator: ",")

    static func write(to place: Place) throws {
        try place.write("geodata/desa.geojson", geoJSON)
        try place.write("geodata/gazetteer.csv", gazetteer)
        try place.write("dtsen.csv", register)
        try place.write("verval.csv", verval)
    }

    private static func code(_ desa: Int) -> String {
        "35.13.01.20\(desa < 9 ? "0" : "")\(desa + 1)"
    }
    private static func bps(_ desa: Int) -> String { "35130100\(desa < 9 ? "0" : "")\(desa + 1)" }
    private static func name(_ desa: Int) -> String {
        ["Awal", "Bukit", "Curah", "Dringin", "Embong", "Fajar"][desa % 6]
            + (desa < 6 ? " Kulon" : " Wetan")
    }

    private static func west(_ desa: Int) -> Double {
        // The last desa is an island: a gap parts it from the others.
        113 + side * Double(desa % columns) + (desa == columns * rows - 1 ? 0.01 : 0)
    }

    private static func south(_ desa: Int) -> Double {
        -7.9 + side * Double(desa / columns) + (desa == columns * rows - 1 ? 0.01 : 0)
    }

    private static func decimals(_ value: Double) -> String { String(format: "%.5f", value) }

    private static var geoJSON: String {
        let features = (0..<columns * rows).map { desa in
            let (w, s) = (west(desa), south(desa))
            let ring = [(w, s), (w + side, s), (w + side, s + side), (w, s + side), (w, s)]
                .map { "[\(decimals($0.0)),\(decimals($0.1))]" }.joined(separator: ",")
            return """
                {"type":"Feature","properties":{"kode_desa":"\(code(desa))"},"geometry":\
                {"type":"Polygon","coordinates":[[\(ring)]]}}
                """
        }
        return #"{"type":"FeatureCollection","features":["#
            + features.joined(separator: ",\n") + "]}\n"
    }

    private static var gazetteer: String {
        let head =
            "kode_desa,kode_bps,nama_desa,jenis,nama_kecamatan,titik_lon,titik_lat,nama_lain\n"
        return head
            + (0..<columns * rows).map { desa in
                [
                    code(desa), bps(desa), name(desa), "desa", "Uji Coba",
                    decimals(west(desa) + side / 2), decimals(south(desa) + side / 2), "",
                ].joined(separator: ",")
            }.joined(separator: "\n") + "\n"
    }

    private static func card(_ desa: Int, _ family: Int) -> String {
        "99351300000\(10_000 + desa * 100 + family)"
    }

    /// Every third family of the first two desa is in desil 1, elsewhere every twentieth.
    private static func desil(_ desa: Int, _ family: Int) -> Int {
        family % (desa % columns < 2 && desa < 8 ? 3 : 20) == 0 ? 1 : 2 + family % 9
    }

    private static var register: String {
        var lines = [header]
        for desa in 0..<columns * rows {
            for family in 0..<families {
                // Some without a code, some with the other scheme, one twice.
                let written = family == 7 ? "" : family % 10 == 3 ? code(desa) : bps(desa)
                lines.append(
                    [
                        "35", "JAWA TIMUR", "3513", "PROBOLINGGO", "3513010", "UJI COBA", written,
                        name(desa).uppercased(), "\"DUSUN KRAJAN, RT 001\"", card(desa, family),
                        "REKA \(family)", String(desil(desa, family)),
                    ].joined(separator: ","))
                if desa == 2, family == 5, let last = lines.last { lines.append(last) }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static var verval: String {
        var lines = ["nomor_KK,Koordinat_X,Koordinat_Y"]
        for desa in 0..<columns * rows {
            for family in stride(from: 0, to: families, by: 2) {
                let x = decimals(west(desa) + side * Double(1 + family * 7 % 58) / 60)
                let y = decimals(south(desa) + side * Double(1 + family * 11 % 58) / 60)
                switch family {
                case 4: lines.append("\(card(desa, family)),\(y),\(x)")
                case 8: lines.append("\(card(desa, family)),0,0")
                case 10:
                    let comma = { (text: String) in
                        "\"\(text.replacingOccurrences(of: ".", with: ","))\""
                    }
                    lines.append("\(card(desa, family)),\(comma(x)),\(comma(y))")
                default: lines.append("\(card(desa, family)),\(x),\(y)")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
