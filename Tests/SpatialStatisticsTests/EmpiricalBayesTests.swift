import SpatialStatistics
import Testing

/// The cases and population of a folder in `References/`.
private struct RateCase {
    let table: ReferenceTable
    let cases: [Double]
    let population: [Double]

    init(_ folder: String) throws {
        table = try ReferenceTable("\(folder)/reference.csv")
        cases = try table.numbers("cases")
        population = try table.numbers("pop")
    }
}

@Suite struct EmpiricalBayesTests {
    @Test("Marshall's estimate agrees with spdep", arguments: ["eb-auckland", "eb-stl-hc8893"])
    func marshall(folder: String) throws {
        let rates = try RateCase(folder)
        let found = EmpiricalBayes.marshall(cases: rates.cases, population: rates.population)
        let expected = try rates.table.numbers("eb_global_poisson")
        #expect(firstDisagreement(found, expected, within: 1e-10) == nil)
    }

    @Test("areas that differ less than by chance all get the overall rate")
    func underdispersed() throws {
        let rates = try RateCase("eb-underdispersed25")
        let found = EmpiricalBayes.marshall(cases: rates.cases, population: rates.population)
        let expected = try rates.table.numbers("eb_global_spdep")
        #expect(firstDisagreement(found, expected, within: 1e-10) == nil)

        let model = try #require(BetaBinomial(cases: rates.cases, population: rates.population))
        #expect(model.betweenVariance < 0)
        #expect(model.priorStrength == nil)
        #expect(model.outcomes.allSatisfy { $0 == .noVariation(rate: model.overallRate) })
        let mean = try rates.table.numbers("beta_post_mean")
        #expect(firstDisagreement(model.outcomes.map(\.rate), mean, within: 1e-10) == nil)
    }

    @Test(
        "the beta-binomial prior, mean and exceedance agree with the reference",
        arguments: ["auckland", "stl-hc8893"]
    )
    func betaBinomial(name: String) throws {
        let rates = try RateCase("eb-\(name)")
        let model = try #require(BetaBinomial(cases: rates.cases, population: rates.population))
        let prior = try ReferenceTable("eb-global/prior.csv")
        let key = name == "auckland" ? name : "stl_hc8893"
        func expected(_ column: String) throws -> Double {
            try prior.number(column, where: "case", is: key)
        }
        #expect(agree(model.overallRate, try expected("b"), within: 1e-12))
        #expect(agree(model.betweenVariance / (try expected("prior_var")), 1, within: 1e-10))
        #expect(agree(try #require(model.priorStrength), try expected("prior_M")))

        let estimates = model.outcomes.compactMap { outcome in
            if case .estimated(let estimate) = outcome { estimate } else { nil }
        }
        let mean = try rates.table.numbers("beta_post_mean")
        let exceedance = try rates.table.numbers("p_exceed_overall")
        #expect(firstDisagreement(estimates.map(\.mean), mean, within: 1e-10) == nil)
        #expect(firstDisagreement(estimates.map(\.exceedance), exceedance) == nil)
        for estimate in estimates {
            #expect(estimate.lower < estimate.mean && estimate.mean < estimate.upper)
        }
    }

    @Test("the interval cuts 2.5 % off the posterior on either side")
    func interval() throws {
        let rates = try RateCase("eb-auckland")
        let model = try #require(BetaBinomial(cases: rates.cases, population: rates.population))
        let strength = try #require(model.priorStrength)
        for (unit, outcome) in model.outcomes.enumerated() {
            guard case .estimated(let estimate) = outcome else { continue }
            let posterior = BetaDistribution(
                alpha: strength * model.overallRate + rates.cases[unit],
                beta: strength * (1 - model.overallRate) + rates.population[unit]
                    - rates.cases[unit]
            )
            #expect(agree(posterior.lowerTail(estimate.lower), 0.025, within: 1e-10))
            #expect(agree(posterior.upperTail(estimate.upper), 0.025, within: 1e-10))
        }
    }

    @Test("all or none in every area leaves no doubt about any")
    func allOrNone() throws {
        let model = try #require(BetaBinomial(cases: [10, 0, 20], population: [10, 10, 20]))
        let rates = model.outcomes.map(\.rate)
        #expect(firstDisagreement(rates, [1, 0, 1], within: 1e-6) == nil)
    }

