import Foundation
import Testing

@testable import Geospatial

struct FlatGeobufReaderTests {
    /// Two invented desa, written by ogr2ogr of GDAL 3.6.2 from GeoJSON with
    /// `-f FlatGeobuf -nlt PROMOTE_TO_MULTI -a_srs NONE -nln rekaan`.
    static let twoDesa = bytes(
        """
        ZmdiA2ZnYgFMAQAAHAAAAAAAFgAYAAQACAAAAAAAAAAAAAAADAAQABYAAABYAAAALAAAAAwAAAACAAAAAAAAAAYA
        AAD4AAAAyAAAAKgAAACIAAAAWAAAADgAAAAEAAAAAAAAAABQXEAAAAAAAAAgwAAAAAAAgFxAAAAAAAAAH8AAAAAA
        BgAAAHJla2FhbgAAYv///wAAAA0IAAAAAAAAAAcAAABkaWNhdGF0AH7///8AAAACCAAAAAEAAAAFAAAAYWt0aWYA
        AAAQABAACAAHAAAAAAAAAAwAEAAAAAAAAAoIAAAAAAAAAAQAAABsdWFzAAAAAMb///8AAAAHCAAAAAAAAAAFAAAA
        YmVzYXIAAADi////AAAABQgAAAAAAAAABgAAAGp1bWxhaAAAAAAOABAACAAHAAAAAAAMAA4AAAAAAAALCAAAAAAA
        AAAEAAAAa29kZQAAAAAAAAAAAFBcQAAAAAAAACDAAAAAAACAXEAAAAAAAAAfwAEAAAAAAAAAAAAAAABgXEAAAAAA
        AAAgwAAAAAAAgFxAAAAAAAAAH8AAAAAAAAAAAAAAAAAAUFxAAAAAAAAAIMAAAAAAAGBcQAAAAAAAAB/AIAEAAAAA
        AAAcAQAAEAAAAAAAAAAIAAwABAAIAAgAAAA4AAAABAAAABYAAAAAAA0AAAA5OS4wMS4wMS4yMDAyBAAAAAAUAAwA
        AAAAAAAAAAAAAAAABwAIABQAAAAAAAAGBAAAAAIAAABwAAAABAAAAKr///8AAAADBAAAAAgAAAAAAAAAAHhcQAAA
        AAAAACDAAAAAAACAXEAAAAAAAAAgwAAAAAAAeFxAAAAAAAAAH8AAAAAAAHhcQAAAAAAAACDAAAAAAAAAEgAMAAAA
        CAAAAAAAAAAAAAcAEgAAAAAAAAMEAAAACAAAAAAAAAAAYFxAAAAAAAAAIMAAAAAAAHBcQAAAAAAAACDAAAAAAABw
        XEAAAAAAAAAfwAAAAAAAYFxAAAAAAAAAIMBcAQAAEAAAAAAAAAAIAAwABAAIAAgAAABsAAAABAAAAEoAAAAAAA0A
        AAA5OS4wMS4wMS4yMDAxAQAMAAAAAgAA8gUqAQAAAAMAAAAAAAAA+D8EAAEFABQAAAAyMDI2LTAxLTAyVDAzOjA0
        OjA1WgAAFAAMAAAAAAAAAAAAAAAAAAcACAAUAAAAAAAABgQAAAABAAAAGAAAAAAAEgAQAAgADAAAAAAAAAAAAAcA
        EgAAAAAAAAOgAAAABAAAABIAAAAAAAAAAFBcQAAAAAAAACDAAAAAAABgXEAAAAAAAAAgwAAAAAAAYFxAAAAAAAAA
        H8AAAAAAAFBcQAAAAAAAAB/AAAAAAABQXEAAAAAAAAAgwAAAAAAAVFxAAAAAAADAH8AAAAAAAFRcQAAAAAAAgB/A
        AAAAAABYXEAAAAAAAIAfwAAAAAAAVFxAAAAAAADAH8AAAAAAAgAAAAUAAAAJAAAA
        """)

    /// One feature whose geometry is a GeometryCollection, written in the same way.
    static let collection = bytes(
        """
        ZmdiA2ZnYgGkAAAAIAAAAAAAAAAAABYAIAAIAAwABwAAAAAAAAAAABAAFAAWAAAAAAAAB0QAAAAcAAAAEAAAAAEA
        AAAAAAAAAAAAAAEAAABEAAAABAAAAAAAAAAAUFxAAAAAAAAAIMAAAAAAAFBcQAAAAAAAACDABgAAAHJla2FhbgAA
        AAAOABAACAAHAAAAAAAMAA4AAAAAAAALCAAAAAAAAAAEAAAAa29kZQAAAAAAAAAAAFBcQAAAAAAAACDAAAAAAABQ
        XEAAAAAAAAAgwAEAAAAAAAAAAAAAAABQXEAAAAAAAAAgwAAAAAAAUFxAAAAAAAAAIMAAAAAAAAAAAIQAAAAQAAAA
        AAAAAAgADAAEAAgACAAAACgAAAAEAAAACAAAAAAAAgAAADk5FAAMAAAAAAAAAAAAAAAAAAcACAAUAAAAAAAABwQA
        AAABAAAAGAAAAAAAEgAMAAAACAAAAAAAAAAAAAcAEgAAAAAAAAEEAAAAAgAAAAAAAAAAUFxAAAAAAAAAIMA=
        """)

