internal import Foundation
internal import Geocoding
internal import Geospatial
public import PovertyModel

/// Finds the desa of each row of any table with names or positions, without a database.
///
/// The table is read and written as a stream: memory does not grow with it. All cores work.
public struct PlaceFileGeocoding {
    public struct Options: Sendable {
        /// A file of areas: FlatGeobuf, GeoJSON or what GDAL reads.
        public var boundaries: String?
        /// The property of an area that is its code.
        public var codeField: String?
        /// A gazetteer in the form of `geodata/gazetteer.csv`.
        public var gazetteer: String?
        /// Where the index of the boundaries is kept between runs.
        public var cache: String?

        public init() {}
    }

    public struct Summary: Hashable, Sendable {
        public let fileName: String
        public let lines: [MatchClass: Int]

        public var total: Int { lines.values.reduce(0, +) }
    }

    public let options: Options
    public let progress: any StepProgress

    public init(options: Options, progress: any StepProgress) {
        self.options = options
        self.progress = progress
    }

    /// Geocodes the table at `path` into the file `output`, or to standard output when nil.
    public func run(path: String, output: String?) throws -> Summary {
        let source = try PlaceSource(path: path)
        let table = try WholeTable(
            options: options, header: source.header, delimiter: source.delimiter, path: path)
        let sink = try PlaceSink(path: output)
        try sink.write(table.headerLine(source.headerLine))
        var counts: [MatchClass: Int] = [:]
        try source.forEachBatch(cut: table.wholeLines) { pieces, fraction in
            for result in table.append(pieces) {
                try sink.write(result.bytes)
                counts.merge(result.lines, uniquingKeysWith: +)
            }
            progress.report("Geocoding \(source.name)", fraction: min(fraction, 0.99))
        }
        try sink.finish()
        progress.report("Geocoding \(source.name)", fraction: 1)
        return Summary(fileName: source.name, lines: counts)
    }
}

/// The table's geocoder: points alone take the fast way.
private struct WholeTable {
    struct Result: Sendable {
        var bytes: [UInt8] = []
        var lines: [MatchClass: Int] = [:]
    }

    private enum Way {
        case points(PointTable)
        case places(PlaceTable)
    }

    private let way: Way
    private let delimiter: UInt8

    init(
        options: PlaceFileGeocoding.Options,
        header: [String],
        delimiter: UInt8,
        path: String
    ) throws {
        self.delimiter = delimiter
        var columns = PlaceTable.Columns(header: header)
        if let gazetteerPath = options.gazetteer {
            let gazetteer = Gazetteer(try GazetteerFile.read(path: gazetteerPath))
            var polygons: [(desa: Int, area: MultiPolygon)] = []
            if let boundaries = options.boundaries {
                for area in try CodedAreas(path: boundaries, codeField: options.codeField).areas {
                    if let desa = gazetteer.index(code: area.code) {
                        polygons.append((desa, area.area))
                    }
                }
                guard !polygons.isEmpty else { throw PipelineError.noAreas(path: boundaries) }
            } else {
                (columns.longitude, columns.latitude) = (nil, nil)
            }
            guard !columns.isEmpty else {
                throw PipelineError.noPlaceColumns(path: path, found: header.count)
            }
            let extent = BoundingBox(enclosing: polygons.compactMap(\.area.boundingBox))
            way = .places(
                PlaceTable(
                    delimiter: delimiter, columns: columns,
                    geocoder: Geocoder(gazetteer: gazetteer, polygons: polygons),
                    extent: extent ?? BoundingBox(west: 0, south: 0, east: 0, north: 0)))
        } else {
            guard let boundaries = options.boundaries, let longitude = columns.longitude,
                let latitude = columns.latitude
            else { throw PipelineError.noPlaceColumns(path: path, found: header.count) }
            let areas = try CodedAreas(path: boundaries, codeField: options.codeField)
            way = .points(
                PointTable(
                    delimiter: delimiter, longitudeColumn: longitude, latitudeColumn: latitude,
                    locator: try areas.locator(cache: options.cache),
                    codes: areas.areas.map { Array($0.code.utf8) }))
        }
    }

    /// The header with the names of the new columns, its line end kept.
    func headerLine(_ line: [UInt8]) -> [UInt8] {
        let header = TableLines(delimiter: delimiter).header(line)
        return header.last == UInt8(ascii: "\n") ? header : header + [UInt8(ascii: "\n")]
    }

    var wholeLines: @Sendable (UnsafeBufferPointer<UInt8>) -> Int {
        let lines = TableLines(delimiter: delimiter)
        return { lines.whole(in: $0) }
    }

    /// Geocodes the pieces, each on a core of its own; the results are in their order.
    func append(_ pieces: [[UInt8]]) -> [Result] {
        let way = way
        var results = Array(repeating: Result(), count: pieces.count)
        results.withUnsafeMutableBufferPointer { buffer in
            // Each index is written by one iteration, and read after all have ended.
            nonisolated(unsafe) let slots = buffer
            DispatchQueue.concurrentPerform(iterations: pieces.count) { index in
                slots[index] = pieces[index].withUnsafeBufferPointer { Self.geocode($0, way) }
            }
        }
        return results
    }

    private static func geocode(_ lines: UnsafeBufferPointer<UInt8>, _ way: Way) -> Result {
        var result = Result()
        result.bytes.reserveCapacity(lines.count + lines.count / 2)
        switch way {
        case .points(let table):
            let counts = table.append(lines, to: &result.bytes)
            result.lines = [
                .certain: counts.certain, .outside: counts.outside, .none: counts.unreadable,
            ].filter { $0.value > 0 }
        case .places(let table):
            result.lines = table.append(lines, to: &result.bytes).lines
        }
        return result
    }
}

/// Where the geocoded table goes.
private final class PlaceSink {
    private let file: OutputFile?

    init(path: String?) throws {
        file = try path.map { try OutputFile(path: $0) }
    }

    func write(_ bytes: [UInt8]) throws {
        if let file {
            try file.write(bytes)
        } else {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        }
    }

    func finish() throws { try file?.finish() }
}
