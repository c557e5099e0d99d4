internal import CSodium

/// Encrypts records and derives linking keys.
///
/// XChaCha20-Poly1305 (libsodium): a random nonce for each record, and the record's id as
/// associated data, so that a sealed record cannot be moved to another family unnoticed.
public struct IdentitySeal: Sendable {
    private let key: IdentityKey

    public init(_ key: IdentityKey) {
        self.key = key
    }

    /// Nonce, ciphertext and tag: 40 bytes more than `plain`.
    public func seal(_ plain: some Collection<UInt8>, id: Int64) -> [UInt8] {
        let nonce = Sodium.randomBytes(Sodium.nonceCount)
        let plain = Array(plain)
        let associated = Self.bytes(of: id)
        var cipher: [UInt8] = Array(repeating: 0, count: plain.count + Sodium.tagCount)
        _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
            &cipher, nil, plain, UInt64(plain.count), associated, UInt64(associated.count), nil,
            nonce, key.sealing)
        return nonce + cipher
    }

    /// The plain bytes; nil when the key, the id or a byte is wrong.
    public func open(_ sealed: some Collection<UInt8>, id: Int64) -> [UInt8]? {
        guard sealed.count >= Sodium.nonceCount + Sodium.tagCount else { return nil }
        let nonce = Array(sealed.prefix(Sodium.nonceCount))
        let cipher = Array(sealed.dropFirst(Sodium.nonceCount))
        let associated = Self.bytes(of: id)
        var plain: [UInt8] = Array(repeating: 0, count: cipher.count - Sodium.tagCount)
        let code = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &plain, nil, nil, cipher, UInt64(cipher.count), associated, UInt64(associated.count),
            nonce, key.sealing)
        return code == 0 ? plain : nil
    }

    /// HMAC-SHA-256 of `secret`, cut to 16 bytes: the same family has the same key in each file.
    public func linkingKey(of secret: String) -> [UInt8] {
        var digest: [UInt8] = Array(repeating: 0, count: Int(crypto_auth_hmacsha256_bytes()))
        let bytes = Array(secret.utf8)
        _ = crypto_auth_hmacsha256(&digest, bytes, UInt64(bytes.count), key.linking)
        return Array(digest.prefix(16))
    }

    private static func bytes(of id: Int64) -> [UInt8] {
        withUnsafeBytes(of: id.littleEndian) { Array($0) }
    }
}

/// The few calls of libsodium, in one place.
enum Sodium {
    /// False when libsodium cannot find a source of randomness.
    static let isReady = sodium_init() >= 0

    static let nonceCount = Int(crypto_aead_xchacha20poly1305_ietf_npubbytes())
    static let tagCount = Int(crypto_aead_xchacha20poly1305_ietf_abytes())

    static func randomBytes(_ count: Int) -> [UInt8] {
        precondition(isReady, "libsodium found no source of randomness")
        var bytes: [UInt8] = Array(repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }

    static func derivedKey(_ number: UInt64, from master: [UInt8]) -> [UInt8] {
        var key: [UInt8] = Array(repeating: 0, count: IdentityKey.byteCount)
        _ = crypto_kdf_derive_from_key(&key, key.count, number, "petakeys", master)
        return key
    }
}

/// The SHA-256 of bytes fed in pieces.
public struct SHA256Digest {
    private var state = crypto_hash_sha256_state()

    public init() {
        crypto_hash_sha256_init(&state)
    }

    public mutating func update(_ bytes: some Collection<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable {
            _ = crypto_hash_sha256_update(&state, $0.baseAddress, UInt64($0.count))
        }
        if done == nil {
            let copy = Array(bytes)
            _ = crypto_hash_sha256_update(&state, copy, UInt64(copy.count))
        }
    }

    /// 64 hexadecimal digits.
    public mutating func finish() -> String {
        var digest: [UInt8] = Array(repeating: 0, count: Int(crypto_hash_sha256_bytes()))
        crypto_hash_sha256_final(&state, &digest)
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    public static func of(_ bytes: some Collection<UInt8>) -> String {
        var digest = SHA256Digest()
        digest.update(bytes)
        return digest.finish()
    }
}
