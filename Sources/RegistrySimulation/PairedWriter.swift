internal import PovertyModel

/// Writes a family into a registry, mistakes included.
struct PairedWriter {
    let population: PairedPopulation
    let rates: PairedRates

    /// One row, in a few cases two.
    func rows(
        of family: PairedFamily,
        _ layout: PairedLayout,
        registry: Int,
        _ generator: inout SeededGenerator
    ) -> [PairedRow] {
        let count = generator.happens(rates.duplicated) ? 2 : 1
        return (0..<count).map { _ in row(of: family, layout, registry: registry, &generator) }
    }

    private func row(
        of family: PairedFamily,
        _ layout: PairedLayout,
        registry: Int,
        _ generator: inout SeededGenerator
    ) -> PairedRow {
        // Everything is drawn for every layout, so that a layout changes nothing but what it lacks.
        let nik = number(family.nik, rates.nikMissing, rates.nikWrong, &generator)
        let card = number(family.card, rates.cardMissing, rates.cardWrong, &generator)
        let date = birthDate(of: family, &generator)
        let isWoman = sex(of: family, &generator)
        let words =
            generator.happens(rates.nameOther)
            ? population.otherName(isWoman: family.isWoman, &generator) : family.words
        let hasPerson = layout != .dtsenFamiliesOnly
        return PairedRow(
            family: family.number,
            nik: hasPerson ? nik : nil,
            cardNumber: layout == .p3ke ? nil : card,
            registerNumber: layout == .p3ke
                ? population.registerNumber(family.number, registry: registry) : nil,
            headName: PairedMistakes.name(
                words, isWoman: family.isWoman, rates, &generator),
            birthDate: hasPerson ? date : nil,
            isWoman: hasPerson ? isWoman : nil,
            desa: desa(of: family, &generator),
            address: address(of: family, registry: registry, &generator)
        )
    }

    private func number(
        _ number: UInt64,
        _ missing: Double,
        _ wrong: Double,
        _ generator: inout SeededGenerator
    ) -> UInt64? {
        if generator.happens(missing) { return nil }
        return generator.happens(wrong) ? PairedMistakes.number(number, &generator) : number
    }

    private func birthDate(
        of family: PairedFamily, _ generator: inout SeededGenerator
    ) -> CalendarDate? {
        if generator.happens(rates.dateMissing) { return nil }
        return generator.happens(rates.dateWrong)
            ? PairedMistakes.date(family.birthDate, &generator) : family.birthDate
    }

    private func sex(of family: PairedFamily, _ generator: inout SeededGenerator) -> Bool? {
        if generator.happens(rates.sexMissing) { return nil }
        return generator.happens(rates.sexWrong) ? !family.isWoman : family.isWoman
    }

    private func desa(of family: PairedFamily, _ generator: inout SeededGenerator) -> DesaCode? {
        if generator.happens(rates.desaMissing) { return nil }
        return population.code(
            of: generator.happens(rates.desaWrong)
                ? population.neighbour(of: family.desa, &generator) : family.desa)
    }

    /// `DUSUN KRAJAN RT 003 RW 001` or `DSN. KRAJAN RT.03/RW.01`: habits of registry and clerk.
    private func address(
        of family: PairedFamily, registry: Int, _ generator: inout SeededGenerator
    ) -> String {
        if generator.happens(rates.addressMissing) { return "" }
        var dusun = population.dusunName(family.dusun, of: family.desa)
        if generator.happens(rates.dusunMisspelt) {
            dusun = PairedMistakes.misspelt(dusun, &generator)
        }
        var (rt, rw) = (family.rt, family.rw)
        if generator.happens(rates.neighbourhoodWrong) {
            if generator.happens(0.5) { rt = generator.integer(in: 1...30) } else { rw += 1 }
        }
        let isShort = rates != .none && generator.happens(registry == 1 ? 0.2 : 0.6)
        var text = Array((isShort ? "DSN. " : "DUSUN ").utf8) + dusun
        text += Array((isShort ? " RT." : " RT ").utf8)
        text.appendDecimal(UInt64(rt), width: isShort ? 2 : 3)
        text += Array((isShort ? "/RW." : " RW ").utf8)
        text.appendDecimal(UInt64(rw), width: isShort ? 2 : 3)
        return String(decoding: text, as: UTF8.self)
    }
}
