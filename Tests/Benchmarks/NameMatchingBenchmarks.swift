internal import Foundation
internal import Geocoding
internal import Geospatial
internal import PovertyModel
internal import TestSupport

/// How damaged names are matched, by kind of damage, and names per second on one core.
///
/// The names of other kabupaten come from the shared boundary files; without those they are
/// left out, and it says so.
enum NameMatchingBenchmarks {
    private static let seed: UInt64 = 1
    private static let casesPerKind = 4000
    private static let runs = 5

    /// Rows counted by what became of them.
    private struct Tally {
        var rows = 0
        var right = 0
        var wrong = 0
        var ambiguous = 0
        var ambiguousDecided = 0

        static func += (sum: inout Tally, other: Tally) {
            sum.rows += other.rows
            sum.right += other.right
            sum.wrong += other.wrong
            sum.ambiguous += other.ambiguous
            sum.ambiguousDecided += other.ambiguousDecided
        }
    }

    private struct Row: Hashable {
        let desa: String
        let kecamatan: String
    }

    static func run(_ report: (String) -> Void) throws {
        let desa = try GazetteerSample.desa()
        let clock = ContinuousClock()
        var index = NameIndex([])
        let building = clock.measure { index = NameIndex(desa) }.inSeconds
        report("  \(desa.count) desa, built in \(building.short) s; seed \(seed)")
        report(
            "  " + "kind of damage".padded(46) + "right %  wrong %  undecided %  "
                + "(ambiguous by nature: decided)")
        var rows: [Row] = []
        for withKecamatan in [true, false] {
            report(withKecamatan ? "  with kecamatan" : "  without kecamatan")
            tabulate(desa, index, withKecamatan, &rows, report)
        }
        let damaged = Set(rows)
        let damagedCount = rows.count
        for file in ["jatim/jatim_desa.fgb", "indonesia/indonesia_desa_simplified.fgb"] {
            try refuse(file, desa, index, &rows, report)
        }
        // One in five rows of the mix names a place elsewhere.
        var generator = SeededGenerator(seed: seed)
        let foreign = rows[damagedCount...].shuffled(using: &generator)
        speed("damaged names", damaged, index, report)
        if !foreign.isEmpty {
            let some = foreign.prefix(damaged.count / 4)
            speed("one in five foreign", damaged.union(some), index, report)
        }
    }

    private static func tabulate(
        _ desa: [Desa],
        _ index: NameIndex,
        _ withKecamatan: Bool,
        _ rows: inout [Row],
        _ report: (String) -> Void
    ) {
        var damaged = DamagedNames(desa, seed: seed)
        var total = Tally()
        for kind in DamagedNames.Kind.allCases {
            // These say themselves what stands in the kecamatan's cell.
            let isApart: Set<DamagedNames.Kind> = [.damagedKecamatan, .wrongKecamatan, .oneCell]
            if !withKecamatan, isApart.contains(kind) { continue }
            var tally = Tally()
            while tally.rows < casesPerKind {
                guard let made = damaged.make(kind, withKecamatan: withKecamatan) else { continue }
                rows.append(Row(desa: made.desaName, kecamatan: made.kecamatanName))
                count(made, index, &tally)
            }
            report(line(kind.rawValue, tally))
            total += tally
        }
        report(line("all", total))
    }

    private static func count(
        _ made: DamagedNames.Case,
        _ index: NameIndex,
        _ tally: inout Tally
    ) {
        let match = index.match(desaName: made.desaName, kecamatanName: made.kecamatanName)
        var answer: Int?
        if case .one(let desa) = match.outcome { answer = desa }
        if made.isAmbiguous {
            tally.ambiguous += 1
            if answer != nil { tally.ambiguousDecided += 1 }
            return
        }
        tally.rows += 1
        if answer == made.truth {
            tally.right += 1
        } else if answer != nil {
            tally.wrong += 1
        }
    }

