internal import ArgumentParser
internal import Pipeline
internal import SpatialStore

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Create the database and load boundaries and gazetteer into it.",
        discussion: """
            Writes a key file and kriteria.json beside the database unless they are there. Run \
            again, it loads the boundaries anew and keeps everything else.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var key: KeyOptions

    @Option(name: .long, help: "The folder with desa.geojson and gazetteer.csv.")
    var geodata = "geodata"

    func run() throws {
        let store = try PovertyDatabase.createOrOpen(at: database.database)
        try store.bind(IdentityKey.createIfMissing(file: key.file(for: database.database)))
        try CriteriaFile.createIfMissing(path: database.criteriaPath)
        let summary = try BoundaryImport(database: store).importOwnTracing(folder: geodata)
        print(summary.table.text)
    }
}
