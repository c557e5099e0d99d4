public import Geospatial
public import PovertyModel

/// Adds to each line of a delimited table the desa that its code, names and position lead to.
///
/// To a line it appends `kode_desa` (empty where no desa is meant), `match` (the English word of
/// `MatchClass`) and `probability`; the rest, line ends included, stays as it is. For lines with
/// nothing but a position `PointTable` is many times faster.
///
/// A value holds no state of a file: several tasks may process different pieces at once.
public struct PlaceTable: Sendable {
    /// Which field of a line, from 0, holds what.
    public struct Columns: Hashable, Sendable {
        public var code: Int?
        public var desa: Int?
        public var kecamatan: Int?
        public var longitude: Int?
        public var latitude: Int?
        public var accuracyMetres: Int?

        public var hasPosition: Bool { longitude != nil && latitude != nil }
        public var hasName: Bool { desa != nil }
        public var isEmpty: Bool { code == nil && !hasName && !hasPosition }

        private static let spellings: [(any WritableKeyPath<Columns, Int?> & Sendable, [String])] =
            [
                (
                    \.code,
                    ["kode", "kode_desa", "kode_kemendagri", "kode_bps", "code", "kode_kemdagri"]
                ),
                (\.desa, ["desa", "nama_desa", "kelurahan", "desa_kelurahan", "kelurahan_desa"]),
                (\.kecamatan, ["kecamatan", "nama_kecamatan"]),
                (\.longitude, ["lon", "longitude", "lng", "long", "x", "bujur", "koordinat_x"]),
                (\.latitude, ["lat", "latitude", "y", "lintang", "koordinat_y"]),
                (\.accuracyMetres, ["akurasi", "akurasi_m", "akurasi_gps_m", "accuracy"]),
            ]

        /// Finds the columns by their names, as written or nearly so.
        public init(header: [String]) {
            let names = header.map { name in
                name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
            }
            for (column, spellings) in Self.spellings {
                for spelling in spellings where self[keyPath: column] == nil {
                    self[keyPath: column] = names.firstIndex(of: spelling)
                }
            }
        }
    }

    /// How many lines had which class.
    public struct Counts: Hashable, Sendable {
        public var lines: [MatchClass: Int] = [:]

        public init() {}

        public static func += (total: inout Counts, part: Counts) {
            total.lines.merge(part.lines, uniquingKeysWith: +)
        }
    }

    private let fields: DelimitedFields
    private let columns: Columns
    private let geocoder: Geocoder
    private let extent: BoundingBox

    /// Takes the columns of the table and a geocoder; positions are repaired so that they fall
    /// into `extent`.
    public init(delimiter: UInt8, columns: Columns, geocoder: Geocoder, extent: BoundingBox) {
        fields = DelimitedFields(delimiter: delimiter)
        self.columns = columns
        self.geocoder = geocoder
        self.extent = extent
    }

    /// Appends `lines` with their new columns to `output`.
    ///
    /// `lines` are whole lines without the header; the last may lack its line end.
    public func append(
        _ lines: UnsafeBufferPointer<UInt8>,
        to output: inout [UInt8]
    ) -> Counts {
        var counts = Counts()
        var start = 0
        var found: [Range<Int>] = []
        while start < lines.count {
            let line = fields.line(in: lines, from: start, fields: &found)
            output.append(contentsOf: lines[start..<line.end])
            if line.end > start {
                let answer = answer(in: lines, found)
                counts.lines[answer.match, default: 0] += 1
                append(answer, to: &output)
            }
            output.append(contentsOf: lines[line.end..<line.next])
            start = line.next
        }
        return counts
    }

    private func append(_ answer: PlaceAnswer, to output: inout [UInt8]) {
        output.append(fields.delimiter)
        if let desa = answer.desa {
            output.append(contentsOf: geocoder.gazetteer.desa[desa].code.dotted.utf8)
        }
        output.append(fields.delimiter)
        output.append(contentsOf: answer.match.word.utf8)
        output.append(fields.delimiter)
        output.append(contentsOf: Self.probability(answer.probability).utf8)
    }

    /// Four decimals, rounded down, so that 1 stands for nothing less.
    public static func probability(_ value: Double) -> String {
        let tenThousandths = Int((value * 10_000).rounded(.down))
        if tenThousandths >= 10_000 { return "1" }
        if tenThousandths <= 0 { return "0" }
        let digits = String(tenThousandths)
        return "0." + String(repeating: "0", count: 4 - digits.count) + digits
    }

