internal import Foundation
internal import Geocoding
internal import PovertyModel

/// How a table of places is written.
enum TableForm: Sendable {
    case csv
    /// One JSON object a line.
    case jsonLines

    /// Takes what the request says of itself; CSV when it says nothing.
    init(contentType: String?) throws {
        let type = contentType?.prefix { $0 != ";" }.lowercased()
            .trimmingCharacters(in: .whitespaces)
        switch type {
        case nil, "text/csv", "application/csv", "text/plain", "application/octet-stream":
            self = .csv
        case "application/x-ndjson", "application/jsonl", "application/json-lines",
            "application/x-jsonlines", "application/json":
            self = .jsonLines
        default:
            throw RequestFailure.unsupportedTable
        }
    }

    var contentType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .jsonLines: "application/x-ndjson"
        }
    }
}

/// Geocodes a table that comes in pieces.
struct GeocodeStream {
    private let form: TableForm
    private let served: ServedGeocoder
    private var pending: [UInt8] = []
    private var table: PlaceTable?
    private var lines = TableLines(delimiter: UInt8(ascii: ","))

    /// A line longer than this is no line of a table of places.
    private static let longestLine = 1 << 20
    private static let lineFeed = UInt8(ascii: "\n")

    init(form: TableForm, served: ServedGeocoder) {
        self.form = form
        self.served = served
    }

    /// The header has been read and can be answered.
    var isReady: Bool {
        switch form {
        case .csv: table != nil
        case .jsonLines: true
        }
    }

    /// The answer to what has come in so far.
    mutating func feed(_ bytes: some Collection<UInt8>) throws -> [UInt8] {
        pending.append(contentsOf: bytes)
        var output: [UInt8] = []
        if form == .csv, table == nil {
            guard let end = pending.firstIndex(of: Self.lineFeed) else {
                try checkLength()
                return []
            }
            output += try begin(header: Array(pending[...end]))
            pending.removeSubrange(...end)
        }
        let whole = pending.withUnsafeBufferPointer { lines.whole(in: $0) }
        if whole > 0 {
            answer(Array(pending[..<whole]), to: &output)
            pending.removeSubrange(..<whole)
        }
        try checkLength()
        return output
    }

    /// The answer to the last line, which may lack its line end.
    mutating func finish() throws -> [UInt8] {
        var output: [UInt8] = []
        guard !pending.isEmpty else { return output }
        if form == .csv, table == nil {
            output += try begin(header: pending)
        } else {
            answer(pending, to: &output)
        }
        pending = []
        return output
    }

    private func checkLength() throws {
        guard pending.count <= Self.longestLine else {
            throw RequestFailure.badGeocodeRequest("A line is longer than a megabyte.")
        }
    }

    private mutating func begin(header: [UInt8]) throws -> [UInt8] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = header.starts(with: mark) ? mark.count : 0
        let end = header.lastIndex { $0 != 10 && $0 != 13 }.map { $0 + 1 } ?? 0
        let text = String(decoding: header[min(start, end)..<end], as: UTF8.self)
        let delimiter = TableLines.delimiter(ofHeader: header)
        let names = text.split(
            separator: Character(UnicodeScalar(delimiter)), omittingEmptySubsequences: false
        ).map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" ")) }
        let columns = PlaceTable.Columns(header: names)
        guard !columns.isEmpty else {
            throw RequestFailure.badGeocodeRequest(
                "The header names no place. Name the columns lon and lat, desa and kecamatan, or "
                    + "kode.")
        }
        table = PlaceTable(
            delimiter: delimiter, columns: columns, geocoder: served.geocoder,
            extent: served.extent)
        lines = TableLines(delimiter: delimiter)
        let answer = lines.header(header)
        return answer.last == Self.lineFeed ? answer : answer + [Self.lineFeed]
    }

    private func answer(_ whole: [UInt8], to output: inout [UInt8]) {
        if let table {
            whole.withUnsafeBufferPointer { _ = table.append($0, to: &output) }
            return
        }
        for line in whole.split(separator: Self.lineFeed) {
            output += object(Array(line))
            output.append(Self.lineFeed)
        }
    }

    /// The object with three more members; one that is no object comes back as an error.
    private func object(_ line: [UInt8]) -> [UInt8] {
        guard let end = line.lastIndex(where: { $0 > 0x20 }), line[end] == UInt8(ascii: "}"),
            let members = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
        else { return Array(#"{"error":"This line is no JSON object."}"#.utf8) }
        func text(_ names: String...) -> String {
            for name in names {
                switch members[name] {
                case let text as String: return text
                case let number as NSNumber: return number.stringValue
                default: continue
                }
            }
            return ""
        }
        let answer = served.geocoder.answer(
            WrittenWhereabouts(
                code: text("kode", "kode_desa"), desaName: text("desa", "nama_desa"),
                kecamatanName: text("kecamatan", "nama_kecamatan"),
                x: text("lon", "longitude", "lng", "x"), y: text("lat", "latitude", "y"),
                accuracy: text("akurasi", "accuracy")),
            extent: served.extent)
        let code = answer.desa.map { served.geocoder.gazetteer.desa[$0].code.dotted }
        let added =
            #""kode_desa":"# + (code.map { "\"\($0)\"" } ?? "null")
            + #","match":"\#(answer.match.word)","probability":"#
            + PlaceTable.probability(answer.probability) + "}"
        return Array(line[..<end]) + (members.isEmpty ? [] : [UInt8(ascii: ",")])
            + Array(added.utf8)
    }
}
