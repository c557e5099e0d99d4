import TestSupport
import Testing

@testable import SocialRegistry

struct HeaderNamesTests {
    private static let names = HeaderNames.known
    private static let written: [String] = Set(
        RegistryLayout.Subject.allCases.flatMap { subject in
            RegistryField.allCases.flatMap { $0.spellings(in: subject) }
        } + RegistryLayout.all.flatMap { $0.signature + $0.excluded }
    ).sorted()

    @Test("every spelling is a name of its own, however it is written")
    func spellings() {
        let numbers = Self.written.map { Self.names.number(at: Self.names.place(after: $0)) }
        #expect(!numbers.contains(nil))
        #expect(Set(numbers).count == Self.written.count)
        for (name, number) in zip(Self.written, numbers) {
            let loud = " \u{A0}" + name.uppercased().replacing(" ", with: "_/ ") + " ("
            #expect(Self.names.number(at: Self.names.place(after: loud)) == number, "\(loud)")
        }
    }

    @Test("a text is a name when it is one after reduction, and no other is")
    func agreesWithReduction() {
        let seed: UInt64 = 7
        var generator = SeededGenerator(seed: seed)
        let known = Set(Self.written)
        let scalars = Array("ak19 _/é\u{212A}\u{130}\u{301}\u{2028}ßK,".unicodeScalars)
        var found = 0
        for _ in 0..<20_000 {
            guard let name = Self.written.randomElement(using: &generator) else { continue }
            var text = Array(name.unicodeScalars)
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let place = Int.random(in: 0...text.count, using: &generator)
                text.insert(
                    contentsOf: [scalars.randomElement(using: &generator) ?? "x"], at: place)
                if Bool.random(using: &generator) {
                    text.remove(at: Int.random(in: 0..<text.count, using: &generator))
                }
            }
            var string = ""
            string.unicodeScalars.append(contentsOf: text)
            let isKnown = known.contains(RegistryHeader.reduced(string))
            found += isKnown ? 1 : 0
            let number = Self.names.number(at: Self.names.place(after: string))
            #expect((number != nil) == isKnown, "seed \(seed): \(string)")
        }
        #expect(found > 5_000 && found < 15_000, "\(found)")
    }

    @Test("a name in pieces is the whole name, wherever between two words it is cut")
    func pieces() {
        for name in Self.written {
            let words = name.split(separator: " ").map(String.init)
            let whole = Self.names.place(after: name)
            for cut in 0...words.count {
                let upper = Self.names.place(after: words[..<cut].joined(separator: "-"))
                let lower = Array(words[cut...].joined(separator: "\n").utf8)
                let place = lower.withUnsafeBufferPointer {
                    Self.names.place(after: $0, from: upper)
                }
                #expect(place == whole, "\(name), \(cut)")
            }
        }
    }

    @Test("bytes that are no UTF-8 separate words")
    func damaged() {
        let bytes: [UInt8] = Array("kode".utf8) + [0xFF, 0xC3] + Array("desa".utf8)
        let place = bytes.withUnsafeBufferPointer { Self.names.place(after: $0) }
        #expect(place == Self.names.place(after: "kode desa"))
        #expect(Self.names.number(at: Self.names.place(after: "kodedesa")) == nil)
    }
}
