internal import Foundation
public import PovertyModel

/// Finds the desa that a written name means, however it is written.
///
/// A noisy channel: each desa is as likely as the next, `NameDistance` says how likely a hand
/// writes its name so, `NameElements` how likely a place elsewhere is called so, and the written
/// kecamatan weighs both. What is not clearly one desa is not decided.
///
/// Built once, then read by any number of tasks; a match allocates nothing but its candidates.
public struct NameIndex: Sendable {
    /// The chances that the weighing starts from, and the limit of a decision.
    enum Chance {
        /// That a row names a place elsewhere.
        static let foreign = 0.2
        /// That a desa of ours is written under another kecamatan of ours.
        static let otherKecamatan = 0.05
        /// That a desa of ours is written under a kecamatan elsewhere.
        static let foreignKecamatan = 1e-6
        /// That a place elsewhere is written under a kecamatan of ours.
        static let ourKecamatanElsewhere = 0.15
        /// That, with a name of ours and no kecamatan against it, another place is meant.
        static let namesake = 0.02
        /// What a decision needs against all other readings, and against our other desa.
        static let decision = 0.6
        static let decisionAmongOurs = 0.75
        /// The same for a desa of another kecamatan than the written one.
        static let decisionAgainstKecamatan = 0.9
        /// Kecamatan are few, so a well-formed name is likelier one of them than its letters say.
        static let kecamatanSharpness = 0.7
        static let desaSharpness = 0.8
        /// That a desa elsewhere bears a given name of ours: one in 5,000 in East Java.
        static let sharedName = 2e-4
        /// What costs more than one slip counts so much once more: a hand that slips twice in a
        /// name is rarer than the product says.
        static let furtherSlips = 1.0
        static let oneSlip = 5.0
        /// A place elsewhere comes near to a desa and to its kecamatan by no accident: slips in
        /// a kecamatan count less where it agrees with the desa.
        static let ownKecamatanSlips = 0.6
        /// What a slip costs besides, in nats, where the writing is the right name of a desa.
        static let besideExact: Float = 2.5
        /// A reading this much dearer than the best, in nats, is not pursued.
        static let spread: Float = 6
        static let greatestCost: Float = 13
    }

    let reader: NameReader
    let distance: NameDistance
    let desaKeys: NameKeys
    let kecamatanKeys: NameKeys
    let elements: NameElements
    let kecamatanOfDesa: [Int]
    let desaCount: Int
    let kecamatanCount: Int
    /// For each desa key, what resembles it.
    private var neighbours: [[NameKeys.Likeness]] = []

    public init(_ desa: [Desa], kabupatenName: String = "Probolinggo") {
        let distance = NameDistance()
        let reader = NameReader(kabupatenName: kabupatenName, distance: distance)
        func key(_ name: String) -> NameLetters {
            var name = name
            return name.withUTF8 { bytes in
                let text = NameText(bytes)
                return NameReader.joined(text, 0..<text.wordCount).letters
            }
        }
        var kecamatanNames: [String] = []
        var kecamatanOfDesa: [Int] = []
        var names: [(key: NameLetters, place: Int)] = []
        for (index, unit) in desa.enumerated() {
            if let known = kecamatanNames.firstIndex(of: unit.kecamatanName) {
                kecamatanOfDesa.append(known)
            } else {
                kecamatanOfDesa.append(kecamatanNames.count)
                kecamatanNames.append(unit.kecamatanName)
            }
            for name in [unit.name] + unit.otherNames { names.append((key(name), index)) }
        }
        self.reader = reader
        self.distance = distance
        self.kecamatanOfDesa = kecamatanOfDesa
        desaCount = desa.count
        kecamatanCount = kecamatanNames.count
        desaKeys = NameKeys(
            names, groupOfPlace: kecamatanOfDesa, groupCount: kecamatanNames.count)
        let kecamatan = kecamatanNames.enumerated().map { (key: key($1), place: $0) }
        kecamatanKeys = NameKeys(kecamatan, groupOfPlace: [], groupCount: 0)
        elements = NameElements(keys: desaKeys.letters + kecamatanKeys.letters)
        neighbours = desaKeys.letters.map { letters in
            var found = NameCosts(limit: Chance.greatestCost)
            search(letters, isOldSpelling: false, added: 0, group: nil, &found)
            return found.likenesses.map {
                $0.cost == 0 ? $0 : .init(place: $0.place, cost: $0.cost + Chance.besideExact)
            }
        }
    }

