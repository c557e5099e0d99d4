internal import Foundation
internal import PovertyModel

/// A record in numbers.
struct PreparedRecord: Sendable {
    /// In the `NameTable`.
    var name: UInt32 = 0
    /// Eight decimal digits of four bits each, 0x19720315; 0: missing.
    var date: UInt32 = 0
    /// Base-2 logarithm of how much rarer the date is than the average date of two that agree.
    var dateRarity: Float = 0
    var address = AddressForm()
    /// 0: missing, 1: man, 2: woman.
    var sex: UInt8 = 0
    /// Ten digits; 0: missing.
    var desa: Int = 0
}

/// Both files in numbers, with the names they share.
struct PreparedFiles: Sendable {
    private(set) var names = NameTable()
    let first: [PreparedRecord]
    let second: [PreparedRecord]

    init(_ first: [LinkRecord], _ second: [LinkRecord], threads: Int) {
        var prepared = [first, second].map { file in
            let addresses = parallelMap(Self.units(file.count), threads: threads) { unit in
                Self.range(unit, file.count).map { AddressForm(file[$0].address) }
            }.joined()
            return zip(file, addresses).map(Self.prepare)
        }
        for (index, file) in [first, second].enumerated() {
            for (row, record) in file.enumerated() {
                prepared[index][row].name = names.insert(record.headName, inSecond: index == 1)
            }
        }
        names.finish()
        Self.weighDates(&prepared)
        (self.first, self.second) = (prepared[0], prepared[1])
    }

    /// Work is always cut alike, so that the number of threads changes no result.
    private static let unitSize = 8192
    private static func units(_ count: Int) -> Int { (count + unitSize - 1) / unitSize }
    private static func range(_ unit: Int, _ count: Int) -> Range<Int> {
        unit * unitSize..<min(count, (unit + 1) * unitSize)
    }

    private static func prepare(_ record: LinkRecord, _ address: AddressForm) -> PreparedRecord {
        var prepared = PreparedRecord()
        prepared.address = address
        prepared.date = record.birthDate.map(decimal) ?? 0
        prepared.sex = record.isWoman.map { $0 ? 2 : 1 } ?? 0
        prepared.desa = record.desa?.number ?? 0
        return prepared
    }

    private static func decimal(_ date: CalendarDate) -> UInt32 {
        var digits: UInt32 = 0
        var rest = date.year * 10_000 + date.month * 100 + date.day
        for place in 0..<8 {
            digits |= UInt32(rest % 10) << UInt32(4 * place)
            rest /= 10
        }
        return digits
    }

    /// Files have favourite dates (1 January, 1 July) where nobody knew the day.
    private static func weighDates(_ files: inout [[PreparedRecord]]) {
        var counts: [UInt32: Int] = [:]
        for file in files {
            for record in file where record.date != 0 { counts[record.date, default: 0] += 1 }
        }
        let total = Double(max(1, counts.values.reduce(0, +)))
        // Whole numbers: a dictionary has no order, a sum of fractions would show it.
        let squares = counts.values.reduce(0) { $0 + $1 * $1 }
        let agreement = Double(squares) / (total * total)
        for file in files.indices {
            for row in files[file].indices where files[file][row].date != 0 {
                let count = max(2, counts[files[file][row].date] ?? 0)
                files[file][row].dateRarity = Float(log2(agreement * total / Double(count)))
            }
        }
    }
}

/// The comparison of two prepared records.
struct PairComparison {
    let names: NameComparison

    func pattern(_ a: PreparedRecord, _ b: PreparedRecord) -> ComparisonPattern {
        let sex: SexLevel =
            a.sex == 0 || b.sex == 0 ? .missing : a.sex == b.sex ? .equal : .different
        return ComparisonPattern(
            name: names.level(a.name, b.name),
            date: DateLevel(a.date, b.date),
            sex: sex,
            place: PlaceLevel(a, b)
        )
    }

    /// Bits for how rare what agrees is.
    func rarity(_ a: PreparedRecord, _ b: PreparedRecord, _ pattern: ComparisonPattern) -> Float {
        names.rarity(a.name, b.name, at: pattern.name)
            + (pattern.date == .equal ? a.dateRarity : 0)
    }
}
