import Foundation
import Geospatial
import Testing

@testable import VectorTiles

@Suite("Desa of Kabupaten Probolinggo")
struct RealGeographyTests {
    @Test("the working map stays a coverage at every zoom")
    func workingMap() throws {
        try expectCoverageAtEveryZoom(DesaFile(DesaFile.working))
    }

    @Test(
        "the full-detail map stays a coverage at every zoom",
        .enabled(if: DesaFile.hasFullDetail, "full-detail boundaries are not on this machine")
    )
    func fullDetail() throws {
        try expectCoverageAtEveryZoom(DesaFile(DesaFile.fullDetail))
    }

    private func expectCoverageAtEveryZoom(_ desa: DesaFile) throws {
        #expect(desa.areas.count == 330)
        let topology = CoverageTopology(desa.areas)
        #expect(topology.flaws == CoverageTopology.Flaws())
        let coverage = SimplifiedCoverage(topology)
        for (zoom, statistics) in zip(6...14, coverage.statistics) {
            #expect(statistics.conflicts == 0)
            let areas = try polygons(of: coverage, zoom: zoom)
            let kecamatan = try polygons(of: coverage, zoom: zoom, dissolvedBy: desa.kecamatan)
            let whole = try polygons(
                of: coverage,
                zoom: zoom,
                dissolvedBy: desa.areas.map { _ in 0 }
            )
            expectCoverage(areas, "zoom \(zoom)")
            expectCoverage(kecamatan, "zoom \(zoom)")
            #expect(areas.allSatisfy { !$0.isEmpty }, "zoom \(zoom)")
            #expect(kecamatan.count == 24)
            // No gap: everything adds up to what the outer border encloses, which has no hole.
            let sum = areas.reduce(0) { $0 + doubledArea($1) }
            #expect(kecamatan.reduce(0) { $0 + doubledArea($1) } == sum)
            #expect(doubledArea(whole[0]) == sum)
            #expect(whole[0].allSatisfy { $0.holes.isEmpty })
            expectEdges(of: kecamatan, among: areas)
            try expectSize(desa.areas, areas, zoom: zoom)
        }
    }

    /// Every edge of a kecamatan is, in the same direction, one of its desa.
    private func expectEdges(of outer: [[GridPolygon]], among inner: [[GridPolygon]]) {
        func edges(_ areas: [[GridPolygon]]) -> Set<[GridPoint]> {
            var edges: Set<[GridPoint]> = []
            for ring in areas.joined().flatMap(\.rings) {
                for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) { edges.insert([a, b]) }
            }
            return edges
        }
        #expect(edges(outer).isSubset(of: edges(inner)))
    }

    /// Areas may change with the border's detail: by 1 % in all, by a unit along each border.
    private func expectSize(
        _ sources: [MultiPolygon],
        _ areas: [[GridPolygon]],
        zoom: Int
    ) throws {
        let scale = Double(1 << (12 + zoom))
        func size(_ area: MultiPolygon) -> Double {
            area.polygons.reduce(0) { sum, polygon in
                sum
                    + polygon.rings.enumerated().reduce(0) { sum, ring in
                        let points = ring.element.map { WebMercator.unitPoint(of: $0) }
                        var doubled = 0.0
                        for (a, b) in zip(points, points.dropFirst() + points.prefix(1)) {
                            doubled +=
                                (a.x - points[0].x) * (b.y - points[0].y)
                                - (b.x - points[0].x) * (a.y - points[0].y)
                        }
                        return sum + (ring.offset == 0 ? abs(doubled) : -abs(doubled))
                    }
            } * scale * scale
        }
        let sourceSizes = sources.map(size)
        let total = areas.reduce(0) { $0 + doubledArea($1) }
        #expect(abs(Double(total) / sourceSizes.reduce(0, +) - 1) < 0.01, "zoom \(zoom)")
        for (source, area) in zip(sourceSizes, areas) {
            let tolerance = 0.02 * source + 40 * source.squareRoot()
            #expect(abs(Double(doubledArea(area)) - source) < tolerance, "zoom \(zoom)")
        }
    }

    @Test("tiles without margin add up to the whole", arguments: [8, 10, 12])
    func tilesAddUp(zoom: Int) throws {
        let desa = try DesaFile(DesaFile.working)
        let coverage = SimplifiedCoverage(
            CoverageTopology(desa.areas),
            settings: PyramidSettings(zooms: zoom...zoom, buffer: 0)
        )
        let layer = LayerGeometry(coverage)
        let attributes = LayerAttributes(
            name: "desa",
            ids: desa.ids,
            keys: ["nama"],
            rows: desa.names.map { [.string($0)] }
        )
        var sums = [UInt64: Int]()
        for tile in layer.tiles {
            let encoded = TileEncoder.encode(tile, geometry: layer, attributes: attributes)
            for feature in try #require(try MVTDecoder.layers(encoded.mvt).first).features {
                let rings = try MVTDecoder.rings(feature)
                let id = try #require(feature.id)
                sums[id, default: 0] += rings.reduce(0) { $0 + RingNesting.doubledArea($1) }
            }
        }
        let areas = try polygons(of: coverage, zoom: zoom)
        for (id, area) in zip(desa.ids, areas) { #expect(sums[id] == doubledArea(area)) }
    }

    @Test("every tile of the pyramid is a coverage by itself")
    func everyTile() throws {
        let desa = try DesaFile(DesaFile.working)
        let layer = LayerGeometry(SimplifiedCoverage(CoverageTopology(desa.areas)))
        #expect(layer.vanished.isEmpty)
        let attributes = LayerAttributes(
            name: "desa",
            ids: desa.ids,
            keys: ["nama"],
            rows: desa.names.map { [.string($0)] }
        )
        for tile in layer.tiles {
            let encoded = TileEncoder.encode(tile, geometry: layer, attributes: attributes)
            let features = try #require(try MVTDecoder.layers(encoded.mvt).first).features
            let areas = try features.map { RingNesting.polygons(of: try MVTDecoder.rings($0)) }
            expectCoverage(areas, "\(tile)")
            let margin = GridRectangle(column: 0, row: 0, buffer: 64)
            for point in areas.joined().flatMap(\.rings).joined() where !margin.contains(point) {
                Issue.record("\(point) lies outside of \(tile)")
            }
        }
    }
}
