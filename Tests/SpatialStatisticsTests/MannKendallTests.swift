import Foundation
import SpatialStatistics
import Testing

@Suite struct MannKendallTests {
    private static func series() throws -> [String: [Double?]] {
        let table = try ReferenceTable("mann-kendall/series.csv")
        let values = try table.numbers("value").map { $0.isNaN ? nil : $0 }
        return Dictionary(grouping: zip(try table.text("series"), values), by: { $0.0 })
            .mapValues { $0.map(\.1) }
    }

    @Test("every series agrees with pymannkendall, SciPy and R")
    func reference() throws {
        let series = try MannKendallTests.series()
        let table = try ReferenceTable("mann-kendall/reference.csv")
        let names = try table.text("series")
        #expect(names.count == 21)
        for (row, name) in names.enumerated() {
            let outcome = MannKendall.outcome(of: try #require(series[name]))
            func expected(_ column: String) throws -> Double { try table.numbers(column)[row] }
            let n = Int(try expected("n"))
            guard case .tested(let test) = outcome else {
                #expect(outcome == .constant(count: n), "\(name)")
                #expect(try expected("S") == 0 && expected("p") == 1, "\(name)")
                continue
            }
            #expect(test.count == n, "\(name)")
            #expect(Double(test.score) == (try expected("S")), "\(name)")
            let found = [
                test.variance, test.zScore, test.tauB, test.senSlope,
            ]
            let wanted = try ["var_S", "z", "tau_b", "sen_slope"].map(expected)
            #expect(firstDisagreement(found, wanted, within: 1e-10) == nil, "\(name)")
            // Relative, because some are far below the absolute floor of `agree`.
            #expect(abs(test.pValue / (try expected("p")) - 1) < 1e-10, "\(name)")
            let exact = try expected("p_exact")
            if let found = test.exactPValue {
                #expect(abs(found / exact - 1) < 1e-10, "\(name)")
            } else {
                #expect(exact.isNaN, "\(name)")
            }
        }
    }

    @Test("the exact p-value is the share of all orders")
    func exact() throws {
        let orders = allOrders(of: 6)
        let scores = try orders.map { order in
            try #require(MannKendall.outcome(of: order.map(Double.init)).test)
        }
        for test in scores[0..<40] {
            let reached = scores.count { abs($0.score) >= abs(test.score) }
            let p = try #require(test.exactPValue)
            #expect(agree(p, Double(reached) / Double(orders.count), within: 1e-12))
        }
    }

    @Test("the exact p-value of a long series is near the normal one")
    func long() throws {
        let values = (0..<60).map { Double($0 * 37 % 61) + Double($0) * 0.3 }
        let test = try #require(MannKendall.outcome(of: values).test)
        let exact = try #require(test.exactPValue)
        #expect(abs(exact - test.pValue) < 0.01)
        #expect(try #require(MannKendall.outcome(of: values + [99]).test).exactPValue == nil)
    }

    @Test("a falling series is a rising one turned over")
    func turned() throws {
        let values: [Double?] = [3, nil, 4, 4, 9, 2, 7]
        let rising = try #require(MannKendall.outcome(of: values).test)
        let falling = try #require(MannKendall.outcome(of: values.map { $0.map(-) }).test)
        #expect(falling.score == -rising.score)
        #expect(falling.pValue == rising.pValue)
        #expect(falling.senSlope == -rising.senSlope)
    }

    @Test("a straight line has its slope, and missing values take time")
    func slope() throws {
        let line: [Double?] = [10, 12.5, nil, nil, 20, nil, 25]
        #expect(try #require(MannKendall.outcome(of: line).test).senSlope == 2.5)
    }

    @Test("an empty, a single and a constant series are told apart")
    func undefined() {
        #expect(MannKendall.outcome(of: []) == .tooFewValues(count: 0))
        #expect(MannKendall.outcome(of: [nil, 3, nil]) == .tooFewValues(count: 1))
        #expect(MannKendall.outcome(of: [0.1, 0.1, nil, 0.1]) == .constant(count: 3))
    }
}
