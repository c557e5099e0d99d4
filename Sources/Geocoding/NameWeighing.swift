internal import Foundation

/// Desa and what it costs to read a name as theirs, each desa once.
struct NameCosts {
    static let capacity = 32

    /// What costs more is not sought.
    let limit: Float
    private(set) var places = InlineArray<32, Int32>(repeating: 0)
    private(set) var costs = InlineArray<32, Float>(repeating: 0)
    private(set) var count = 0

    init(limit: Float) {
        self.limit = limit
    }

    /// The name of a place is written without any slip.
    private(set) var isExact = false
    private(set) var least = Float.infinity

    mutating func add(_ place: Int32, _ cost: Float) {
        if cost == 0 { isExact = true }
        least = min(least, cost)
        for index in 0..<count where places[index] == place {
            costs[index] = min(costs[index], cost)
            return
        }
        guard count < Self.capacity else { return }
        places[count] = place
        costs[count] = cost
        count += 1
    }

    var likenesses: [NameKeys.Likeness] {
        (0..<count).map { NameKeys.Likeness(place: places[$0], cost: costs[$0]) }
    }
}

/// What the written kecamatan may mean.
struct KecamatanReading {
    private static let capacity = 12

    var isEmpty = true
    var namesOtherKabupaten = false
    /// How likely a kecamatan elsewhere is written so.
    var elsewhere = 0.0
    private(set) var best: Int?
    private(set) var leastCost = Float.infinity
    private(set) var sum = 0.0
    private var kecamatan = InlineArray<12, Int>(repeating: 0)
    private var likelihoods = InlineArray<12, Double>(repeating: 0)
    private var count = 0

    /// It names no kecamatan of ours.
    var isForeign: Bool {
        namesOtherKabupaten || (!isEmpty && elsewhere > 2 * sum)
    }

    /// So clearly that a slip in the desa's name needs no search.
    var isFarForeign: Bool {
        namesOtherKabupaten || (!isEmpty && elsewhere > 1000 * sum)
    }

    mutating func add(_ index: Int, cost: Float) {
        guard count < Self.capacity else { return }
        let likelihood = exp(-Double(cost))
        kecamatan[count] = index
        likelihoods[count] = exp(-NameIndex.Chance.ownKecamatanSlips * Double(cost))
        sum += likelihood
        count += 1
        if cost < leastCost {
            leastCost = cost
            best = index
        }
    }

    /// How likely the kecamatan `index` is written so for a desa of its own.
    func likelihood(of index: Int) -> Double {
        for each in 0..<count where kecamatan[each] == index { return likelihoods[each] }
        return 0
    }
}

/// The weights of the desa that a writing may mean, and of a place elsewhere.
struct Weighing {
    private static let capacity = 8

    /// Of a place outside of the kabupaten.
    var elsewhere = 0.0
    /// The written kecamatan is another than that of the best.
    var contradicts = false
    private let written: KecamatanReading
    private var desa = InlineArray<8, Int>(repeating: 0)
    private var weights = InlineArray<8, Double>(repeating: 0)
    private var count = 0
    private var total = 0.0

    init(_ written: KecamatanReading) {
        self.written = written
    }

    /// Keeps the eight heaviest in order.
    mutating func add(_ index: Int, _ weight: Double) {
        total += weight
        var slot = count
        while slot > 0, weights[slot - 1] < weight { slot -= 1 }
        guard slot < Self.capacity else { return }
        count = min(count + 1, Self.capacity)
        var move = count - 1
        while move > slot {
            desa[move] = desa[move - 1]
            weights[move] = weights[move - 1]
            move -= 1
        }
        desa[slot] = index
        weights[slot] = weight
    }

    var best: Int? { count > 0 ? desa[0] : nil }

    var bestWeight: Double { count > 0 ? weights[0] : 0 }

    var isDecided: Bool {
        let amongOurs =
            contradicts
            ? NameIndex.Chance.decisionAgainstKecamatan : NameIndex.Chance.decisionAmongOurs
        return count > 0 && !written.namesOtherKabupaten
            && weights[0] >= NameIndex.Chance.decision * (total + elsewhere)
            && weights[0] >= amongOurs * total
    }

    var match: NameMatch {
        let sum = total + elsewhere
        var candidates: [NameMatch.Candidate] = []
        if sum > 0 {
            for index in 0..<count where weights[index] >= 0.005 * sum {
                candidates.append(
                    NameMatch.Candidate(index: desa[index], probability: weights[index] / sum))
            }
        }
        return NameMatch(
            candidates: candidates, kecamatan: evidence, outcome: outcome(candidates))
    }

    private var evidence: KecamatanEvidence {
        if written.isForeign { return .foreign }
        if written.isEmpty { return .none }
        return contradicts ? .contradicts : .agrees
    }

    private func outcome(_ candidates: [NameMatch.Candidate]) -> NameOutcome {
        if isDecided { return .one(desa[0]) }
        if written.isForeign { return .foreign }
        guard total + elsewhere > 0 else { return .unknown }
        if elsewhere >= total { return .foreign }
        return .ambiguous(candidates.filter { $0.probability >= 0.02 }.map(\.index))
    }
}
