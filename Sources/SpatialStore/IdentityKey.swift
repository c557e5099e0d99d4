internal import CSodium
public import Foundation

/// The secret that opens identities in the database; it lies outside the database.
///
/// One random master of 32 bytes gives two keys (libsodium's `crypto_kdf`): one that encrypts
/// records, one that turns numbers such as No KK into keys for linking.
public struct IdentityKey: Sendable {
    let sealing: [UInt8]
    let linking: [UInt8]
    /// Where it was read, for messages.
    public let origin: String

    static let byteCount = 32
    /// The environment variable that may hold the key instead of a file.
    public static let environmentVariable = "PETA_KEY"

    private init?(hexadecimal: String, origin: String) {
        let digits = Array(hexadecimal.utf8.filter { $0 > 0x20 })
        guard digits.count == 2 * Self.byteCount, Sodium.isReady else { return nil }
        var master: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index...index + 1], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return nil }
            master.append(byte)
        }
        sealing = Sodium.derivedKey(1, from: master)
        linking = Sodium.derivedKey(2, from: master)
        self.origin = origin
    }

    /// Reads the key of the environment, or else of `file`, which only its owner may read.
    public static func load(file: URL) throws(StoreError) -> IdentityKey {
        if let text = ProcessInfo.processInfo.environment[environmentVariable] {
            guard let key = IdentityKey(hexadecimal: text, origin: environmentVariable) else {
                throw .keyUnreadable(path: environmentVariable)
            }
            return key
        }
        let path = file.path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let permissions = (attributes[.posixPermissions] as? NSNumber)?.intValue
        else { throw .keyMissing(path: path) }
        guard permissions & 0o077 == 0 else { throw .keyOpenToOthers(path: path) }
        guard let text = try? String(contentsOf: file, encoding: .utf8),
            let key = IdentityKey(hexadecimal: text, origin: path)
        else { throw .keyUnreadable(path: path) }
        return key
    }

    /// Writes a new random key to `file` (mode 0600); an existing file is kept and read.
    public static func createIfMissing(file: URL) throws(StoreError) -> IdentityKey {
        if !isInEnvironment, !FileManager.default.fileExists(atPath: file.path) {
            return try create(file: file)
        }
        return try load(file: file)
    }

    /// The environment gives the key, so that no file is asked.
    public static var isInEnvironment: Bool {
        ProcessInfo.processInfo.environment[environmentVariable] != nil
    }

    /// Writes a new random key to `file` (mode 0600), which must not exist.
    public static func create(file: URL) throws(StoreError) -> IdentityKey {
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw .keyExists(path: file.path)
        }
        let text = Sodium.randomBytes(byteCount).map(hexadecimal).joined()
        let isWritten = FileManager.default.createFile(
            atPath: file.path,
            contents: Data((text + "\n").utf8),
            attributes: [.posixPermissions: NSNumber(value: 0o600)])
        guard isWritten, let key = IdentityKey(hexadecimal: text, origin: file.path) else {
            throw .cannotWrite(path: file.path, reason: "the key file was not created")
        }
        return key
    }

    /// What a database notes of the key it is written with.
    var mark: String {
        IdentitySeal(self).linkingKey(of: "peta key check")
            .map { String($0, radix: 16) }.joined(separator: "-")
    }

    /// Where a rotation writes the new key before it takes the old one's place.
    public static func fileInWaiting(_ file: URL) -> URL {
        file.appendingPathExtension("new")
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}
