import Geospatial
import Testing

struct GeometryTests {
    typealias Samples = GeometrySamples

    @Test("the box holds all parts, and nothing has none")
    func boundingBox() {
        let all = Geometry.collection(Samples.all.map(\.geometry))
        #expect(all.boundingBox == BoundingBox(west: -1, south: -7.75, east: 113.2, north: 10))
        #expect(Geometry.collection([.multiPoint([]), .lineString([])]).boundingBox == nil)
        #expect(Geometry.polygon(Polygon(exterior: [])).boundingBox == nil)
    }

    @Test("axes exchanged twice are the same geometry, once they are in the other order")
    func axes() {
        for (text, geometry) in Samples.all {
            #expect(geometry.swappingAxes().swappingAxes() == geometry, "\(text)")
        }
        let holed = Geometry.polygon(Samples.holed).swappingAxes()
        guard case .polygon(let polygon) = holed else {
            Issue.record("\(holed)")
            return
        }
        #expect(polygon.exterior[1] == Samples.at(0, 8))
        #expect(polygon.holes == [[Samples.at(2, 2), Samples.at(4, 2), Samples.at(4, 4)]])
    }

    @Test("an error in one position ends the whole")
    func mapThrows() {
        struct Stop: Error {}
        for (text, geometry) in Samples.all where geometry.boundingBox != nil {
            #expect(throws: Stop.self, "\(text)") {
                try geometry.mapCoordinates { _ throws(Stop) in throw Stop() }
            }
        }
    }

    @Test("well-known binary of every kind is read as it was written")
    func binaryRoundTrip() throws {
        for (text, geometry) in Samples.all {
            #expect(try Geometry(wellKnownBinary: geometry.wellKnownBinary) == geometry, "\(text)")
        }
    }

    @Test("heights and measures are read over, in both byte orders")
    func binaryDimensions() throws {
        // 1.0, 2.0 and for Z and M anything.
        let numbers: [[UInt8]] = [
            [0x3F, 0xF0, 0, 0, 0, 0, 0, 0], [0x40, 0, 0, 0, 0, 0, 0, 0],
            Array(repeating: 0x7F, count: 8), Array(repeating: 0xFF, count: 8),
        ]
        for (thousands, count) in [(0, 2), (1, 3), (2, 3), (3, 4)] {
            let type = thousands * 1000 + 2
            let word = [UInt8(type >> 8), UInt8(type & 255)]
            let big =
                [0, 0, 0] + word + [0, 0, 0, 2] + numbers[..<count].flatMap { $0 }
                + numbers[..<count].flatMap { $0 }
            let little =
                [1] + Array(word.reversed()) + [0, 0, 2, 0, 0, 0]
                + (numbers[..<count] + numbers[..<count]).flatMap { $0.reversed() }
            let line = Geometry.lineString([Samples.at(1, 2), Samples.at(1, 2)])
            #expect(try Geometry(wellKnownBinary: big) == line, "\(type)")
            #expect(try Geometry(wellKnownBinary: little) == line, "\(type)")
        }
    }

    @Test("bytes cut anywhere, absurd counts and deep nests are errors, at no cost")
    func binaryDamage() {
        for (text, geometry) in Samples.all {
            let bytes = geometry.wellKnownBinary
            for count in bytes.indices {
                #expect(throws: WellKnownBinary.Failure.truncated(atByte: count), "\(text)") {
                    try Geometry(wellKnownBinary: Array(bytes[..<count]))
                }
            }
        }
        for kind in UInt8(2)...7 {
            #expect(throws: WellKnownBinary.Failure.truncated(atByte: 9), "\(kind)") {
                try Geometry(wellKnownBinary: [1, kind, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])
            }
        }
        let nest = Array(repeating: [1, 7, 0, 0, 0, 1, 0, 0, 0] as [UInt8], count: 100_000)
        #expect(throws: WellKnownBinary.Failure.tooDeep(atByte: 149)) {
            try Geometry(wellKnownBinary: nest.flatMap { $0 })
        }
    }

    @Test("kinds of other formats are refused", arguments: [0, 8, 4001, 0x2000_0001, 0x8000_0001])
    func binaryKinds(type: UInt32) {
        let bytes = [1] + withUnsafeBytes(of: type.littleEndian) { Array($0) }
        #expect(throws: WellKnownBinary.Failure.unsupportedType(type)) {
            try Geometry(wellKnownBinary: bytes + Array(repeating: 0, count: 40))
        }
    }

    @Test("a point of two NaN has no position")
    func emptyPoint() throws {
        let nan = Geometry.point(Samples.at(.nan, .nan)).wellKnownBinary
        #expect(try Geometry(wellKnownBinary: nan) == .multiPoint([]))
    }
}