    /// The desa that a name means, under the name of its kecamatan, which may be empty.
    public func match(
        desaName: some StringProtocol,
        kecamatanName: some StringProtocol
    ) -> NameMatch {
        Self.withBytes(desaName) { desa in
            Self.withBytes(kecamatanName) { kecamatan in
                match(desa: desa, kecamatan: kecamatan)
            }
        }
    }

    /// The desa that one cell means, in which both names may stand (Desa Bago Kecamatan Besuk).
    public func match(place: some StringProtocol) -> NameMatch {
        match(desaName: place, kecamatanName: "")
    }

    /// As `match(desaName:kecamatanName:)`, for bytes of UTF-8.
    public func match(
        desa: UnsafeBufferPointer<UInt8>,
        kecamatan: UnsafeBufferPointer<UInt8>
    ) -> NameMatch {
        let text = NameText(desa)
        let reading = reader.readDesa(text)
        var written = read(kecamatan)
        if written.isEmpty, !reading.kecamatan.isEmpty {
            written = evidence(reading.kecamatan, isOldSpelling: reading.isOldSpelling)
        }
        if reading.namesOtherKabupaten { written.namesOtherKabupaten = true }
        let weighing = weigh(reading, under: written)
        if weighing.isDecided || written.isForeign { return weighing.match }
        return secondReading(text, reading, under: written, first: weighing).match
    }

    /// What the cell of the kecamatan says.
    private func read(_ bytes: UnsafeBufferPointer<UInt8>) -> KecamatanReading {
        if bytes.isEmpty { return KecamatanReading() }
        let text = NameText(bytes)
        let reading = reader.readKecamatan(text)
        var result = evidence(reading.letters, isOldSpelling: reading.isOldSpelling)
        result.namesOtherKabupaten = reading.namesOtherKabupaten
        // "Kce. Besuk": a word before the name that is no word we know.
        if result.leastCost > 3, reading.words.count > 1 {
            let rest = NameReader.joined(
                text, reading.words.lowerBound + 1..<reading.words.upperBound)
            if text.range(ofWord: reading.words.lowerBound).count <= 4,
                let key = kecamatanKeys.index(of: rest.letters)
            {
                result = evidence(kecamatanKeys.letters[key], isOldSpelling: false)
            }
        }
        return result
    }

    /// The kecamatan that `letters` may mean; if `isStrict`, only with a slip or none.
    func evidence(
        _ letters: NameLetters,
        isOldSpelling: Bool,
        isStrict: Bool = false
    ) -> KecamatanReading {
        var result = KecamatanReading()
        guard !letters.isEmpty else { return result }
        result.isEmpty = false
        if let key = kecamatanKeys.index(of: letters) {
            result.add(Int(kecamatanKeys.places(of: key)[0]), cost: 0)
            return result
        }
        let likely = kecamatanKeys.likely(letters, group: nil, isStrict: isStrict)
        for index in 0..<likely.count {
            let key = likely[index]
            let cost = distance.cost(
                of: letters, from: kecamatanKeys.letters[key], isOldSpelling: isOldSpelling,
                limit: min(Chance.greatestCost, result.leastCost + Chance.spread))
            if cost < .infinity { result.add(Int(kecamatanKeys.places(of: key)[0]), cost: cost) }
        }
        if isStrict, result.leastCost == .infinity { return result }
        result.elsewhere = exp(-Chance.kecamatanSharpness * Double(elements.cost(of: letters)))
        return result
    }

