import Compression
import Foundation
import PovertyModel
import SpatialStore
import Testing

@testable import Pipeline

/// From simulated files to a published map on the real geography, at a scale that debug builds
/// take well.
@Suite struct WholeWayTests {
    private static let keluarga = 40_000

    /// Made once for all tests of this suite.
    private static let made = Result { try Made() }

    private final class Made: Sendable {
        let shop: Workshop
        let register: RegistryRelease
        let geocoding: KeluargaGeocoding.Summary
        let release: ReleasePublication.Summary
        let published: PublishedRelease
        let files: SimulatedFiles

        init() throws {
            shop = try Workshop()
            let progress = SilentProgress()
            var options = RegistrySimulating.Options()
            options.keluarga = WholeWayTests.keluarga
            options.seed = 3
            files = try RegistrySimulating(database: shop.database, progress: progress)
                .run(options, folder: shop.folder.path).files
            let date = CalendarDate("2026-02-28")!
            let imported = try shop.importing.run(path: files.register, releaseDate: date).imported
            register = RegistryRelease([imported])
            _ = try shop.importing.run(path: files.verval, releaseDate: date)
            geocoding = try KeluargaGeocoding(
                database: shop.database, seal: shop.seal, progress: progress
            ).run(register: register)
            release = try Made.publish(shop)
            published = try #require(
                try PublishedMap(path: shop.database.path).release(release.releaseID))
        }

        static func publish(_ shop: Workshop) throws -> ReleasePublication.Summary {
            var options = ReleasePublication.Options()
            options.permutations = 9999
            return try ReleasePublication(
                database: shop.database, criteriaPath: shop.criteria, progress: SilentProgress()
            ).run(options)
        }

        /// The true desa, dotted, by the key of the keluarga.
        func placementTruth() throws -> [[UInt8]: String] {
            var truth: [[UInt8]: String] = [:]
            let text = try String(contentsOfFile: files.placementTruth, encoding: .utf8)
            for line in text.split(separator: "\n").dropFirst() {
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                truth[shop.seal.linkingKey(of: String(cells[0]))] = String(cells[1])
            }
            return truth
        }

        func document(_ name: String) throws -> [String: Any] {
            let blob = try #require(published.documents[name])
            let bytes = try Gzip.decompress(blob.gzip)
            return try #require(
                try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        }

