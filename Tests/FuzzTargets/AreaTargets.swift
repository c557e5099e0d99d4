internal import Foundation
internal import Geospatial
internal import PovertyModel
internal import TestSupport

/// Files of areas and the index over them.
enum AreaTargets {
    static let all = [
        FuzzTarget("geojson", run: geoJSON),
        FuzzTarget("wkb", seeds: { wkbSeeds }, run: wellKnownBinary),
        FuzzTarget("geometries", seeds: { geometrySeeds }, run: geometries),
        FuzzTarget("flatgeobuf", seeds: { flatGeobufSeeds }, run: flatGeobuf),
        FuzzTarget("locator", seeds: { locatorSeeds }, run: locator),
        FuzzTarget(
            "areas", seeds: { try FuzzCorpus.inputs(in: "geojson") + flatGeobufSeeds }, run: areas),
    ]

    private static func geoJSON(_ bytes: UnsafeBufferPointer<UInt8>) {
        do {
            for feature in try GeoJSONAreas.read(Data(bytes)) {
                _ = WellKnownBinary.encode(feature.area)
                _ = feature.area.boundingBox
            }
        } catch {
            FuzzStep.note(error)
        }
    }

    private static let lattice = Lattice(columns: 3, rows: 2)
    private static let wkbSeeds: [[UInt8]] = [
        WellKnownBinary.encode(lattice.areas[0]),
        WellKnownBinary.encode(MultiPolygon(lattice.areas.flatMap(\.polygons))),
        WellKnownBinary.encode(holed),
        // A Polygon for itself: byte order, type 3, what follows the one in a MultiPolygon.
        Array(WellKnownBinary.encode(holed).dropFirst(9)),
    ]
    private static let holed = MultiPolygon([
        Polygon(
            exterior: square(113, -8, side: 1), holes: [square(113.25, -7.75, side: 0.25)])
    ])

    private static func square(_ west: Double, _ south: Double, side: Double) -> Polygon.Ring {
        [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map {
            Coordinate(longitude: west + side * $0.0, latitude: south + side * $0.1)
        }
    }

    private static func wellKnownBinary(_ bytes: UnsafeBufferPointer<UInt8>) {
        do {
            let area = try WellKnownBinary.decode(Array(bytes))
            let written = WellKnownBinary.encode(area)
            // A ring that ends with NaN is never closed, one without vertices cannot be.
            let rings = area.polygons.flatMap(\.rings)
            guard
                rings.allSatisfy({ ring in
                    !ring.isEmpty
                        && ring.allSatisfy { !$0.longitude.isNaN && !$0.latitude.isNaN }
                })
            else { return }
            let again = try WellKnownBinary.decode(written)
            precondition(again == area, "written and read again it is another area")
        } catch {
            FuzzStep.note(error)
        }
    }

    private static let geometrySeeds: [[UInt8]] = {
        let line = square(112, -8, side: 1)
        let points = Geometry.multiPoint(line)
        let all: [Geometry] = [
            .point(line[0]), points, .lineString(line), .multiLineString([line, line]),
            .polygon(holed.polygons[0]), .multiPolygon(holed),
        ]
        return (all + [.collection([.collection(all)])]).map(\.wellKnownBinary)
    }()

    /// Any geometry in well-known binary, written in all ways.
    private static func geometries(_ bytes: UnsafeBufferPointer<UInt8>) {
        do {
            let geometry = try Geometry(wellKnownBinary: Array(bytes))
            _ = geometry.geoJSON(decimals: 7)
            let again = try Geometry(wellKnownBinary: geometry.wellKnownBinary)
            // A ring that ends where it began is one vertex shorter now, the box is the same.
            guard let box = geometry.boundingBox, box == box else { return }
            precondition(again.boundingBox == box, "written and read again it is elsewhere")
        } catch {
            FuzzStep.note(error)
        }
    }

    private static let flatGeobufSeeds: [[UInt8]] = {
        let kinds = FlatGeobufColumn.Kind.allCases
        let mixed = FlatGeobufHeader(
            name: "rekaan", geometryType: .unknown,
            columns: kinds.map { FlatGeobufColumn(name: "kolom \($0.rawValue)", kind: $0) },
            crsOrganization: "EPSG")
        let values: [FlatGeobufValue?] = kinds.map { kind in
            switch kind {
            case .bool: .bool(true)
            case .unsignedLong: .unsignedLong(7)
            case .float, .double: .double(0.5)
            case .string: .string("Rekaan Lor")
            case .json: .json("{}")
            case .dateTime: .dateTime("2026-11-24")
            case .binary: .binary([1, 2, 3])
            default: .integer(5)
            }
        }
        let features = lattice.areas.enumerated().map { index, area in
            FlatGeobufFeature(
                values: index % 2 == 0 ? values : values.map { _ in nil },
                geometry: index == 1
                    ? .shape(.point(Coordinate(longitude: 113, latitude: -8))) : .area(area))
        }
        let line = lattice.areas[0].polygons[0].exterior
        let shapes = [
            Geometry.lineString(line), .multiPoint(line), .multiLineString([line, line]),
            .collection([
                .multiLineString([line]), .collection([.polygon(Polygon(exterior: line))]),
            ]),
        ].map { FlatGeobufFeature(values: values, geometry: .shape($0)) }
        let coded = FlatGeobufHeader(columns: [FlatGeobufColumn(name: "kode_desa", kind: .string)])
        let areas = lattice.desa.indices.map { index in
            FlatGeobufFeature(
                values: [.string(lattice.desa[index].code.dotted)],
                geometry: .area(index == 0 ? holed : lattice.areas[index]))
        }
        return [
            FlatGeobufWriter.encode(features, header: mixed, indexed: false),
            FlatGeobufWriter.encode(shapes, header: mixed),
            FlatGeobufWriter.encode(areas, header: coded),
            FlatGeobufWriter.encode([], header: coded, indexed: false),
        ]
    }()

    private static func flatGeobuf(_ bytes: UnsafeBufferPointer<UInt8>) {
        do {
            var reader = try FlatGeobufReader(Array(bytes))
            while let feature = try reader.next() {
                precondition(feature.values.count == reader.header.columns.count)
                for value in feature.values { _ = value?.text }
            }
        } catch {
            FuzzStep.note(error)
        }
    }

    private static let locatorSeeds: [[UInt8]] = [
        smallLocator(PolygonLocator([holed]).encoded()),
        smallLocator(PolygonLocator(lattice.areas).encoded()),
    ]

    /// A sound locator of a few cells with the first leaves of a real one: the 65,536 cells of that
    /// one's first level would be all of the input.
    ///
    /// The layout is that of `LocatorCache`; a locator that cannot be made smaller stays whole.
    private static func smallLocator(_ encoded: [UInt8]) -> [UInt8] {
        let words = encoded.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 8).map {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
            }
        }
        let firstCell = 12 + Int(words[11])
        let cells = words[firstCell...].flatMap {
            [UInt32(truncatingIfNeeded: $0), UInt32($0 >> 32)]
        }
        let leaves = Set(cells.filter { $0 >> 31 == 1 }.map { Int($0 & 0x7FFF_FFFF) }).sorted()
        // Where the leaves may be cut is not to be seen from the words: the first place that holds.
        for cut in leaves.reversed() where cut <= 256 {
            let kept = leaves.filter { $0 < cut }.prefix(27).map { UInt32($0) | 1 << 31 }
            // Outside, inside of the first area, divided into the first four of the second level.
            var level = kept + [0, 1, 1 << 30 | 1]
            if !level.count.isMultiple(of: 2) { level.append(0) }
            var small = Array(words[..<(12 + cut)])
            small[8] = UInt64(level.count)
            small[9] = 1
            small[10] = 4
            small[11] = UInt64(cut)
            for cells in [level, Array((kept + [0, 0, 0, 1]).prefix(4))] {
                for pair in stride(from: 0, to: cells.count, by: 2) {
                    small.append(UInt64(cells[pair]) | UInt64(cells[pair + 1]) << 32)
                }
            }
            let bytes = signed(
                small.flatMap { word in
                    (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
                })
            if (try? PolygonLocator(encoded: bytes)) != nil { return bytes }
        }
        return encoded
    }

