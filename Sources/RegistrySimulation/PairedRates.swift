/// How often two registries tell different things of one family.
///
/// No source gives these rates for Indonesian registers. `usual` is assumed, on the side of more
/// errors rather than fewer; the kinds are those that verval sheets and P3KE's own
/// "Prioritas Verval" (NIK kosong, keluarga duplikat) name.
public struct PairedRates: Sendable, Hashable {
    // What changed between the two registries, of 1 family in both.

    /// Families of each registry that the other does not hold.
    public var onlyInOne = 0.20
    /// To another desa, half of them within the kecamatan; half get a new No KK.
    public var moved = 0.03
    /// The head died: spouse or child is head now; half get a new No KK.
    public var otherHead = 0.015
    /// A child's family has left it; 3 in 10 of those still write the old No KK.
    public var split = 0.02
    /// A new No KK for another reason.
    public var newCard = 0.05
    /// RT and RW were numbered anew.
    public var newNeighbourhood = 0.05

    // Errors of each row, in each registry, independent of each other.

    /// One letter (in 3 of 10: two) dropped, doubled, exchanged or replaced, or a sound written
    /// otherwise (Z and J, F and P, OE and U).
    public var nameMisspelt = 0.12
    /// `H.`, `HJ.`, `ALM.` or a degree.
    public var nameTitled = 0.03
    /// The first word cut to its letter.
    public var nameInitial = 0.03
    public var nameWordMissing = 0.015
    public var nameWordsExchanged = 0.01
    public var nameWordsJoined = 0.01
    /// A wholly different name: nickname, name of the spouse.
    public var nameOther = 0.005
    public var nikMissing = 0.05
    /// One digit is another, or two neighbours are exchanged; of No KK likewise.
    public var nikWrong = 0.03
    public var cardMissing = 0.02
    public var cardWrong = 0.02
    public var dateMissing = 0.01
    /// Day and month exchanged, a digit another, the year one off.
    public var dateWrong = 0.03
    public var sexMissing = 0.01
    public var sexWrong = 0.003
    public var desaMissing = 0.015
    /// Another desa of the kecamatan.
    public var desaWrong = 0.005
    public var addressMissing = 0.03
    public var dusunMisspelt = 0.05
    public var neighbourhoodWrong = 0.03
    /// The row stands twice, each with its own errors.
    public var duplicated = 0.005

    public static let usual = PairedRates()

    /// Two registries that hold the same rows.
    public static let none = {
        var rates = PairedRates()
        for path in paths { rates[keyPath: path] = 0 }
        return rates
    }()

    private static var paths: [WritableKeyPath<PairedRates, Double>] {
        [
            \.onlyInOne, \.moved, \.otherHead, \.split, \.newCard, \.newNeighbourhood,
            \.nameMisspelt, \.nameTitled, \.nameInitial, \.nameWordMissing, \.nameWordsExchanged,
            \.nameWordsJoined, \.nameOther, \.nikMissing, \.nikWrong, \.cardMissing, \.cardWrong,
            \.dateMissing, \.dateWrong, \.sexMissing, \.sexWrong, \.desaMissing, \.desaWrong,
            \.addressMissing, \.dusunMisspelt, \.neighbourhoodWrong, \.duplicated,
        ]
    }

    private init() {}

    func check() {
        for path in Self.paths {
            precondition(
                (0..<1).contains(self[keyPath: path]), "\(self[keyPath: path]) is no share")
        }
    }
}
