/// What the words mean that stand around a name, and the short forms inside it.
enum NameWord: Sendable {
    /// Desa, Ds., Kel.: says that a desa's name follows.
    case desa
    /// Dusun, Dsn.: a part of a desa.
    case dusun
    case kecamatan
    case kabupaten
    /// Provinsi and whatever stands behind a kabupaten.
    case provinsi
    /// RT, RW, Jl.: an address begins.
    case address
    /// Null, kosong, tidak: a cell that says nothing.
    case nothing
}

/// The points of the compass in Javanese, as they end the names of desa.
struct Directions: OptionSet, Sendable {
    let rawValue: UInt8

    static let kulon = Directions(rawValue: 1)
    static let wetan = Directions(rawValue: 2)
    static let lor = Directions(rawValue: 4)
    static let kidul = Directions(rawValue: 8)
    static let tengah = Directions(rawValue: 16)

    static let words: [(direction: Directions, word: StaticString)] = [
        (.kulon, "kulon"), (.wetan, "wetan"), (.lor, "lor"), (.kidul, "kidul"),
        (.tengah, "tengah"),
    ]
}

struct NameAbbreviations: Sendable {
    let words = WordTable<NameWord>(
        [
            ("desa", .desa), ("ds", .desa), ("dsa", .desa), ("des", .desa), ("desaa", .desa),
            ("kelurahan", .desa), ("kel", .desa), ("klrhn", .desa), ("klh", .desa),
            ("kelura", .desa), ("kelrhn", .desa), ("lurah", .desa), ("pemdes", .desa),
            ("pemerintah", .desa), ("kampung", .desa), ("kp", .desa), ("kades", .desa),
            ("dusun", .dusun), ("dsn", .dusun), ("dukuh", .dusun),
            ("kecamatan", .kecamatan), ("kec", .kecamatan), ("kcmtn", .kecamatan),
            ("kecam", .kecamatan), ("kc", .kecamatan), ("kcm", .kecamatan),
            ("camat", .kecamatan), ("kecmtn", .kecamatan),
            ("kabupaten", .kabupaten), ("kab", .kabupaten), ("kabup", .kabupaten),
            ("kbp", .kabupaten), ("provinsi", .provinsi), ("propinsi", .provinsi),
            ("prov", .provinsi), ("prop", .provinsi), ("jatim", .provinsi),
            ("indonesia", .provinsi),
            ("rt", .address), ("rw", .address), ("jl", .address), ("jln", .address),
            ("jalan", .address), ("no", .address), ("blok", .address),
            ("null", .nothing), ("nan", .nothing), ("none", .nothing), ("kosong", .nothing),
            ("na", .nothing), ("tidak", .nothing), ("belum", .nothing), ("nihil", .nothing),
        ])

    /// Each with what it costs to read it so; see `NameDistance` for the unit.
    let directions = WordTable<[(direction: Directions, cost: Float)]>(
        [
            ("k", [(.kulon, 2), (.kidul, 2)]), ("kl", [(.kulon, 0.5), (.kidul, 4.5)]),
            ("kln", [(.kulon, 0.5)]),
            ("klon", [(.kulon, 1)]), ("kul", [(.kulon, 0.5)]), ("kulo", [(.kulon, 1)]),
            ("kuln", [(.kulon, 1)]), ("kn", [(.kulon, 1.5)]), ("barat", [(.kulon, 1)]),
            ("brt", [(.kulon, 1.5)]), ("bar", [(.kulon, 2)]), ("b", [(.kulon, 3)]),
            ("kd", [(.kidul, 0.5)]), ("kdl", [(.kidul, 0.5)]), ("kid", [(.kidul, 0.5)]),
            ("kidl", [(.kidul, 1)]), ("kdul", [(.kidul, 1)]), ("ki", [(.kidul, 1)]),
            ("ku", [(.kulon, 1)]), ("selatan", [(.kidul, 1)]), ("slt", [(.kidul, 1.5)]),
            ("sel", [(.kidul, 1.5)]), ("s", [(.kidul, 3)]), ("sltn", [(.kidul, 1.5)]),
            ("w", [(.wetan, 1)]), ("wt", [(.wetan, 0.5)]), ("wtn", [(.wetan, 0.5)]),
            ("wet", [(.wetan, 0.5)]), ("weta", [(.wetan, 1)]), ("wtan", [(.wetan, 1)]),
            ("wetn", [(.wetan, 1)]), ("timur", [(.wetan, 1)]), ("tmr", [(.wetan, 1.5)]),
            ("tim", [(.wetan, 1.5)]), ("timor", [(.wetan, 2)]),
            ("l", [(.lor, 1)]), ("lr", [(.lor, 0.5)]), ("lo", [(.lor, 1)]),
            ("elor", [(.lor, 1)]), ("utara", [(.lor, 1)]), ("utr", [(.lor, 1.5)]),
            ("ut", [(.lor, 2)]), ("u", [(.lor, 3)]),
            ("t", [(.tengah, 2), (.wetan, 2)]), ("tg", [(.tengah, 0.5)]), ("tgh", [(.tengah, 0.5)]),
            ("tng", [(.tengah, 0.5)]), ("teng", [(.tengah, 0.5)]), ("ten", [(.tengah, 1)]),
            ("tngh", [(.tengah, 0.5)]), ("tengh", [(.tengah, 1)]), ("tgah", [(.tengah, 1)]),
            ("madya", [(.tengah, 2)]),
        ])

    /// Words that begin many names, cut short.
    let beginnings = WordTable<StaticString>(
        [
            ("sbr", "sumber"), ("smbr", "sumber"), ("sb", "sumber"), ("sumb", "sumber"),
            ("smb", "sumber"), ("sumbr", "sumber"), ("krg", "karang"), ("kr", "karang"),
            ("krng", "karang"), ("kar", "karang"), ("kdg", "kedung"), ("kd", "kedung"),
            ("ked", "kedung"), ("kdng", "kedung"), ("tj", "tanjung"), ("tjg", "tanjung"),
            ("tg", "tanjung"), ("tgl", "tegal"), ("teg", "tegal"), ("gn", "gunung"),
            ("gng", "gunung"), ("gg", "gunung"), ("g", "gunung"), ("gun", "gunung"),
            ("wn", "wono"), ("bj", "banjar"), ("bjr", "banjar"),
            ("rd", "randu"), ("pd", "pondok"), ("pdk", "pondok"), ("al", "alas"), ("als", "alas"),
            ("jb", "jabung"), ("ps", "poh"), ("cr", "curah"), ("crh", "curah"), ("kl", "kali"),
            ("kdj", "kandangjati"), ("kdjati", "kandangjati"), ("kj", "kandangjati"),
            ("b", "banyuanyar"), ("by", "banyuanyar"), ("ba", "banyuanyar"),
        ])
}