    /// Weighs the desa that `reading` may mean against a place elsewhere.
    func weigh(_ reading: NameReading, under written: KecamatanReading) -> Weighing {
        guard !reading.letters.isEmpty else { return Weighing(written) }
        let elsewhere = Chance.desaSharpness * Double(elements.cost(of: reading.letters))
        var costs = NameCosts(limit: greatestCost(elsewhere: elsewhere, under: written))
        if let key = desaKeys.index(of: reading.letters) {
            for likeness in neighbours[key] { costs.add(likeness.place, likeness.cost) }
        } else if !written.isFarForeign {
            let group = written.best
            search(
                reading.letters, isOldSpelling: reading.isOldSpelling, added: 0, group: group,
                &costs)
            for index in 0..<reading.alternativeCount {
                let letters = reading.alternatives[index].letters
                let cost = reading.alternatives[index].cost
                if let key = desaKeys.index(of: letters) {
                    for likeness in neighbours[key] {
                        costs.add(likeness.place, likeness.cost + cost)
                    }
                } else {
                    search(
                        letters, isOldSpelling: reading.isOldSpelling, added: cost, group: group,
                        &costs)
                }
            }
        }
        return weigh(costs, elsewhere: elsewhere, under: written)
    }

    /// The cost beyond which a desa weighs next to nothing beside a place elsewhere.
    private func greatestCost(elsewhere: Double, under written: KecamatanReading) -> Float {
        var cost = elsewhere + log((1 - Chance.foreign) / Chance.foreign / Double(desaCount)) + 4
        if !written.isEmpty {
            cost += log(Double(kecamatanCount) / Chance.ourKecamatanElsewhere)
        }
        if cost > Chance.oneSlip {
            cost = Chance.oneSlip + (cost - Chance.oneSlip) / (1 + Chance.furtherSlips)
        }
        return min(Float(cost), Chance.greatestCost)
    }

    /// Weighs desa, each with the cost of reading it, against a place `elsewhere`, with its own.
    private func weigh(
        _ costs: NameCosts,
        elsewhere elsewhereCost: Double,
        under written: KecamatanReading
    ) -> Weighing {
        var result = Weighing(written)
        let sum = written.sum
        let prior = (1 - Chance.foreign) / Double(desaCount)
        for index in 0..<costs.count {
            let place = Int(costs.places[index])
            // A second slip is rarer than the first.
            let cost = Double(costs.costs[index])
            var weight = prior * exp(-cost - Chance.furtherSlips * max(0, cost - Chance.oneSlip))
            if !written.isEmpty {
                let own = written.likelihood(of: kecamatanOfDesa[place])
                weight *=
                    (1 - Chance.otherKecamatan) * own
                    + Chance.otherKecamatan / Double(kecamatanCount) * max(0, sum - own)
                    + Chance.foreignKecamatan * written.elsewhere
            }
            if written.namesOtherKabupaten { weight *= Chance.foreignKecamatan }
            result.add(place, weight)
        }
        var elsewhere = exp(-elsewhereCost)
        // A name of ours is a right name: places elsewhere bear it more often than its letters say.
        if costs.isExact { elsewhere = max(elsewhere, Chance.sharedName) }
        result.elsewhere = Chance.foreign * elsewhere
        let namesake = costs.isExact ? Chance.namesake : 1
        if written.isEmpty {
            result.elsewhere *= namesake
        } else {
            result.elsewhere *=
                (1 - Chance.ourKecamatanElsewhere) * written.elsewhere
                + Chance.ourKecamatanElsewhere / Double(kecamatanCount) * sum * namesake
        }
        if let best = result.best, !written.isEmpty {
            result.contradicts = written.best != kecamatanOfDesa[best]
        }
        return result
    }

    /// Adds the desa whose names are like `letters`.
    private func search(
        _ letters: NameLetters,
        isOldSpelling: Bool,
        added: Float,
        group: Int?,
        _ costs: inout NameCosts
    ) {
        let likely = desaKeys.likely(letters, group: group)
        for index in 0..<likely.count {
            let key = likely[index]
            let cost = distance.cost(
                of: letters, from: desaKeys.letters[key], isOldSpelling: isOldSpelling,
                limit: min(costs.limit, costs.least + Chance.spread) - added)
            if cost < .infinity {
                for place in desaKeys.places(of: key) { costs.add(place, cost + added) }
            }
        }
    }

    private static func withBytes<Result>(
        _ text: some StringProtocol,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
        return Array(text.utf8).withUnsafeBufferPointer(body)
    }
}