    private static func line(_ label: String, _ tally: Tally) -> String {
        let undecided = tally.rows - tally.right - tally.wrong
        return "    " + label.padded(44) + percent(tally.right, tally.rows).padded(9)
            + percent(tally.wrong, tally.rows).padded(9) + percent(undecided, tally.rows).padded(13)
            + "(\(tally.ambiguous): \(tally.ambiguousDecided))"
    }

    /// How many names of other kabupaten are refused, with and without their kecamatan.
    private static func refuse(
        _ path: String,
        _ desa: [Desa],
        _ index: NameIndex,
        _ rows: inout [Row],
        _ report: (String) -> Void
    ) throws {
        guard let file = ProjectRoot.sharedFolder?.appending(path: "data/" + path),
            FileManager.default.fileExists(atPath: file.path)
        else {
            report("  names of other kabupaten skipped: data/\(path) is not there")
            return
        }
        let foreign = try names(in: file)
        let ours = Set(desa.flatMap { [$0.name] + $0.otherNames }.map(DamagedNames.plain))
        let namesakes = foreign.filter { ours.contains(DamagedNames.plain($0.desa)) }
        let others = foreign.filter { !ours.contains(DamagedNames.plain($0.desa)) }
        let alone = others.map { Row(desa: $0.desa, kecamatan: "") }
        report("  \(path): \(foreign.count) names of other kabupaten, refused %")
        report("    under their kecamatan".padded(48) + refused(others, index))
        report(
            "    under their kecamatan, named as one of ours".padded(48) + refused(namesakes, index)
        )
        report("    without kecamatan, named as none of ours".padded(48) + refused(alone, index))
        rows += others + alone
    }

    private static func names(in file: URL) throws -> [Row] {
        var reader = try FlatGeobufReader([UInt8](Data(contentsOf: file)))
        guard let code = reader.header.column("kode_bps"),
            let desa = reader.header.column("nama_desa"),
            let kecamatan = reader.header.column("nama_kecamatan")
        else { return [] }
        var names: [Row] = []
        while let feature = try reader.next() {
            guard let number = feature.values[code]?.text, !number.hasPrefix("3513"),
                let name = feature.values[desa]?.text,
                let kecamatanName = feature.values[kecamatan]?.text
            else { continue }
            names.append(Row(desa: name, kecamatan: kecamatanName))
        }
        return names
    }

    private static func refused(_ rows: [Row], _ index: NameIndex) -> String {
        let refused = rows.count { row in
            if case .one = index.match(desaName: row.desa, kecamatanName: row.kecamatan).outcome {
                return false
            }
            return true
        }
        return "\(percent(refused, rows.count)) of \(rows.count)"
    }

    private static func speed(
        _ label: String,
        _ distinct: Set<Row>,
        _ index: NameIndex,
        _ report: (String) -> Void
    ) {
        var generator = SeededGenerator(seed: seed)
        let rows = distinct.sorted { ($0.desa, $0.kecamatan) < ($1.desa, $1.kecamatan) }
            .shuffled(using: &generator)
        let clock = ContinuousClock()
        var decided = 0
        let times = (0..<runs).map { _ in
            clock.measure {
                decided = rows.count { row in
                    let match = index.match(desaName: row.desa, kecamatanName: row.kecamatan)
                    if case .one = match.outcome { return true }
                    return false
                }
            }.inSeconds
        }.sorted()
        let perSecond = Int(Double(rows.count) / times[runs / 2])
        report(
            "  \(label): \(rows.count) distinct (\(decided) decided), median "
                + "\(times[runs / 2].short) s (\(times[0].short)–\(times[runs - 1].short)), "
                + "\(perSecond) names/s on one core")
    }

    private static func percent(_ part: Int, _ whole: Int) -> String {
        guard whole > 0 else { return "-" }
        return (100 * Double(part) / Double(whole)).short
    }
}

extension String {
    fileprivate func padded(_ length: Int) -> String {
        self + String(repeating: " ", count: max(1, length - count))
    }
}
