internal import Geocoding
internal import Geospatial
internal import PovertyModel
internal import TestSupport

/// Names, codes, positions and tables of places, over the real gazetteer.
enum PlaceTargets {
    static let all = [
        FuzzTarget("names", run: names),
        FuzzTarget("codes", run: codes),
        FuzzTarget("positions", run: positions),
        FuzzTarget("places", run: places),
        FuzzTarget("points", run: points),
    ]

    private static let extent = BoundingBox(west: 112.8, south: -8.2, east: 113.7, north: -7.5)
    private static let desa: [Desa] = {
        do {
            return try GazetteerSample.desa()
        } catch {
            preconditionFailure("geodata/gazetteer.csv cannot be read")
        }
    }()
    private static let gazetteer = Gazetteer(desa)
    private static let index = NameIndex(desa)

    private static func names(_ bytes: UnsafeBufferPointer<UInt8>) {
        let parts = FuzzStep.parts(bytes, at: UInt8(ascii: "|"), count: 2)
        let kecamatan = parts.count > 1 ? parts[1] : UnsafeBufferPointer(start: nil, count: 0)
        let match = index.match(desa: parts[0], kecamatan: kecamatan)
        var sum = 0.0
        for candidate in match.candidates {
            precondition(desa.indices.contains(candidate.index), "no desa \(candidate.index)")
            precondition(
                candidate.probability > 0 && candidate.probability <= 1 + 1e-9,
                "a probability of \(candidate.probability)")
            sum += candidate.probability
        }
        precondition(sum <= 1 + 1e-6, "probabilities that add up to \(sum)")
        if FuzzStep.choice(bytes, of: 8) == 0 {
            let text = FuzzStep.text(parts[0])
            _ = index.match(place: text)
            let key = NameNormalization.key(of: text)
            precondition(key.utf8.allSatisfy { $0 < 0x80 }, "a key with other letters")
        }
    }

    private static func codes(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = FuzzStep.text(bytes)
        if let index = gazetteer.index(code: text) {
            precondition(desa.indices.contains(index), "no desa \(index)")
        }
    }

    private static func positions(_ bytes: UnsafeBufferPointer<UInt8>) {
        let parts = FuzzStep.parts(bytes, at: UInt8(ascii: ";"), count: 3).map(FuzzStep.text)
        let (x, y) = (parts[0], parts.count > 1 ? parts[1] : "")
        let position = PositionText(x: x, y: y, extent: extent)
        if case .position(let coordinate, _) = position.reading {
            precondition(
                coordinate.longitude.isFinite && coordinate.latitude.isFinite
                    && abs(coordinate.latitude) <= 90, "a position off the earth")
        }
        let sigma = WrittenAccuracy.sigmaMetres(
            parts.count > 2 ? parts[2] : "", resolutionMetres: position.resolutionMetres ?? 0)
        precondition(sigma >= 0, "a standard deviation of \(sigma)")
    }

    /// Squares over the whole kabupaten, one for each desa.
    private static let squares: [MultiPolygon] = desa.indices.map { index in
        let west = extent.west + 0.045 * Double(index % 20)
        let south = extent.south + 0.04 * Double(index / 20)
        return MultiPolygon([
            Polygon(
                exterior: [(0.0, 0.0), (0.045, 0), (0.045, 0.04), (0, 0.04)].map {
                    Coordinate(longitude: west + $0.0, latitude: south + $0.1)
                })
        ])
    }
    private static let geocoder = Geocoder(
        gazetteer: gazetteer, polygons: Array(zip(desa.indices, squares)))
    private static let delimiters = [",", ";", "\t", "|"].compactMap(\.utf8.first)
    private static let pointTables: [UInt8: PointTable] = {
        let locator = PolygonLocator(squares)
        let codes = desa.map { Array($0.code.dotted.utf8) }
        return Dictionary(
            uniqueKeysWithValues: delimiters.map { delimiter in
                (
                    delimiter,
                    PointTable(
                        delimiter: delimiter, longitudeColumn: 1, latitudeColumn: 2,
                        locator: locator, codes: codes)
                )
            })
    }()

    /// The delimiter of the first line, and where the line ends.
    private static func firstLine(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> (delimiter: UInt8, end: Int) {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
        let found = bytes[..<end].first(where: delimiters.contains)
        return (found ?? UInt8(ascii: ","), end)
    }

    private static func places(_ bytes: UnsafeBufferPointer<UInt8>) {
        let (delimiter, end) = firstLine(bytes)
        precondition(delimiters.contains(TableLines.delimiter(ofHeader: bytes)), "no delimiter")
        let header = FuzzStep.text(UnsafeBufferPointer(rebasing: bytes[..<end]))
            .split(
                separator: Character(Unicode.Scalar(delimiter)), omittingEmptySubsequences: false)
        let table = PlaceTable(
            delimiter: delimiter,
            columns: PlaceTable.Columns(header: header.map(String.init)),
            geocoder: geocoder, extent: extent)
        check(UnsafeBufferPointer(rebasing: bytes[end...]), delimiter) { lines, output in
            _ = table.append(lines, to: &output)
        }
    }

    private static func points(_ bytes: UnsafeBufferPointer<UInt8>) {
        let (delimiter, end) = firstLine(bytes)
        guard let table = pointTables[delimiter] else { return }
        _ = table.header(Array(bytes[..<end]))
        let lines = UnsafeBufferPointer(rebasing: bytes[end...])
        precondition(
            table.wholeLines(in: lines) == TableLines(delimiter: delimiter).whole(in: lines))
        check(lines, delimiter) { lines, output in
            let counts = table.append(lines, to: &output)
            precondition(counts.certain >= 0 && counts.unreadable >= 0)
        }
    }

    /// Whole or cut between two lines, a table becomes the same one, and longer.
    private static func check(
        _ lines: UnsafeBufferPointer<UInt8>,
        _ delimiter: UInt8,
        _ append: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void
    ) {
        var output: [UInt8] = []
        append(lines, &output)
        precondition(output.count >= lines.count, "the table became shorter")
        guard FuzzStep.choice(lines, of: 4) == 0 else { return }
        let half = UnsafeBufferPointer(rebasing: lines[..<(lines.count / 2)])
        let cut = TableLines(delimiter: delimiter).whole(in: half)
        precondition((0...half.count).contains(cut), "\(cut) of \(half.count) bytes")
        var parts: [UInt8] = []
        append(UnsafeBufferPointer(rebasing: lines[..<cut]), &parts)
        append(UnsafeBufferPointer(rebasing: lines[cut...]), &parts)
        precondition(parts == output, "another table when cut after \(cut) bytes")
    }
}