    static func bytes(_ base64: String) -> [UInt8] {
        [UInt8](Data(base64Encoded: base64.filter { !$0.isWhitespace }) ?? Data())
    }

    static func ring(_ points: [(Double, Double)]) -> Polygon.Ring {
        points.map { Coordinate(longitude: $0.0, latitude: $0.1) }
    }

    @Test("what GDAL wrote is read: columns, values of each kind, holes and parts")
    func writtenByGDAL() throws {
        var reader = try FlatGeobufReader(Self.twoDesa)
        let header = reader.header
        #expect(header.name == "rekaan")
        // `-nlt PROMOTE_TO_MULTI` leaves the type to each feature.
        #expect(header.geometryType == .unknown)
        #expect(header.featureCount == 2)
        #expect(header.indexByteCount == 3 * 40)
        #expect(header.crsCode == nil)
        #expect(header.envelope == BoundingBox(west: 113.25, south: -8, east: 114, north: -7.75))
        #expect(
            header.columns.map(\.name) == [
                "kode", "jumlah", "besar", "luas", "aktif", "dicatat",
            ])
        #expect(
            header.columns.map(\.kind) == [.string, .int, .long, .double, .bool, .dateTime])
        #expect(header.column("aktif") == 4)
        #expect(header.column("nama") == nil)

        // The order of the file is that of its index.
        let islands = try #require(try reader.next())
        #expect(
            islands.values == [.string("99.01.01.2002"), nil, nil, nil, .bool(false), nil])
        #expect(
            islands.geometry
                == .area(
                    MultiPolygon([
                        Polygon(
                            exterior: Self.ring([(113.5, -8), (113.75, -8), (113.75, -7.75)])),
                        Polygon(
                            exterior: Self.ring([(113.875, -8), (114, -8), (113.875, -7.75)])),
                    ])))
        let hollow = try #require(try reader.next())
        #expect(
            hollow.values == [
                .string("99.01.01.2001"), .integer(12), .integer(5_000_000_000), .double(1.5),
                .bool(true), .dateTime("2026-01-02T03:04:05Z"),
            ])
        #expect(
            hollow.geometry
                == .area(
                    MultiPolygon([
                        Polygon(
                            exterior: Self.ring([
                                (113.25, -8), (113.5, -8), (113.5, -7.75), (113.25, -7.75),
                            ]),
                            holes: [
                                Self.ring([
                                    (113.3125, -7.9375), (113.3125, -7.875), (113.375, -7.875),
                                ])
                            ])
                    ])))
        #expect(try reader.next() == nil)
    }

    @Test("a GeometryCollection as GDAL writes it is read with its members")
    func geometryCollection() throws {
        var reader = try FlatGeobufReader(Self.collection)
        let features = try reader.rest()
        #expect(
            features == [
                FlatGeobufFeature(
                    values: [.string("99")],
                    geometry: .shape(
                        .collection([.point(Coordinate(longitude: 113.25, latitude: -8))])))
            ])
    }

    @Test("other bytes are no FlatGeobuf")
    func otherBytes() {
        for bytes in [[], Array("{\"type\"".utf8), Array("fgb\u{2}fgb\u{0}".utf8)] {
            #expect(throws: FlatGeobufError.notFlatGeobuf) { try FlatGeobufReader(bytes) }
        }
    }

    @Test("a file cut at any place is an error")
    func truncated() {
        for count in Self.twoDesa.indices {
            #expect(throws: FlatGeobufError.self, "cut at \(count)") {
                var reader = try FlatGeobufReader(Array(Self.twoDesa[..<count]))
                _ = try reader.rest()
            }
        }
    }

    @Test("a file with any byte changed is read or refused, and never more than it can hold")
    func changedBytes() {
        for place in Self.twoDesa.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                var bytes = Self.twoDesa
                bytes[place] = value
                guard var reader = try? FlatGeobufReader(bytes) else { continue }
                while let feature = try? reader.next() {
                    guard case .area(let area) = feature.geometry else { continue }
                    #expect(area.vertexCount <= bytes.count / 16)
                }
            }
        }
    }

    @Test("coordinates that are no numbers are refused")
    func coordinatesNotFinite() throws {
        let header = FlatGeobufHeader(columns: [])
        for bad in [Double.nan, .infinity, -.infinity] {
            let area = MultiPolygon([Polygon(exterior: Self.ring([(0, 0), (1, bad), (0, 1)]))])
            let bytes = FlatGeobufWriter.encode(
                [FlatGeobufFeature(values: [], geometry: .area(area))], header: header,
                indexed: false)
            var reader = try FlatGeobufReader(bytes)
            #expect(throws: FlatGeobufError.coordinateNotFinite(feature: 0)) {
                try reader.next()
            }
        }
    }

    @Test("a count of features that no file could hold is refused")
    func hugeCount() throws {
        var bytes = Self.twoDesa
        // The count, 2, is the last word of the file's header that has this value.
        let place = try #require(
            (12..<200).first { Array(bytes[$0..<$0 + 8]) == [2, 0, 0, 0, 0, 0, 0, 0] })
        for index in 0..<8 { bytes[place + index] = 0xFF }
        #expect(throws: FlatGeobufError.self) { try FlatGeobufReader(bytes) }
    }
}
