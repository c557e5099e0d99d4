import Geospatial
import PovertyModel
import Testing

@testable import RegistrySimulation

@Suite struct SimulatedRegistryTests {
    @Test("the same seed gives the same bytes, another seed gives others")
    func seeds() {
        let areas = squareDesa(columns: 4, rows: 3)
        func hashes(_ seed: UInt64) -> [UInt64] {
            let made = WrittenRegistry(
                areas: areas,
                configuration: configured(900),
                seed: seed
            )
            return [made.dtsen, made.verval, made.truth].map(hash)
        }
        let first = hashes(7)
        #expect(hashes(7) == first)
        for (one, other) in zip(first, hashes(8)) { #expect(one != other) }
    }

    /// Renew the number when the simulation is changed on purpose; it must not depend on the machine.
    @Test("the bytes are those of every machine")
    func golden() {
        let made = WrittenRegistry(
            areas: squareDesa(columns: 4, rows: 3),
            configuration: configured(900),
            seed: 7
        )
        #expect(hash(made.dtsen + made.verval + made.truth) == 3_540_651_876_097_869_444)
    }

    @Test(
        "families and extreme poor add up exactly at any scale",
        arguments: [0, 50, 1234, 387_794]
    )
    func totals(keluarga: Int) {
        let registry = SimulatedRegistry(
            areas: RealDesa.areas,
            configuration: configured(keluarga),
            seed: 3
        )
        let expected = (Double(keluarga) * 15_407 / 387_794).rounded()
        #expect(registry.plan.reduce(0) { $0 + $1.keluargaCount } == keluarga)
        #expect(registry.extremeCount == Int(expected))
        #expect(registry.plan.allSatisfy { $0.extremeCount <= $0.keluargaCount })
        if keluarga >= 330 { #expect(registry.plan.allSatisfy { $0.keluargaCount > 0 }) }
    }

    @Test("the truth agrees with the plan, family by family")
    func truthAddsUp() {
        let made = WrittenRegistry.squares
        let truth = table(made.truth)
        #expect(truth.count == 8000)
        #expect(Set(truth.map { $0["nomor_kartu_keluarga"]! }).count == 8000)
        for desa in made.registry.plan {
            let rows = truth.filter { $0["kode_desa"] == desa.desa.code.dotted }
            #expect(rows.count == desa.keluargaCount)
            #expect(rows.filter { $0["desil_nasional"] == "1" }.count == desa.extremeCount)
        }
    }

    @Test("the truth of the desa adds up to the registry")
    func desaTruth() {
        let registry = WrittenRegistry.squares.registry
        let rows = table(written { registry.writeDesaTruth(to: $0) })
        #expect(rows.count == 40)
        #expect(rows.reduce(0) { $0 + Int($1["keluarga"]!)! } == 8000)
        #expect(
            rows.reduce(0) { $0 + Int($1["miskin_ekstrem"]!)! } == registry.extremeCount
        )
    }

    @Test("an error of the caller stops the writing")
    func callerError() {
        struct DiskFull: Error {}
        let registry = WrittenRegistry.squares.registry
        #expect(throws: DiskFull.self) { try registry.writeDTSEN { _ in throw DiskFull() } }
    }

    @Test("one desa alone and more desa than families are no trouble")
    func smallest() {
        let one = squareDesa(columns: 1, rows: 1)
        for (areas, count) in [(one, 300), (one, 1), (squareDesa(columns: 4, rows: 4), 5)] {
            var rates = DirtRates(every: 0.04)
            rates[.codeOfNeighbour] = 0.2
            let made = WrittenRegistry(
                areas: areas,
                configuration: configured(count, dirt: rates),
                seed: 1
            )
            #expect(table(made.truth).count == count)
            if areas.count == 1 { #expect(made.registry.clusterTruth.isEmpty) }
        }
    }

    @Test("the sizes of the 330 desa are uneven, with fewer families per km2 in the mountains")
    func sizes() {
        let plan = SimulatedRegistry(areas: RealDesa.areas, seed: 5).plan
        let sizes = plan.map(\.keluargaCount).sorted()
        #expect((900...1150).contains(sizes[165]))
        #expect(sizes[0] >= 100 && sizes[329] <= 8000)
        func density(_ kecamatan: String) -> Double {
            let members = plan.indices.filter { plan[$0].desa.kecamatanName == kecamatan }
            let plane = LocalPlane(latitude: -7.8)
            return Double(members.reduce(0) { $0 + plan[$1].keluargaCount })
                / members.reduce(0) { $0 + plane.areaKm2(RealDesa.areas[$1].geometry) }
        }
        #expect(density("Kraksaan") > 4 * density("Krucil"))
        #expect(density("Dringu") > 3 * density("Sukapura"))
    }

    @Test("every position is inside its desa, to the last written digit")
    func positions() throws {
        let made = WrittenRegistry.cleanKabupaten
        let shapes = Dictionary(
            uniqueKeysWithValues: made.areas.map { ($0.desa.code.dotted, $0.geometry) }
        )
        let placed = table(made.truth).filter { $0["longitude"] != "" }
        #expect(isLikely(placed.count, of: 6000, share: 0.4))
        for row in placed {
            let point = Coordinate(
                longitude: try #require(Double(row["longitude"]!)),
                latitude: try #require(Double(row["latitude"]!))
            )
            #expect(isInside(point, try #require(shapes[row["kode_desa"]!])), "\(row)")
        }
    }

    @Test("houses stand around three to eight dusun")
    func dusun() {
        let registry = WrittenRegistry.cleanKabupaten.registry
        var far = 0
        for (area, site) in registry.sites.enumerated() {
            #expect((3...8).contains(site.dusun.count))
            let stream = KeluargaStream(registry, area: area)
            for keluarga in stream {
                let metres = site.plane.metres(
                    from: stream.position(of: keluarga).coordinate,
                    to: site.dusun[keluarga.address.dusun].centre.coordinate
                )
                // Beyond four standard deviations only where the scatter found no place.
                if metres > 1000 { far += 1 }
            }
        }
        #expect(far < 30)
    }
}