    /// The words with the fingerprint that belongs to them.
    private static func signed(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= 16 else { return bytes }
        var signed = Array(bytes.prefix(bytes.count / 8 * 8))
        let sum = signed.withUnsafeBytes {
            PolygonLocator.fingerprint(of: UnsafeRawBufferPointer(rebasing: $0[16...]))
        }
        for offset in 0..<8 {
            signed[8 + offset] = UInt8(truncatingIfNeeded: sum >> (8 * UInt64(offset)))
        }
        return signed
    }

    private static let queries: [Coordinate] =
        [112.9, 113, 113.1, 113.25, 113.26, 113.3, 113.5, 114].flatMap { longitude in
            [-8.1, -8, -7.99, -7.75, -7.5, -7].map {
                Coordinate(longitude: longitude, latitude: $0)
            }
        } + [
            Coordinate(longitude: .nan, latitude: .nan),
            Coordinate(longitude: .infinity, latitude: -.infinity),
            Coordinate(longitude: 1e308, latitude: -1e308),
        ]

    private static func locator(_ bytes: UnsafeBufferPointer<UInt8>) {
        // The fingerprint would stop nearly every input: mostly it is set right.
        let bytes = FuzzStep.choice(bytes, of: 8) > 0 ? signed(Array(bytes)) : Array(bytes)
        do {
            check(try PolygonLocator(encoded: bytes))
        } catch {
            FuzzStep.note(error)
        }
    }

    private static func check(_ locator: PolygonLocator) {
        let found = locator.indices(of: queries)
        for (query, index) in zip(queries, found) {
            precondition(index < locator.areaCount && index >= -1, "no area \(index)")
            precondition(locator.index(of: query) ?? -1 == Int(index), "two answers")
        }
    }

    /// From a file of areas to the index, as a table is geocoded without a database.
    ///
    /// So many areas and vertices only: the index is for maps, and the time to build it grows
    /// faster than the square of the number of areas where all of them overlap (80 of them: 2 s).
    private static func areas(_ bytes: UnsafeBufferPointer<UInt8>) {
        var areas: [MultiPolygon] = []
        if bytes.first == UInt8(ascii: "f") {
            guard var reader = try? FlatGeobufReader(Array(bytes)) else { return }
            while let feature = try? reader.next() {
                if case .area(let area) = feature.geometry { areas.append(area) }
            }
        } else {
            areas = ((try? GeoJSONAreas.read(Data(bytes))) ?? []).map(\.area)
        }
        guard areas.count <= 24, areas.reduce(0, { $0 + $1.vertexCount }) <= 800 else { return }
        let small = PolygonLocator(areas, fewestCells: 64)
        check(small)
        // A first level as large as for a map costs a millisecond.
        if FuzzStep.choice(bytes, of: 512) == 0 {
            let large = PolygonLocator(areas)
            check(large)
            precondition(
                small.indices(of: queries) == large.indices(of: queries), "another answer")
        }
        precondition(areas.reduce(0) { $0 + EqualArea.areaKm2($1) } != -1)
    }
}
