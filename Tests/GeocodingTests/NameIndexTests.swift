import PovertyModel
import TestSupport
import Testing

@testable import Geocoding

@Suite("Names of desa as they are written")
struct NameIndexTests {
    static let desa: [Desa] = (try? GazetteerSample.desa()) ?? []
    static let index = NameIndex(desa)

    static func find(_ name: String, in kecamatan: String) -> Int? {
        desa.firstIndex { $0.name == name && $0.kecamatanName == kecamatan }
    }

    func match(_ desaName: String, _ kecamatanName: String = "") -> NameMatch {
        Self.index.match(desaName: desaName, kecamatanName: kecamatanName)
    }

    @Test("the gazetteer is there")
    func gazetteer() {
        #expect(Self.desa.count == 330)
    }

    @Test(
        "a name is found however it is written",
        arguments: [
            ("Klenangkidul", "Banyuanyar"), ("DESA KLENANG KIDUL", "KEC. BANYUANYAR"),
            ("Ds. KlenangKidul", ""), ("Klenang Kdl.", "Banyu Anyar"),
            ("Klenang Selatan", "Banyuanyar"), ("Klenang Kidoel", "Banjoeanjar"),
            ("Klneang Kidul", "Banyuanyar"), ("K1enang Kidu1", "Banyuanyar"),
            ("KLENANG-KIDUL", "Banyuanyar, Kab. Probolinggo"), ("Kidul Klenang", "Banyuanyar"),
            ("Desa Klenang Kidul Kecamatan Banyuanyar", ""), ("klenangkidulbanyuanyar", ""),
            ("Klenang Kidul / Banyuanyar", "-"), ("Kec. Banyuanyar Ds. Klenang Kidul", ""),
            ("Klenang Kidul RT 03 RW 01", "Banyuanyar"), ("Klenang Kidul", "Bantaran"),
            ("Klénang Kïdul", "null"), ("DesaKlenangKidul", "Banyuanyar"),
        ])
    func found(_ name: String, _ kecamatan: String) throws {
        let truth = try #require(Self.find("Klenangkidul", in: "Banyuanyar"))
        #expect(match(name, kecamatan).outcome == .one(truth))
    }

    @Test("points of the compass are never taken for each other")
    func directions() throws {
        let kulon = try #require(Self.find("Liprak Kulon", in: "Banyuanyar"))
        let kidul = try #require(Self.find("Liprak Kidul", in: "Banyuanyar"))
        let wetan = try #require(Self.find("Liprak Wetan", in: "Banyuanyar"))
        #expect(match("Liprak Kln", "Banyuanyar").outcome == .one(kulon))
        #expect(match("Liprak Kid.", "Banyuanyar").outcome == .one(kidul))
        #expect(match("Liprak Timur", "Banyuanyar").outcome == .one(wetan))
        guard case .ambiguous(let both) = match("Liprak K.", "Banyuanyar").outcome else {
            Issue.record("K. is kulon or kidul")
            return
        }
        #expect(Set(both).isSuperset(of: [kulon, kidul]))
        #expect(!both.contains(wetan))
        guard case .ambiguous(let all) = match("Liprak", "Banyuanyar").outcome else {
            Issue.record("Liprak alone is three desa")
            return
        }
        #expect(Set(all) == [kulon, kidul, wetan])
    }

    @Test("two desa of one name are ambiguous until the kecamatan tells")
    func namesakes() throws {
        let kraksaan = try #require(Self.find("Patokan", in: "Kraksaan"))
        let bantaran = try #require(Self.find("Patokan", in: "Bantaran"))
        let alone = match("Patokan")
        #expect(alone.outcome == .ambiguous([bantaran, kraksaan]))
        #expect(alone.kecamatan == .none)
        #expect(alone.candidates.allSatisfy { abs($0.probability - 0.5) < 0.01 })
        #expect(match("Patokan", "Kraksaan").outcome == .one(kraksaan))
        #expect(match("Patoakn", "Bantran").outcome == .one(bantaran))
        #expect(match("Patokan", "Kraksaan").kecamatan == .agrees)
    }

    @Test("a desa is found under another kecamatan of ours, and the contradiction is told")
    func contradiction() throws {
        let truth = try #require(Self.find("Sapikerep", in: "Sukapura"))
        let found = match("Sapikerep", "Paiton")
        #expect(found.outcome == .one(truth))
        #expect(found.kecamatan == .contradicts)
    }

