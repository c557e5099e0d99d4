import Foundation
import Testing

@testable import RegistrySimulation

@Suite struct PortableMathTests {
    @Test("exponential and logarithm agree with the C library")
    func agreement() {
        for x in stride(from: -30.0, through: 30, by: 0.0137) {
            #expect(abs(PortableMath.exponential(x) / exp(x) - 1) < 1e-14, "\(x)")
            let y = exp(x)
            #expect(abs(PortableMath.logarithm(y) - log(y)) < 1e-14 * max(1, abs(x)), "\(y)")
        }
        #expect(PortableMath.exponential(0) == 1)
        #expect(PortableMath.logarithm(1) == 0)
        #expect(abs(PortableMath.logistic(PortableMath.logit(0.04)) - 0.04) < 1e-15)
    }

    @Test("distances and areas agree with the ellipsoid to one percent")
    func plane() {
        let plane = LocalPlane(latitude: -7.8)
        // One degree of a parallel at 7.8 degrees: a cos / sqrt(1 - e2 sin2), 110,294.6 m.
        #expect(abs(plane.metresPerDegreeLongitude / 110_294.6 - 1) < 0.001)
        let total = RealDesa.areas.reduce(0) { $0 + plane.areaKm2($1.geometry) }
        #expect(abs(total / 1725 - 1) < 0.01)
    }

    @Test("normal numbers are normal, integers even")
    func chance() {
        var generator = SeededGenerator(seed: 17)
        let normal = (0..<20_000).map { _ in generator.normalPair() }.flatMap { [$0.0, $0.1] }
        let count = Double(normal.count)
        #expect(abs(normal.reduce(0, +) / count) < 0.025)
        #expect(abs(normal.reduce(0) { $0 + $1 * $1 } / count - 1) < 0.035)
        #expect(isLikely(normal.filter { abs($0) > 1.959964 }.count, of: normal.count, share: 0.05))
        var counts = Array(repeating: 0, count: 6)
        for _ in 0..<60_000 { counts[generator.index(below: 6)] += 1 }
        #expect(counts.allSatisfy { isLikely($0, of: 60_000, share: 1 / 6.0) })
    }

    @Test("numbers never repeat and keep their digits")
    func cards() {
        let numbers = CardNumbers(seed: 23)
        let cards = Set((0..<50_000).map(numbers.card))
        #expect(cards.count == 50_000)
        #expect(cards.allSatisfy { $0 / 100_000_000_000_000 == 99 })
        let customers = Set((0..<50_000).map(numbers.electricityCustomer))
        #expect(customers.count == 50_000)
        #expect(customers.allSatisfy { $0 / 10_000_000_000 == 99 })
        #expect(Set((0..<50_000).map(numbers.p3ke)).count == 50_000)
    }

    @Test("largest remainders add up and stay within one of the quota")
    func apportionment() {
        let weights = [0.3, 5, 1, 1, 2.2, 0.01]
        for total in 0...60 {
            let parts = DesaSizes.apportion(total, by: weights)
            #expect(parts.reduce(0, +) == total)
            for (part, weight) in zip(parts, weights) {
                #expect(abs(Double(part) - Double(total) * weight / 9.51) < 1)
            }
        }
    }
}
