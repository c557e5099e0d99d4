/// Other ways to cut a cell, tried when the plain one decides nothing.
extension NameIndex {
    func secondReading(
        _ text: NameText,
        _ reading: NameReading,
        under written: KecamatanReading,
        first: Weighing
    ) -> Weighing {
        var best = first
        splitKecamatan(text, reading, under: written, &best)
        if best.isDecided { return best }
        if reading.words.lowerBound > 0 || reading.words.upperBound < text.wordCount {
            // "Kec ik": a blank has made a word of the name's beginning.
            var whole = NameReading()
            whole.letters = NameReader.joined(text, 0..<text.wordCount).letters
            replace(&best, by: weigh(whole, under: written))
            if best.isDecided { return best }
        }
        dropGluedKind(reading, under: written, &best)
        if best.isDecided { return best }
        reorder(text, reading, under: written, &best)
        return best
    }

    /// "Klenang Kidul Banyuanyar", "Besuk/Bago": both names in the cell, in either order.
    private func splitKecamatan(
        _ text: NameText,
        _ reading: NameReading,
        under written: KecamatanReading,
        _ best: inout Weighing
    ) {
        let words = reading.words
        if words.count >= 2 {
            for cut in words.lowerBound + 1..<words.upperBound {
                let front = words.lowerBound..<cut
                let back = cut..<words.upperBound
                take(text, name: front, kecamatan: back, under: written, &best)
                take(text, name: back, kecamatan: front, under: written, &best)
            }
        }
        if best.isDecided { return }
        let letters = reading.letters
        for kecamatan in kecamatanKeys.letters where letters.count >= kecamatan.count + 4 {
            if letters.hasSuffix(kecamatan) {
                take(letters.prefix(letters.count - kecamatan.count), kecamatan, written, &best)
            }
            if letters.hasPrefix(kecamatan) {
                take(letters.dropFirst(kecamatan.count), kecamatan, written, &best)
            }
        }
    }

    private func take(
        _ text: NameText,
        name: Range<Int>,
        kecamatan: Range<Int>,
        under written: KecamatanReading,
        _ best: inout Weighing
    ) {
        let (letters, isOld) = NameReader.joined(text, kecamatan)
        guard letters.count >= 4 else { return }
        let inner = evidence(letters, isOldSpelling: isOld, isStrict: true)
        guard inner.leastCost < 5, agrees(inner, written) else { return }
        let reading = reader.readName(text, name)
        replaceIfAgreeing(&best, by: weigh(reading, under: inner))
    }

    private func take(
        _ name: NameLetters,
        _ kecamatan: NameLetters,
        _ written: KecamatanReading,
        _ best: inout Weighing
    ) {
        let inner = evidence(kecamatan, isOldSpelling: false)
        guard agrees(inner, written) else { return }
        var reading = NameReading()
        reading.letters = name
        replaceIfAgreeing(&best, by: weigh(reading, under: inner))
    }

    private func agrees(_ inner: KecamatanReading, _ written: KecamatanReading) -> Bool {
        written.isEmpty || inner.best == written.best
    }

    /// "Desaklenang", "Kelpatokan", "Dess Klenang": the word for the kind stuck to the name, or
    /// misspelt.
    private func dropGluedKind(
        _ reading: NameReading,
        under written: KecamatanReading,
        _ best: inout Weighing
    ) {
        for kind in reader.gluedKinds {
            guard reading.letters.count >= kind.count + 4, reading.letters.hasPrefix(kind)
            else { continue }
            var rest = NameReading()
            rest.letters = reading.letters.dropFirst(kind.count)
            replace(&best, by: weigh(rest, under: written))
            if best.isDecided { return }
        }
    }

    /// "Kidul Klenang", and "Dess Klenang", whose first word is no word we know.
    private func reorder(
        _ text: NameText,
        _ reading: NameReading,
        under written: KecamatanReading,
        _ best: inout Weighing
    ) {
        let words = reading.words
        guard words.count >= 2 else { return }
        let first = words.lowerBound
        if reader.isLikeKind(text, first) {
            let rest = reader.readName(text, first + 1..<words.upperBound)
            replace(&best, by: weigh(rest, under: written))
            if best.isDecided { return }
        }
        guard words.count == 2 else { return }
        var turned = NameReading()
        turned.letters = NameReader.joined(text, first + 1..<first + 2).letters
        let front = NameReader.joined(text, first..<first + 1).letters
        for index in 0..<front.count { turned.letters.append(front[index]) }
        if desaKeys.index(of: turned.letters) != nil {
            replace(&best, by: weigh(turned, under: written))
        }
    }

    /// Two names in one cell must belong together: Sumbertaman is not Taman in Sumber.
    private func replaceIfAgreeing(_ best: inout Weighing, by other: Weighing) {
        if !other.contradicts { replace(&best, by: other) }
    }

    private func replace(_ best: inout Weighing, by other: Weighing) {
        if other.isDecided, !best.isDecided || other.bestWeight > best.bestWeight { best = other }
    }
}
