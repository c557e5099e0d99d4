internal import ArgumentParser
internal import Foundation
internal import Pipeline
internal import SpatialStore

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make the key that encrypts identities, or replace it.",
        subcommands: [New.self, Rotate.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Write a new random key, which only its owner may read.",
            discussion: "Keep a copy apart from the database: without it nothing opens again.")

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var key: KeyOptions

        func run() throws {
            let file = key.file(for: database.database)
            _ = try IdentityKey.create(file: file)
            print("Key written: \(file.path). Keep a copy of it apart from the database.")
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "Encrypt everything with a new key, which takes the old one's place.",
            discussion: """
                In one transaction. The old key opens nothing afterwards, but copies of the \
                database made before still open with it.
                """)

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var key: KeyOptions

        func run() throws {
            let store = try database.open()
            let old = try key.load(for: store)
            let count = try KeyRotating(database: store, progress: TerminalProgress())
                .run(old: old, file: key.file(for: store.path))
            print("\(SummaryTable.grouped(count)) rows encrypted with the new key.")
        }
    }
}