    private func answer(
        in bytes: UnsafeBufferPointer<UInt8>,
        _ found: [Range<Int>]
    ) -> PlaceAnswer {
        if columns.code == nil, !columns.hasPosition, let desa = columns.desa,
            desa < found.count, let name = fields.plainBytes(in: bytes, found[desa]),
            let kecamatan = plainKecamatan(in: bytes, found)
        {
            return geocoder.answer(geocoder.gazetteer.match(desa: name, kecamatan: kecamatan))
        }
        func text(_ column: Int?) -> String {
            guard let column, column < found.count else { return "" }
            return fields.text(in: bytes, found[column])
        }
        return geocoder.answer(
            WrittenWhereabouts(
                code: text(columns.code),
                desaName: text(columns.desa),
                kecamatanName: text(columns.kecamatan),
                x: text(columns.longitude),
                y: text(columns.latitude),
                accuracy: text(columns.accuracyMetres)),
            extent: extent)
    }
}

extension PlaceTable {
    /// Nothing where there is no such column; nil for a cell with quotes.
    private func plainKecamatan(
        in bytes: UnsafeBufferPointer<UInt8>,
        _ found: [Range<Int>]
    ) -> UnsafeBufferPointer<UInt8>? {
        guard let column = columns.kecamatan, column < found.count else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return fields.plainBytes(in: bytes, found[column])
    }
}

/// Everything that a row, or a question to the server, says of a place.
public struct WrittenWhereabouts: Hashable, Sendable {
    public var code: String
    public var desaName: String
    public var kecamatanName: String
    /// Longitude, as written; secret when it is a family's.
    public var x: String
    /// Latitude, as written.
    public var y: String
    public var accuracy: String

    public init(
        code: String = "",
        desaName: String = "",
        kecamatanName: String = "",
        x: String = "",
        y: String = "",
        accuracy: String = ""
    ) {
        self.code = code
        self.desaName = desaName
        self.kecamatanName = kecamatanName
        self.x = x
        self.y = y
        self.accuracy = accuracy
    }
}

/// A desa for what is written, or none.
public struct PlaceAnswer: Hashable, Sendable {
    /// An index into the gazetteer.
    public let desa: Int?
    public let match: MatchClass
    public let probability: Double
    public let alternatives: [PlaceEvidence.Share]
    /// What had to be done to read the position.
    public let repairs: [PositionReading.Repair]
}

extension Geocoder {
    /// Answers for one written place alone; a place that is a name and nothing else is left to the
    /// name index, which abstains where a register would still be placed.
    public func answer(_ written: WrittenWhereabouts, extent: BoundingBox) -> PlaceAnswer {
        var repairs: [PositionReading.Repair] = []
        var position = PositionEvidence.none
        var isUnreadable = false
        let text = PositionText(x: written.x, y: written.y, extent: extent)
        switch text.reading {
        case .position(let coordinate, let found):
            repairs = found
            position = evidence(
                coordinate,
                // Programs drop zeros at the end: here few decimals say nothing.
                sigmaMetres: WrittenAccuracy.sigmaMetres(written.accuracy, resolutionMetres: 0),
                isDefaultPoint: false)
        case .empty: break
        case .zero, .unreadable: isUnreadable = true
        }
        let evidence = evidence(
            code: written.code, desaName: written.desaName, kecamatanName: written.kecamatanName)
        if position == .none, !isUnreadable, evidence.code == nil {
            return answer(evidence.name)
        }
        let outcome = place(evidence, position: position)
        return PlaceAnswer(
            desa: outcome.desa, match: outcome.match, probability: outcome.probability,
            alternatives: outcome.alternatives, repairs: repairs)
    }

    func answer(_ name: NameMatch) -> PlaceAnswer {
        let shares = name.candidates.map {
            PlaceEvidence.Share(desa: $0.index, share: $0.probability)
        }
        let best = shares.first?.share ?? 0
        switch name.outcome {
        case .one(let desa):
            return PlaceAnswer(
                desa: desa,
                match: name.kecamatan == .contradicts ? .conflict : MatchClass(probability: best),
                probability: best, alternatives: Array(shares.dropFirst()), repairs: [])
        case .ambiguous:
            return PlaceAnswer(
                desa: nil, match: .ambiguous, probability: 0, alternatives: shares, repairs: [])
        case .foreign:
            return PlaceAnswer(
                desa: nil, match: .outside, probability: 1 - best, alternatives: [], repairs: [])
        case .unknown:
            return PlaceAnswer(
                desa: nil, match: .none, probability: 0, alternatives: [], repairs: [])
        }
    }
}
