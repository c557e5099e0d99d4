internal import Foundation
internal import Pipeline
internal import PovertyModel
internal import RegistrySimulation
internal import SpatialStore

/// Import, geocode and precompute of the real number of keluarga, each stage's share.
enum PipelineBenchmarks {
    private static let runs = 3

    static func run(_ report: (String) -> Void) throws {
        var times: [String: [Double]] = [:]
        let stages = ["init", "simulate", "import", "geocode", "precompute"]
        for number in 1...runs {
            try BenchmarkPlace.withFolder { folder in
                for (stage, seconds) in try measure(folder: folder, seed: UInt64(number)) {
                    times[stage, default: []].append(seconds)
                }
            }
        }
        func median(_ stage: String) -> Double { times[stage].map { $0.sorted()[runs / 2] } ?? 0 }
        let total = ["import", "geocode", "precompute"].map(median).reduce(0, +)
        report("387,794 keluarga, median of \(runs) runs")
        for stage in stages {
            let values = times[stage] ?? []
            let share = Int((100 * median(stage) / total).rounded())
            report(
                "  \(stage): \(median(stage).short) s (\(values.min()?.short ?? "")–"
                    + "\(values.max()?.short ?? ""))"
                    + (["init", "simulate"].contains(stage) ? "" : ", \(share) % of the three"))
        }
        report("  import + geocode + precompute: \(total.short) s (goal: under 25)")
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        report("  peak memory of this process: \(usage.ru_maxrss / 1024) MB (goal: under 700)")
        try BenchmarkPlace.withFolder { try forms(folder: $0, report) }
    }

    /// The register as a workbook, and tables geocoded without a database.
    private static func forms(folder: String, _ report: (String) -> Void) throws {
        let clock = ContinuousClock()
        let progress = SilentProgress()
        let database = try PovertyDatabase.createOrOpen(at: folder + "/peta.sqlite")
        let key = try IdentityKey.createIfMissing(
            file: URL(fileURLWithPath: database.path + ".key"))
        _ = try BoundaryImport(database: database)
            .importOwnTracing(folder: BenchmarkPlace.geodata)
        var options = options(seed: 1)
        options.layouts = [.dtsenKeluarga]
        options.asWorkbook = true
        let files = try RegistrySimulating(database: database, progress: progress)
            .run(options, folder: folder).files
        let seconds = try clock.measure {
            _ = try RegistryImporting(
                database: database, seal: IdentitySeal(key), progress: progress
            ).run(path: files.register, releaseDate: CalendarDate("2026-02-28") ?? .unixEpoch)
        }.inSeconds
        report("  import of the register as XLSX: \(seconds.short) s (goal: under 40)")
        try database.close()

        // A million points over the kabupaten's box, a quarter of them on the sea and beyond.
        var lines = "id,lon,lat\n"
        for number in 0..<1_000_000 {
            let (x, y) = (number * 7919 % 829_001, number * 104_729 % 389_003)
            lines += "\(number),\(112.85 + Double(x) / 1e6),\(-8.02 + Double(y) / 1e6)\n"
        }
        let points = folder + "/titik.csv"
        try Data(lines.utf8).write(to: URL(fileURLWithPath: points))
        var geocoding = PlaceFileGeocoding.Options()
        geocoding.boundaries = BenchmarkPlace.geodata + "/desa.geojson"
        geocoding.codeField = "kode_desa"
        let times = try (0..<runs).map { _ in
            try clock.measure {
                _ = try PlaceFileGeocoding(options: geocoding, progress: progress)
                    .run(path: points, output: folder + "/keluar.csv")
            }.inSeconds
        }.sorted()
        report(
            "  1,000,000 points, CSV to CSV, boundaries read from GeoJSON: "
                + "\(times[runs / 2].short) s (goal: under 0.6)")
    }

    private static func options(seed: UInt64) -> RegistrySimulating.Options {
        var options = RegistrySimulating.Options()
        options.seed = seed
        return options
    }

    private static func measure(folder: String, seed: UInt64) throws -> [(String, Double)] {
        let clock = ContinuousClock()
        let progress = SilentProgress()
        var times: [(String, Double)] = []
        let path = folder + "/peta.sqlite"
        let criteria = folder + "/kriteria.json"
        var prepared: (PovertyDatabase, IdentitySeal)?
        times.append(
            (
                "init",
                try clock.measure {
                    let database = try PovertyDatabase.createOrOpen(at: path)
                    let key = try IdentityKey.createIfMissing(
                        file: URL(fileURLWithPath: path + ".key"))
                    try CriteriaFile.createIfMissing(path: criteria)
                    _ = try BoundaryImport(database: database)
                        .importOwnTracing(folder: BenchmarkPlace.geodata)
                    prepared = (database, IdentitySeal(key))
                }.inSeconds
            ))
        guard let (database, seal) = prepared else { return times }
        times.append(
            (
                "simulate",
                try clock.measure {
                    _ = try RegistrySimulating(database: database, progress: progress)
                        .run(options(seed: seed), folder: folder)
                }.inSeconds
            ))
        let files = SimulatedFiles(folder: folder)
        let date = CalendarDate("2026-02-28") ?? .unixEpoch
        let importing = RegistryImporting(database: database, seal: seal, progress: progress)
        times.append(
            (
                "import",
                try clock.measure {
                    _ = try importing.run(path: files.register, releaseDate: date)
                    _ = try importing.run(path: files.verval, releaseDate: date)
                }.inSeconds
            ))
        let geocoding = KeluargaGeocoding(database: database, seal: seal, progress: progress)
        times.append(
            (
                "geocode",
                try clock.measure {
                    for register in try geocoding.registers() {
                        _ = try geocoding.run(register: register)
                    }
                }.inSeconds
            ))
        times.append(
            (
                "precompute",
                try clock.measure {
                    _ = try ReleasePublication(
                        database: database, criteriaPath: criteria, progress: progress
                    ).run()
                }.inSeconds
            ))
        try database.close()
        return times
    }
}
