internal import Foundation
internal import Pipeline
internal import PovertyModel
internal import SpatialStore
internal import Synchronization

/// A release with new figures: all its shapes drawn, and taken from the release before.
enum ReleaseBenchmarks {
    private static let runs = 9

    static func run(_ report: (String) -> Void) throws {
        try BenchmarkPlace.withFolder { folder in
            let database = try PovertyDatabase.createOrOpen(at: folder + "/peta.sqlite")
            let criteria = folder + "/kriteria.json"
            try CriteriaFile.createIfMissing(path: criteria)
            let (detail, registers) = try prepare(database, folder: folder)
            var drawn: [Double] = []
            var taken: [Double] = []
            var bytes = (drawn: 0, taken: 0)
            // In turns, so that each release has other figures than the one before.
            for _ in 0..<runs {
                var (seconds, summary) = try time(
                    database, criteria, register: registers[1], drawsAnew: true)
                drawn.append(seconds)
                (seconds, summary) = try time(
                    database, criteria, register: registers[0], drawsAnew: false)
                taken.append(seconds)
                bytes.taken = summary.tileBytes
                bytes.drawn = try time(
                    database, criteria, register: registers[0], drawsAnew: true).1.tileBytes
            }
            let (first, second) = (drawn.sorted()[runs / 2], taken.sorted()[runs / 2])
            report(
                "All tiles of a release (4 layers, z6 to z14, GeoJSON and MVT, \(detail)), "
                    + "median of \(runs): drawn \(first.short) s; other figures on the same shapes "
                    + "\(second.short) s = \((second / first).short) (goal: under a third), "
                    + "\((Double(bytes.taken) / Double(bytes.drawn)).short) of the bytes")
            try database.close()
        }
    }

    /// Two registers on the finest boundaries that are there, both geocoded.
    private static func prepare(
        _ database: PovertyDatabase,
        folder: String
    ) throws -> (detail: String, registers: [Int64]) {
        let progress = SilentProgress()
        let key = try IdentityKey.createIfMissing(
            file: URL(fileURLWithPath: database.path + ".key"))
        let boundaries = BoundaryImport(database: database)
        _ = try boundaries.importOwnTracing(folder: BenchmarkPlace.geodata)
        let full = BenchmarkPlace.root
            .appendingPathComponent("../shared/data/probolinggo/probolinggo_desa.geojson")
        var text = "own tracing"
        if FileManager.default.fileExists(atPath: full.path) {
            let set = BoundaryImport.ownTracing
            _ = try boundaries.add(
                path: full.path, layer: nil, referenceSystem: nil,
                set: BoundarySet(
                    name: "rinci", date: set.date, source: set.source, licence: set.licence,
                    attribution: set.attribution))
            text = "full detail"
        }
        for (seed, date) in [(UInt64(1), "2026-02-28"), (2, "2026-05-31")] {
            let place = folder + "/\(seed)"
            try FileManager.default.createDirectory(
                atPath: place, withIntermediateDirectories: true)
            var options = RegistrySimulating.Options()
            options.seed = seed
            _ = try RegistrySimulating(database: database, progress: progress)
                .run(options, folder: place)
            _ = try RegistryImporting(
                database: database, seal: IdentitySeal(key), progress: progress
            ).run(
                path: SimulatedFiles(folder: place).register,
                releaseDate: CalendarDate(date) ?? .unixEpoch)
        }
        let geocoding = KeluargaGeocoding(
            database: database, seal: IdentitySeal(key), progress: progress)
        let registers = try geocoding.registers()
        for register in registers { _ = try geocoding.run(register: register) }
        return (text, registers.map(\.id))
    }

    /// The seconds from counted figures to finished tiles.
    private static func time(
        _ database: PovertyDatabase,
        _ criteria: String,
        register: Int64,
        drawsAnew: Bool
    ) throws -> (Double, ReleasePublication.Summary) {
        let progress = TimedProgress()
        var options = ReleasePublication.Options()
        options.registerID = register
        options.drawsAnew = drawsAnew
        let summary = try ReleasePublication(
            database: database, criteriaPath: criteria, progress: progress
        ).run(options)
        return (progress.seconds(from: "Drawing the layers", to: "Publishing"), summary)
    }
}

/// When each step began.
private final class TimedProgress: StepProgress {
    private let starts = Mutex<[String: ContinuousClock.Instant]>([:])

    func report(_ step: String, fraction: Double) {
        starts.withLock { if $0[step] == nil { $0[step] = .now } }
    }

    func seconds(from first: String, to second: String) -> Double {
        starts.withLock { starts in
            guard let start = starts[first], let end = starts[second] else { return 0 }
            return (end - start).inSeconds
        }
    }
}
