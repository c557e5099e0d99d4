import Foundation
import Geospatial
import TestSupport
import Testing

struct OrientationTests {
    struct Grid {
        var x: Int
        var y: Int
    }

    /// The sign in whole numbers, which 128 bits hold without rounding.
    static func exactSign(_ a: Grid, _ b: Grid, _ p: Grid) -> Int {
        let left = (Int128(a.x) - Int128(p.x)) * (Int128(b.y) - Int128(p.y))
        let right = (Int128(a.y) - Int128(p.y)) * (Int128(b.x) - Int128(p.x))
        return Int((left - right).signum())
    }

    static func sign(_ a: Grid, _ b: Grid, _ p: Grid, scale: Double) -> Int {
        Self.signum(
            Orientation.sign(
                ax: Double(a.x) * scale, ay: Double(a.y) * scale,
                bx: Double(b.x) * scale, by: Double(b.y) * scale,
                px: Double(p.x) * scale, py: Double(p.y) * scale))
    }

    static func naiveSign(_ a: Grid, _ b: Grid, _ p: Grid) -> Int {
        let left = (Double(a.x) - Double(p.x)) * (Double(b.y) - Double(p.y))
        let right = (Double(a.y) - Double(p.y)) * (Double(b.x) - Double(p.x))
        return signum(left - right)
    }

    static func signum(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }

    @Test("left is positive, right is negative, on the line is zero")
    func simple() {
        let a = Grid(x: 0, y: 0)
        let b = Grid(x: 4, y: 2)
        #expect(Self.sign(a, b, Grid(x: 0, y: 1), scale: 1) == 1)
        #expect(Self.sign(a, b, Grid(x: 1, y: 0), scale: 1) == -1)
        #expect(Self.sign(a, b, Grid(x: 2, y: 1), scale: 0.1) == 0)
        #expect(Self.sign(a, b, Grid(x: 8, y: 4), scale: 1) == 0)
        #expect(Self.sign(a, a, Grid(x: 5, y: 7), scale: 1) == 0)
    }

    @Test("points beside a diagonal get the sign of whole numbers where plain doubles fail")
    func nearDiagonal() {
        // All of them are multiples of 2^-53 between 0.5 and 24, each a double.
        let a = Grid(x: 12 << 53, y: 12 << 53)
        let b = Grid(x: 24 << 53, y: 24 << 53)
        var naiveFailures = 0
        for i in 0..<64 {
            for j in 0..<64 {
                let grid = Grid(x: (1 << 52) + i, y: (1 << 52) + j)
                let expected = Self.exactSign(a, b, grid)
                #expect(Self.sign(a, b, grid, scale: 0x1p-53) == expected, "\(i), \(j)")
                if Self.naiveSign(a, b, grid) != expected { naiveFailures += 1 }
            }
        }
        #expect(naiveFailures > 100)
    }

    @Test("random points a few units from a random line get the sign of whole numbers")
    func nearRandomLines() {
        let seed: UInt64 = 1997
        var generator = SeededGenerator(seed: seed)
        var naiveFailures = 0
        for round in 0..<4_000 {
            let limit = 1 << 52
            let a = Grid(
                x: .random(in: -limit...limit, using: &generator),
                y: .random(in: -limit...limit, using: &generator))
            let b = Grid(
                x: .random(in: -limit...limit, using: &generator),
                y: .random(in: -limit...limit, using: &generator))
            let t = Double.random(in: 0...1, using: &generator)
            let p = Grid(
                x: a.x + Int((Double(b.x - a.x) * t).rounded())
                    + .random(in: -2...2, using: &generator),
                y: a.y + Int((Double(b.y - a.y) * t).rounded())
                    + .random(in: -2...2, using: &generator))
            let expected = Self.exactSign(a, b, p)
            // Degrees near 113 have a scale of about 2^-46; powers of two change no sign.
            let scale = [1, 0x1p-46, 0x1p30][round % 3]
            #expect(Self.sign(a, b, p, scale: scale) == expected, "seed \(seed), round \(round)")
            #expect(Self.sign(b, a, p, scale: scale) == -expected, "seed \(seed), round \(round)")
            #expect(Self.sign(p, a, b, scale: scale) == expected, "seed \(seed), round \(round)")
            if Self.naiveSign(a, b, p) != expected { naiveFailures += 1 }
        }
        #expect(naiveFailures > 0)
    }
}
