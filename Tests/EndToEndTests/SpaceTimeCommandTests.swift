import Foundation
import Testing

/// `peta hotspots --statistic scan` over periods, and with a sequential stop.
@Suite struct SpaceTimeCommandTests {
    /// Rows of the output by column name.
    private func table(_ place: Place) throws -> [[String: String]] {
        let text = try String(
            contentsOf: place.url.appendingPathComponent("out.csv"), encoding: .utf8)
        let rows = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
    }

    /// 6 by 6 areas 1 km apart in four years; from 2025 on one corner has four times as many.
    private func overYears(_ place: Place) throws -> String {
        var lines = ["desa,tahun,x,y,kasus,orang"]
        for year in [2026, 2023, 2025, 2024] {
            for area in 0..<36 {
                let isCorner = area % 6 < 2 && area / 6 < 2
                // Every year has more; the corner's share of it only later.
                let base = 10 + (year - 2023) * 4
                let cases = isCorner && year >= 2025 ? 4 * base : base
                lines.append(
                    "d\(area),\(year),\(area % 6 * 1000),\(area / 6 * 1000),\(cases),1000")
            }
        }
        let url = place.url.appendingPathComponent("tahun.csv")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
        return url.path
    }

    @Test(arguments: ["any", "ongoing"])
    func theSpaceTimeScanFindsThePlantedCornerAndItsYears(interval: String) throws {
        let place = try Place()
        let outcome = try place.runner.peta(
            "hotspots", try overYears(place), "--id", "desa", "--value", "kasus",
            "--population", "orang", "--statistic", "scan", "--model", "poisson",
            "--time-column", "tahun", "--interval", interval, "--trend", "remove",
            "--permutations", "999", "--output", "out.csv")
        #expect(outcome.status == 0, "\(outcome.error)")
        let rows = try table(place)
        #expect(rows.count == 36)
        let corner = rows.filter { $0["class"] == "klaster_utama" }
        #expect(Set(corner.compactMap { $0["id"] }) == ["d0", "d1", "d6", "d7"])
        for row in corner {
            #expect(row["from"] == "2025" && row["to"] == "2026")
            #expect(Double(row["p"] ?? "") == 0.001)
        }
    }

    @Test func theSequentialStopEndsARunWithoutClustersEarly() throws {
        let place = try Place()
        var lines = ["id,x,y,kasus,orang"]
        for area in 0..<36 { lines.append("d\(area),\(area % 6),\(area / 6),\(9 + area % 3),1000") }
        let url = place.url.appendingPathComponent("rata.csv")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
        let outcome = try place.runner.peta(
            "hotspots", url.path, "--value", "kasus", "--population", "orang", "--statistic",
            "scan", "--stop-after", "10", "--permutations", "9999", "--output", "out.csv")
        #expect(outcome.status == 0, "\(outcome.error)")
        let drawn = try #require(
            outcome.output.split(separator: "\n").first { $0.hasPrefix("Replicas drawn") }?
                .split(separator: " ").last.flatMap { Int($0) })
        #expect(drawn < 200, "\(drawn)")
    }

    @Test func aRepeatedAreaAndAWrongStatisticAreRefused() throws {
        let place = try Place()
        let file = try overYears(place)
        let wrong = try place.runner.peta(
            "hotspots", file, "--id", "desa", "--value", "kasus", "--population", "orang",
            "--statistic", "eb", "--time-column", "tahun", "--output", "out.csv")
        #expect(wrong.status == 78, "\(wrong.error)")
        #expect(wrong.error.contains("--time-column needs --statistic scan"))
        let text = try String(contentsOfFile: file, encoding: .utf8) + "d0,2023,0,0,1,2\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        let twice = try place.runner.peta(
            "hotspots", file, "--id", "desa", "--value", "kasus", "--population", "orang",
            "--statistic", "scan", "--time-column", "tahun", "--output", "out.csv")
        #expect(twice.status == 65)
        #expect(twice.error.contains("repeats an area in one period"))
    }
}