        func desa() throws -> [[String: Any]] {
            try #require(try document("desa")["desa"] as? [[String: Any]])
        }
    }

    @Test func everyKeluargaIsPlacedOrCountedWithItsReason() throws {
        let made = try Self.made.get()
        #expect(made.register.rowsStored == Self.keluarga)
        #expect(made.geocoding.addsUp)
        #expect(made.release.inDesa + made.release.withoutDesa == Self.keluarga)
    }

    @Test func nearlyAllKeluargaAreInTheirTrueDesa() throws {
        let made = try Self.made.get()
        let truth = try made.placementTruth()
        let placed = try made.shop.database.placedDesaByFamilyKey(of: made.register)
        let right = placed.count { truth[$0.key] == $0.value.desa }
        let share = Double(right) / Double(Self.keluarga)
        #expect(share > 0.995, "\(share)")
    }

    @Test func probabilitiesOfPlacesHoldOnTheWholeRegister() throws {
        let made = try Self.made.get()
        let truth = try made.placementTruth()
        let placed = try made.shop.database.placedDesaByFamilyKey(of: made.register)
        // Of the keluarga that are called certain hardly any is elsewhere; of the others more.
        let certain = placed.filter { $0.value.probability >= MatchClass.certainFrom }
        let others = placed.filter { $0.value.probability < MatchClass.certainFrom }
        func share(_ part: [[UInt8]: (desa: String, probability: Double)]) -> Double {
            Double(part.count { truth[$0.key] == $0.value.desa }) / Double(max(part.count, 1))
        }
        #expect(certain.count > others.count)
        #expect(share(certain) > 0.999, "\(share(certain))")
        #expect(share(others) > 0.8, "\(share(others))")
        #expect(share(others) < share(certain))
    }

    @Test func sensitivityGivesEachDesaAScoreAndPublishesNothing() throws {
        let made = try Self.made.get()
        let output = made.shop.folder.appendingPathComponent("kepekaan.csv").path
        let summary = try HotspotSensitivity(
            database: made.shop.database, criteriaPath: made.shop.criteria,
            progress: SilentProgress()
        ).run(output: output)
        #expect(summary.variants.count >= 10)
        #expect(summary.stability.count == 330)
        #expect(summary.stability.allSatisfy { (0...1).contains($0) })
        #expect(summary.stableHot <= summary.base.hot)
        let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 331)
        #expect(lines[0].hasPrefix("kode_desa,nama_desa,nama_kecamatan,kestabilan,peta,rook"))
        let published = try PublishedMap(path: made.shop.database.path).publishedReleaseID()
        #expect(published == made.release.releaseID)
    }

    @Test func aSecondRunShowsTheSameAndPublishesNothing() throws {
        let made = try Self.made.get()
        let again = try KeluargaGeocoding(
            database: made.shop.database, seal: made.shop.seal, progress: SilentProgress()
        ).run(register: made.register)
        #expect(again == made.geocoding)
        let release = try Made.publish(made.shop)
        #expect(release.isUnchanged)
        #expect(release.releaseID == made.release.releaseID)
    }

    @Test func publishedDesaAddUpToTheKabupaten() throws {
        let made = try Self.made.get()
        let desa = try made.desa()
        #expect(desa.count == 330)
        let sum = desa.reduce(0) { $0 + ($1["keluarga"] as? Int ?? 0) }
        let kabupaten = try #require(made.document("rilis")["kabupaten"] as? [String: Any])
        #expect(kabupaten["keluarga"] as? Int == sum)
        #expect(sum == made.release.inDesa)
    }

    @Test func noSmallCountIsPublishedNorFollowsFromTheRest() throws {
        let made = try Self.made.get()
        var hiddenRows = 0
        for desa in try made.desa() {
            let total = try #require(desa["keluarga"] as? Int)
            let desil = (1...10).map { desa["desil_\($0)"] as? Int }
            for count in desil.compactMap(\.self) { #expect(!(1...4).contains(count)) }
            let extreme = desa["keluarga_ekstrem"] as? Int
            if let extreme { #expect(!(1...4).contains(extreme)) }
            #expect((desil[0] == nil) == (extreme == nil))
            if extreme == nil {
                for name in ["persen_ekstrem", "batas_atas", "peluang_di_atas"] {
                    #expect(desa[name] == nil || desa[name] is NSNull, "\(name)")
                }
            }
            let visible = desil.compactMap(\.self).reduce(0, +)
            if desil.contains(nil) {
                hiddenRows += 1
                // What is left for the hidden cells is no small count either.
                #expect(total - visible >= 5, "\(desa["kode_desa"] ?? "")")
            }
        }
        #expect(hiddenRows > 0)
    }

    @Test func hotDesaAreThePlantedOnesOrTheirNeighbours() throws {
        let made = try Self.made.get()
        let text = try String(contentsOfFile: made.files.clusterTruth, encoding: .utf8)
        let planted = Set(
            text.split(separator: "\n").dropFirst().map { String($0.split(separator: ",")[1]) })
        let hot = try made.desa()
            .filter { ["panas_99", "panas_95"].contains($0["kelas"] as? String) }
            .compactMap { $0["kode_desa"] as? String }
        #expect(hot.count >= 5)
        #expect(planted.intersection(hot).count * 10 >= hot.count * 6)
    }

    @Test func everyFurtherIndicatorIsTestedPublishedAndKeptWithItsMethod() throws {
        let made = try Self.made.get()
        let further = try #require(
            (made.document("rilis")["hasil_lain"] as? [String: Any])?["indikator"]
                as? [[String: Any]])
        // Desil 1 is the rule's own share.
        #expect(further.map { $0["id"] as? String } == ["desil-1-2", "desil-1-4"])
        let desa = try made.desa()
        for indicator in further {
            let name = try #require(indicator["sifat"] as? String)
            #expect(indicator["ulangan"] as? Int == 9_999 && indicator["seed"] as? Int == 1)
            #expect((indicator["versi"] as? String)?.isEmpty == false)
            let classes = Dictionary(
                grouping: desa.compactMap { $0["kelas_\(name)"] as? String }, by: \.self
            ).mapValues(\.count)
            #expect(classes == indicator["kelas"] as? [String: Int])
            #expect(classes.values.reduce(0, +) == 330)
            // A desa has a group exactly when it is hot or cold.
            for row in desa {
                let isOfGroup = row["kelompok_\(name)"] as? Int != nil
                let found = try #require(
                    HotspotClass(rawValue: row["kelas_\(name)"] as? String ?? ""))
                let isMarked = ![.notSignificant, .untested, .noData, .noKeluarga].contains(found)
                #expect(isOfGroup == isMarked)
            }
        }
        let kept = try made.shop.database.indicatorResults(release: made.release.releaseID)
        let groups = kept.filter { $0.method == "level-set-scan" }
        #expect(groups.map(\.indicator) == ["desil-1-2", "desil-1-4", "ekstrem"])
        #expect(groups.allSatisfy { $0.seed == 1 && !$0.version.isEmpty })
        #expect(groups.allSatisfy { $0.parameters.contains(#""replicas":9999"#) })
    }

    @Test func giliKetapangIsNotTested() throws {
        let made = try Self.made.get()
        let island = try made.desa().first { $0["kode_desa"] as? String == "35.13.21.2013" }
        #expect(island?["kelas"] as? String == "tidak_diuji")
    }

    @Test func nothingPublishedHoldsANumberOrANameOfAFamily() throws {
        let made = try Self.made.get()
        var texts = try made.published.documents.values.map { try Gzip.decompress($0.gzip) }
        for layer in made.published.layers.values {
            texts += try layer.tiles.values.map { try Gzip.decompress($0.gzip) }
        }
        #expect(texts.count > 1000)
        for text in texts {
            let data = Data(text)
            // Every number of a simulated family begins with 9935, every name has REKA in it.
            #expect(data.range(of: Data("9935".utf8)) == nil || !hasLongNumber(text))
            #expect(data.range(of: Data("REKA".utf8)) == nil)
        }
    }

    /// Sixteen digits in a row, as a NIK or No KK has.
    private func hasLongNumber(_ bytes: [UInt8]) -> Bool {
        var run = 0
        var hasDot = false
        for byte in bytes {
            if (48...57).contains(byte) {
                run += 1
                if run >= 16, !hasDot { return true }
            } else {
                hasDot = byte == UInt8(ascii: ".")
                run = 0
            }
        }
        return false
    }

    @Test func everyMetadataDocumentSaysThatTheDataAreSimulated() throws {
        let made = try Self.made.get()
        for name in ["rilis", "desa", "kecamatan"] {
            #expect(try made.document(name)["data_simulasi"] as? Bool == true, "\(name)")
        }
        for layer in made.published.layers.values {
            #expect(layer.description.isSimulated)
            #expect(layer.description.text.hasPrefix("DATA SIMULASI"))
        }
    }

    @Test func densityCellsHoldAllKeluargaThatHaveADesa() throws {
        let made = try Self.made.get()
        let rule = try CriteriaFile.read(path: made.shop.criteria)[1]
        let boundarySet = try #require(try made.shop.database.activeBoundarySet())
        let boundaries = try made.shop.database.boundaries(of: boundarySet)
        let figures = try made.shop.database.figuresByDesa(of: made.register)
        let density = DensityComputation(rule: rule, widthMetres: 1000).run(
            boundaries: boundaries,
            figures: boundaries.map { figures[$0.desa] ?? AreaFigures() },
            counts: try made.shop.database.countsByCell(of: made.register))
        let sum = density.cells.reduce(0) { $0 + $1.keluarga }
        #expect(abs(sum - Double(made.release.inDesa)) < 1e-6 * sum)
        let land = density.cells.reduce(0) { $0 + $1.landKm2 }
        let area = boundaries.reduce(0) { $0 + $1.areaKm2 }
        #expect(abs(land / area - 1) < 2e-3)
    }
}
