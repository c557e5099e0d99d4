import SpatialStatistics
import Testing

/// Steps from a word: H hot, C cold, anything else neither; z-scores that rise by `slope`.
private func steps(_ marks: String, slope: Double = 0) -> [EmergingHotspots.Step] {
    marks.enumerated().map { time, mark in
        EmergingHotspots.Step(
            // Without a slope a zigzag, which has no trend.
            zScore: slope == 0 ? Double(time % 2) : slope * Double(time),
            significance: mark == "H" ? .hot : mark == "C" ? .cold : .neither
        )
    }
}

private func turned(_ steps: [EmergingHotspots.Step]) -> [EmergingHotspots.Step] {
    steps.map { step in
        EmergingHotspots.Step(
            zScore: step.zScore.map { -$0 },
            significance: step.significance == .hot
                ? .cold : step.significance == .cold ? .hot : .neither
        )
    }
}

@Suite struct EmergingHotspotsTests {
    private static func name(_ outcome: EmergingHotspots.Outcome) -> String {
        switch outcome {
        case .noSteps: "no steps"
        case .noPattern: "none"
        case .pattern(let pattern, let side): "\(pattern.rawValue)_\(side)"
        }
    }

    @Test("every class and trend agrees with the reference, also when all signs are turned")
    func reference() throws {
        let table = try ReferenceTable("mann-kendall/emerging-steps.csv")
        let keys = try table.text("series")
        let zScores = try table.numbers("gistar_z")
        let isSignificant = try table.text("significant").map { $0 == "1" }
        var series: [String: [EmergingHotspots.Step]] = [:]
        for (row, key) in keys.enumerated() {
            let z = zScores[row]
            series[key, default: []].append(
                EmergingHotspots.Step(
                    zScore: z,
                    significance: isSignificant[row] ? (z > 0 ? .hot : .cold) : .neither
                )
            )
        }
        let expected = try ReferenceTable("mann-kendall/emerging-reference.csv")
        let names = try expected.text("series")
        let categories = try expected.text("category")
        let trends = try expected.numbers("trend")
        #expect(names.count == 112)
        for (row, key) in names.enumerated() {
            let steps = try #require(series[key])
            let outcome = EmergingHotspots.outcome(of: steps)
            #expect(EmergingHotspotsTests.name(outcome) == categories[row], "series \(key)")
            #expect(Double(EmergingHotspots.trend(of: steps)) == trends[row], "series \(key)")
            // After a last step that is neither, hot is asked first: not symmetric in theory.
            if case .pattern(let pattern, let side) = outcome {
                #expect(
                    EmergingHotspots.outcome(of: turned(steps))
                        == .pattern(pattern, side == .hot ? .cold : .hot),
                    "series \(key)"
                )
            }
        }
    }

    @Test(
        "the first definition that fits wins",
        arguments: [
            ("HHHHHHHHHH", EmergingHotspots.Pattern.persistent), ("HHHHHHHHH-", .historical),
            ("HHHHHHHHHC", nil), ("-HHHHHHHHH", .persistent), ("---------H", .new),
            ("-------HHH", .consecutive), ("C------HHH", .consecutive),
            ("C-----H-HH", .oscillating),
            ("-H-----H-H", .sporadic), ("H", .persistent), ("-H", .new), ("HHHHHHH-", nil),
            ("HHHHHHH--H", .sporadic), ("C---------", nil),
        ]
    )
    func order(marks: String, pattern: EmergingHotspots.Pattern?) {
        let outcome = EmergingHotspots.outcome(of: steps(marks))
        if let pattern {
            #expect(outcome == .pattern(pattern, .hot))
        } else if marks.last == "C" {
            #expect(outcome == .pattern(.new, .cold))
        } else {
            #expect(outcome == .noPattern)
        }
    }

    @Test("a trend makes a lasting spot stronger or weaker, on the cold side downwards")
    func trends() {
        let hot = String(repeating: "H", count: 10)
        let cold = String(repeating: "C", count: 10)
        func outcome(_ marks: String, _ slope: Double) -> EmergingHotspots.Outcome {
            EmergingHotspots.outcome(of: steps(marks, slope: slope))
        }
        #expect(outcome(hot, 1) == .pattern(.intensifying, .hot))
        #expect(outcome(hot, -1) == .pattern(.diminishing, .hot))
        #expect(outcome(cold, -1) == .pattern(.intensifying, .cold))
        #expect(outcome(cold, 1) == .pattern(.diminishing, .cold))
    }

    @Test("below 19 steps the exact p-value finds the same trends", arguments: 2...18)
    func exactTest(count: Int) throws {
        // From a falling to a rising series, one pair at a time.
        var series = (0..<count).map { Double(-$0) }
        for end in stride(from: count - 1, to: 0, by: -1) {
            for place in 0..<end {
                series.swapAt(place, place + 1)
                let test = try #require(MannKendall.outcome(of: series).test)
                let exact = try #require(test.exactPValue)
                #expect((exact < 0.05) == (test.pValue < 0.05), "S = \(test.score)")
            }
        }
        #expect(series == series.sorted())
    }

    @Test("a step that was not tested is no spot and not in the trend")
    func untested() {
        var series = steps(String(repeating: "H", count: 10), slope: 1)
        series[3] = EmergingHotspots.Step(zScore: nil, significance: .neither)
        #expect(EmergingHotspots.trend(of: series) == 1)
        #expect(EmergingHotspots.outcome(of: series) == .pattern(.intensifying, .hot))
        #expect(EmergingHotspots.outcome(of: []) == .noSteps)
        let none = [EmergingHotspots.Step(zScore: nil, significance: .neither)]
        #expect(EmergingHotspots.outcome(of: none) == .noPattern)
    }
}
