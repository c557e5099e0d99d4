internal import Foundation
internal import Geospatial
public import PovertyModel

/// The names of the project's own gazetteer, for tests of the matching.
public enum GazetteerSample {
    /// The rows of geodata/gazetteer.csv, without positions.
    ///
    /// Split plainly at commas; a quoted cell (the other spelling Soka"An) has none inside.
    public static func desa() throws -> [Desa] {
        let file = ProjectRoot.folder.appending(path: "geodata/gazetteer.csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false)
            .map(String.init)
        return lines.dropFirst().compactMap { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map {
                String($0).replacing("\"\"", with: "\u{0}").replacing("\"", with: "")
                    .replacing("\u{0}", with: "\"")
            }
            func text(_ column: String) -> String {
                columns.firstIndex(of: column).map { cells[$0] } ?? ""
            }
            guard let code = DesaCode(text("kode_desa")),
                let bpsCode = BPSDesaCode(text("kode_bps")),
                let kind = Desa.Kind(rawValue: text("jenis"))
            else { return nil }
            return Desa(
                code: code, bpsCode: bpsCode, name: text("nama_desa"), kind: kind,
                kecamatanName: text("nama_kecamatan"),
                otherNames: text("nama_lain").split(separator: "|").map(String.init),
                labelPoint: Coordinate(longitude: 113, latitude: -7.9))
        }
    }
}
