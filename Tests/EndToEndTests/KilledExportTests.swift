import Foundation
import Testing

/// SIGKILL cannot be caught: whatever was there before must be there whole, and nothing half.
@Suite struct KilledExportTests {
    /// Starts the command and kills it as soon as `isUnderWay` holds; a remark when that is never.
    private func kill(
        _ arguments: [String],
        in place: Place,
        when isUnderWay: (_ log: String) -> Bool
    ) throws {
        let log = place.url.appendingPathComponent("log-\(UUID().uuidString)")
        try Data().write(to: log)
        let process = Process()
        process.executableURL = CommandRunner.peta
        process.arguments = arguments
        process.currentDirectoryURL = place.url
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        let deadline = Date(timeIntervalSinceNow: 60)
        var isCaught = false
        while process.isRunning, Date() < deadline, !isCaught {
            isCaught = isUnderWay((try? String(contentsOf: log, encoding: .utf8)) ?? "")
            if !isCaught { usleep(500) }
        }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(isCaught, "\(arguments) was never seen at work")
        #expect(process.terminationReason == .uncaughtSignal, "\(arguments) was quicker")
    }

    private func size(_ name: String, _ place: Place) -> Int {
        let path = place.url.appendingPathComponent(name).path
        return (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    private func exists(_ name: String, _ place: Place) -> Bool {
        FileManager.default.fileExists(atPath: place.url.appendingPathComponent(name).path)
    }

    private func content(_ name: String, _ place: Place) throws -> Data {
        try Data(contentsOf: place.url.appendingPathComponent(name))
    }

    @Test(
        "an export that is killed leaves the earlier file, or none",
        arguments: ["peta.pmtiles", "peta.mbtiles"])
    func killedExport(name: String) throws {
        let place = try ExportCommandTests.published()
        try place.runner.peta("export", "-o", name)
        let earlier = try content(name, place)
        #expect(!earlier.isEmpty)
        // Large enough to be caught in the act.
        try LargeRelease.publish(to: place, side: 20, bytes: 50_000)
        for output in [name, "baru-" + name] {
            try kill(["export", "-o", output], in: place) { _ in
                size(output + ".part", place) > 1 << 20
            }
            if output == name {
                #expect(try content(name, place) == earlier)
            } else {
                #expect(!exists(output, place))
            }
            // What it left behind is in nobody's way.
            let again = try place.runner.peta("export", "-o", output)
            #expect(again.status == 0, "\(again.error)")
            #expect(size(output, place) > 20 << 20)
            #expect(!exists(output + ".part", place))
            #expect(!exists(output + ".tiles", place))
        }
    }

    @Test("an export into a folder that is killed leaves no folder of that name")
    func killedFolder() throws {
        let place = try ExportCommandTests.published()
        try LargeRelease.publish(to: place, side: 20, bytes: 50_000)
        try kill(["export", "-o", "situs"], in: place) { _ in
            exists("situs.part/derau/10/835", place)
        }
        #expect(!exists("situs", place))
        let again = try place.runner.peta("export", "-o", "situs")
        #expect(again.status == 0, "\(again.error)")
        #expect(exists("situs/riuh/10/849/519.mvt.gz", place))
        #expect(!exists("situs.part", place))
    }

    @Test(
        "tiles of any polygons that are killed leave the earlier file, or none",
        arguments: ["a.pmtiles", "a.mbtiles", "a"])
    func killedTiles(name: String) throws {
        let place = try Place()
        let areas = CommandRunner.root.appendingPathComponent("geodata/desa.geojson").path
        let isFolder = !name.contains(".")
        var earlier: Data?
        if !isFolder {
            let first = try place.runner.peta("tiles", areas, "-o", name, "--max-zoom", "7")
            #expect(first.status == 0, "\(first.error)")
            earlier = try content(name, place)
        }
        try kill(["tiles", areas, "-o", name, "--max-zoom", "13"], in: place) { log in
            log.contains("Zoom 9")
        }
        #expect(exists(name, place) == !isFolder)
        if let earlier { #expect(try content(name, place) == earlier) }
        let again = try place.runner.peta("tiles", areas, "-o", name, "--max-zoom", "8")
        #expect(again.status == 0, "\(again.error)")
        #expect(exists(isFolder ? "a/areas/8/208/133.mvt" : name, place))
        let left = try FileManager.default.contentsOfDirectory(atPath: place.url.path)
        #expect(!left.contains { $0.hasSuffix(".part") || $0.hasSuffix(".tiles") }, "\(left)")
    }
}
