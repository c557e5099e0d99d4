import Foundation
import PovertyModel
import Testing

@testable import RegistrySimulation

@Suite struct DesilModelTests {
    static let plan = SimulatedRegistry(areas: RealDesa.areas, seed: 11).plan

    @Test("the kabupaten as a whole keeps the published and the assumed shares")
    func calibration() {
        var cumulative = 0.0
        for desil in 1...9 {
            cumulative += Self.plan.reduce(0) {
                $0 + Double($1.keluargaCount) * $1.desilProbabilities[desil - 1]
            }
            let expected = DesilModel.cumulativeShares[desil - 1] * 387_794
            #expect(abs(cumulative - expected) < 0.01, "desil \(desil)")
        }
        #expect(DesilModel.cumulativeShares[1] == 0.1631)
        #expect(DesilModel.cumulativeShares[3] == 0.45)
    }

    @Test("drawn families show those shares")
    func drawn() {
        let truth = table(WrittenRegistry.cleanKabupaten.truth)
        for desil in 2...9 {
            let count = truth.filter { Int($0["desil_nasional"]!)! <= desil }.count
            #expect(
                isLikely(count, of: truth.count, share: DesilModel.cumulativeShares[desil - 1])
            )
        }
    }

    @Test("desil 1 is proportional to the risk and all cut points shift with it on the log odds")
    func proportionalOdds() {
        func cumulative(_ desa: DesaPlan) -> [Double] {
            desa.desilProbabilities.dropLast().reduce(into: []) { $0.append(($0.last ?? 0) + $1) }
        }
        func logOdds(_ desa: DesaPlan) -> [Double] { cumulative(desa).map { log($0 / (1 - $0)) } }
        let first = Self.plan[0]
        for desa in Self.plan.dropFirst() {
            let ratio = desa.desilProbabilities[0] / first.desilProbabilities[0]
            #expect(abs(ratio - desa.relativeRisk / first.relativeRisk) < 1e-9)
            let shifts = zip(logOdds(desa), logOdds(first)).map { $0 - $1 }
            #expect(shifts.allSatisfy { abs($0 - shifts[0]) < 1e-6 })
            #expect(desa.desilProbabilities.allSatisfy { $0 > 0 })
            #expect(abs(desa.desilProbabilities.reduce(0, +) - 1) < 1e-12)
        }
    }

    @Test("the background is moderate and higher in the mountains of the south")
    func background() {
        let risks = Self.plan.map(\.backgroundRisk)
        #expect(risks.min()! >= 0.75 && risks.max()! <= 1.35)
        #expect(risks.max()! / risks.min()! > 1.5)
        func mean(_ kecamatan: String) -> Double {
            let group = Self.plan.filter { $0.desa.kecamatanName == kecamatan }
            return group.reduce(0) { $0 + $1.backgroundRisk } / Double(group.count)
        }
        for poor in ["Tiris", "Krucil", "Sumber", "Sukapura"] {
            for plain in ["Dringu", "Pajarakan", "Leces"] {
                #expect(mean(poor) > 1.2 * mean(plain))
            }
        }
    }

    @Test("the variation between desa has the given spread")
    func variation() {
        let logs = Self.plan.map {
            log($0.relativeRisk / $0.backgroundRisk / ($0.cluster == nil ? 1 : 3))
        }
        let mean = logs.reduce(0, +) / 330
        let spread = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 329).squareRoot()
        #expect(abs(spread - 0.15) < 0.03)
        #expect(abs(mean) < 0.04)
    }
}