    @Test("a kecamatan elsewhere refuses even a name of ours")
    func foreignKecamatan() {
        let found = match("Karanganyar", "Pungging")
        #expect(found.outcome == .foreign)
        #expect(found.kecamatan == .foreign)
        if case .one = match("Sumberagung", "Kec. Plumpang").outcome { Issue.record("Plumpang") }
        #expect(match("Paiton", "Paiton Kab. Situbondo").outcome == .foreign)
        #expect(match("Banjarsari", "Kota Probolinggo").outcome == .foreign)
    }

    @Test("a number after the name is another place")
    func numbers() {
        for name in ["Sentul II", "Sentul 2", "Sentul III"] {
            if case .one = match(name, "Gading").outcome { Issue.record("\(name)") }
        }
    }

    @Test(
        "what holds no name is unknown", arguments: ["", " ", "-", "null", "...", "Desa", "RT 01"])
    func nothing(_ name: String) {
        let found = match(name)
        #expect(found.outcome == .unknown || found.outcome == .foreign)
        #expect(found.candidates.isEmpty)
    }

    @Test("any bytes are taken", arguments: [UInt64(20)])
    func anyBytes(_ seed: UInt64) {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            let length = Int.random(in: 0..<150, using: &generator)
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let found = bytes.withUnsafeBufferPointer { Self.index.match(desa: $0, kecamatan: $0) }
            let sum = found.candidates.reduce(0) { $0 + $1.probability }
            #expect(sum <= 1 + 1e-9)
            #expect(found.candidates.count <= 8)
        }
        let long = String(repeating: "Sumber ", count: 10_000)
        #expect(match(long, long).candidates.count <= 8)
    }

    @Test("probabilities fall, and a decision is the first")
    func order() {
        var damaged = DamagedNames(Self.desa, seed: 4)
        for _ in 0..<500 {
            guard let made = damaged.make(.twice, withKecamatan: true) else { continue }
            let found = match(made.desaName, made.kecamatanName)
            let falling = found.candidates.map(\.probability)
            #expect(falling == falling.sorted(by: >))
            if case .one(let index) = found.outcome {
                #expect(found.candidates.first?.index == index)
                #expect(falling[0] >= 0.6)
            }
        }
    }

    @Test("an index of six desa works as one of many")
    func small() {
        let index = NameIndex(Fixture.desa)
        #expect(index.match(desaName: "Ds. Wanarekaa", kecamatanName: "").outcome == .one(4))
        #expect(index.match(desaName: "OPO-OPO", kecamatanName: "Sumberreka").outcome == .one(5))
        #expect(index.match(desaName: "Soka Lor", kecamatanName: "").outcome == .one(1))
        #expect(
            index.match(desaName: "Tamansari", kecamatanName: "").outcome == .ambiguous([0, 3]))
        #expect(
            index.match(desaName: "Tamansari", kecamatanName: "Karangreka").outcome == .one(0))
    }

    @Test("a slip costs the same wherever the rest is alike, and nothing costs nothing")
    func distance() {
        func letters(_ word: StaticString) -> NameLetters {
            var letters = NameLetters()
            letters.append(word)
            return letters
        }
        let distance = NameDistance()
        func cost(_ written: StaticString, _ name: StaticString) -> Float {
            distance.cost(
                of: letters(written), from: letters(name), isOldSpelling: false, limit: 100)
        }
        #expect(cost("paiton", "paiton") == 0)
        #expect(cost("paitno", "paiton") == NameDistance.swap)
        #expect(cost("apiton", "paiton") == NameDistance.swap)
        #expect(cost("paitton", "paiton") == NameDistance.doubling)
        #expect(cost("paitton", "paiton") == cost("ppaiton", "paiton"))
        #expect(cost("klenangkidol", "klenangkidul") == cost("kolon", "kulon"))
        #expect(cost("rnaron", "maron") == NameDistance.merging)
        #expect(cost("klenangkulon", "klenangkidul") > 2 * cost("klenangkidl", "klenangkidul"))
        #expect(cost("sumberkedaw", "sumberkedawung") < cost("sumberawung", "sumberkedawung"))
        #expect(cost("roto", "boto") > cost("buto", "boto"))
    }

    @Test("an index of nothing refuses everything")
    func empty() {
        let none = NameIndex([])
        #expect(none.match(desaName: "Paiton", kecamatanName: "").candidates.isEmpty)
        if case .one = none.match(desaName: "Paiton", kecamatanName: "Paiton").outcome {
            Issue.record("there is no desa to find")
        }
    }
}
