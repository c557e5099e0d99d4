/// What a written desa and kecamatan lead to.
public struct NameMatch: Hashable, Sendable {
    public struct Candidate: Hashable, Sendable {
        /// Into the desa that the index was built from.
        public let index: Int
        /// That the writing means this desa, given the writing.
        public let probability: Double
    }

    /// The likeliest desa, best first, at most eight; what lacks to 1 is another place, or none.
    public let candidates: [Candidate]
    public let kecamatan: KecamatanEvidence
    public let outcome: NameOutcome
}

/// How the written kecamatan stands to the likeliest desa.
public enum KecamatanEvidence: Hashable, Sendable {
    /// Nothing is written.
    case none
    case agrees
    /// It names another kecamatan of ours.
    case contradicts
    /// It names no kecamatan of ours.
    case foreign
}

/// What a name means; indices are into the desa that the index was built from.
public enum NameOutcome: Hashable, Sendable {
    case one(Int)
    /// Several desa may be meant, or one of ours as well as a place elsewhere.
    case ambiguous([Int])
    /// A place outside of the kabupaten.
    case foreign
    /// Nothing is written that could be a name.
    case unknown
}