    @Test("no cases, equal rates and populations of one have no variation; no units no model")
    func degenerate() throws {
        for (cases, population) in [
            ([0.0, 0, 0], [10.0, 20, 30]), ([1, 2, 3], [10, 20, 30]), ([1, 0, 1], [1, 1, 1]),
            ([10, 20], [10, 20]),
        ] {
            let model = try #require(BetaBinomial(cases: cases, population: population))
            #expect(model.outcomes.allSatisfy { $0 == .noVariation(rate: model.overallRate) })
            let marshall = EmpiricalBayes.marshall(cases: cases, population: population)
            #expect(marshall.allSatisfy { $0.isFinite })
        }
        #expect(BetaBinomial(cases: [], population: []) == nil)
        #expect(EmpiricalBayes.marshall(cases: [], population: []).isEmpty)
    }

    @Test("the larger the population, the closer the estimate to the area's own rate")
    func shrinkage() throws {
        let population = [20.0, 200, 2_000, 1_000, 1_000]
        let cases = [4.0, 40, 400, 50, 150]
        let model = try #require(BetaBinomial(cases: cases, population: population))
        let distances = (0..<3).map { abs(model.outcomes[$0].rate - 0.2) }
        #expect(distances[0] > distances[1] && distances[1] > distances[2])
    }
}

@Suite struct AssuncaoReisTests {
    @Test(
        "z agrees with esda and the reference",
        arguments: [
            ("eb-auckland", "assuncao_z"), ("eb-stl-hc8893", "assuncao_z"),
            ("eb-underdispersed25", "assuncao_z_clamped"),
        ]
    )
    func reference(folder: String, column: String) throws {
        let rates = try RateCase(folder)
        let found = try #require(AssuncaoReis(cases: rates.cases, population: rates.population))
        let expected = try rates.table.numbers(column)
        #expect(firstDisagreement(found.zScores, expected, within: 1e-10) == nil)
        #expect(found.hasVariation)
        #expect((found.betweenVariance == 0) == (folder == "eb-underdispersed25"))
    }

    @Test(
        "Moran's I and local Moran of z agree with spdep",
        arguments: [("eb-auckland", "auckland"), ("eb-stl-hc8893", "stl_hc8893")]
    )
    func moran(folder: String, key: String) throws {
        let rates = try RateCase(folder)
        let weights = try ReferenceCase(folder).weights
        let z = try #require(AssuncaoReis(cases: rates.cases, population: rates.population))
        let global = try ReferenceTable("eb-global/reference.csv")
        func expected(_ column: String) throws -> Double {
            try global.number(column, where: "case", is: key)
        }
        let moran = try #require(MoransI(of: z.zScores, weights: weights))
        #expect(agree(z.betweenVariance / (try expected("a")), 1, within: 1e-10))
        #expect(agree(moran.statistic, try expected("EBI_I_moran.test")))
        #expect(agree(moran.expectation, try expected("EBI_E")))
        #expect(agree(moran.varianceUnderRandomisation, try expected("EBI_Var_rand")))
        #expect(agree(moran.zScoreUnderRandomisation, try expected("EBI_z_rand")))

        let local = LocalMoran.results(of: z.zScores, weights: weights).compactMap { $0 }
        for (found, column) in [
            (local.map(\.statistic), "lisa_Ii"), (local.map(\.expectation), "lisa_EIi"),
            (local.map(\.variance), "lisa_VarIi"), (local.map(\.zScore), "lisa_z"),
        ] {
            #expect(firstDisagreement(found, try rates.table.numbers(column)) == nil, "\(column)")
        }
    }

    @Test("without cases there is no z, and equal rates are known as such")
    func undefined() {
        #expect(AssuncaoReis(cases: [0, 0], population: [5, 6]) == nil)
        #expect(AssuncaoReis(cases: [], population: []) == nil)
        let equal = AssuncaoReis(cases: [1, 3, 7], population: [30, 90, 210])
        #expect(equal?.hasVariation == false)
    }

    @Test("a fewfold rate in a small area stands out less than in a large one")
    func smallAreas() throws {
        let population = [30.0, 3_000] + [Double](repeating: 1_000, count: 20)
        let cases = [3.0, 300] + (0..<20).map { Double(40 + $0) }
        let z = try #require(AssuncaoReis(cases: cases, population: population)).zScores
        #expect(z[0] > 0 && z[0] < z[1] / 2)
    }
}
