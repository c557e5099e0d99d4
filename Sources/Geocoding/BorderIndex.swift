public import Geospatial

/// The share of a position's probability that an area has.
public struct AreaMass: Hashable, Sendable {
    /// The area's number; nil for outside of all.
    public let area: Int?
    /// From 0 to 1.
    public let mass: Double

    public init(area: Int?, mass: Double) {
        self.area = area
        self.mass = mass
    }
}

/// The borders of one boundary set: how near they are, and how much of an uncertain position lies
/// on each side.
///
/// Distances are in metres in a plane at the set's middle latitude, right to 0.1 % in an extent of
/// less than 0.8°. An edge that two areas hold in common is kept once.
///
/// Areas need not form a coverage. Where they overlap, each has its mass and all are scaled to add
/// up to 1; a gap counts as outside.
public struct BorderIndex: Sendable {
    /// A border farther than this many standard deviations cannot move more than 8e-7 of the mass
    /// to another area: exp(−5.3²/2).
    public static let certainBeyond = 5.3

    /// For each polygon of the index, the number of its area.
    private let areaNumbers: [Int]
    private let plane: MetricPlane
    private let locator: PolygonLocator
    private let grid: BorderGrid
    private let edges: [BorderEdge]
    /// The edges that only one area has.
    private let exposed: [Int32]
    /// All edges of each polygon once more, side by side, for the test of containment.
    private let outline: [BorderEdge]
    private let outlineRanges: [Range<Int>]

    /// - Parameters:
    ///   - areas: the areas with the numbers that answers shall bear.
    ///   - cellMetres: side of the grid's cells; about the length of an edge or two.
    /// - Complexity: O(vertices + cells); about 12 bytes a cell.
    public init(_ areas: [(area: Int, polygon: MultiPolygon)], cellMetres: Double = 60) {
        precondition(cellMetres > 0, "cells of \(cellMetres) metres")
        areaNumbers = areas.map(\.area)
        let box =
            BoundingBox(enclosing: areas.compactMap(\.polygon.boundingBox))
            ?? BoundingBox(west: 0, south: 0, east: 0, north: 0)
        plane = MetricPlane(around: box.center)
        locator = PolygonLocator(areas.map(\.polygon))
        var collection = EdgeCollection()
        for (number, entry) in areas.enumerated() {
            collection.add(entry.polygon.wound(), number: Int32(number), plane: plane)
        }
        edges = collection.edges
        exposed = edges.indices.filter { collection.edges[$0].right < 0 }.map { Int32($0) }
        outline = collection.outline
        outlineRanges = collection.ranges
        grid = BorderGrid(edges, cellMetres: cellMetres)
    }

    /// The area that contains `coordinate`, by the rule of `PolygonLocator`.
    public func area(at coordinate: Coordinate) -> Int? {
        locator.index(of: coordinate).map { areaNumbers[$0] }
    }

    /// Whether a border passes within `metres` of `coordinate`.
    public func hasBorder(within metres: Double, of coordinate: Coordinate) -> Bool {
        let point = plane.project(coordinate)
        if grid.clearance(around: point) > metres { return false }
        var found = false
        grid.forEachEdge(within: metres, of: point) { index in
            if !found, edges[index].squaredDistance(to: point) <= metres * metres { found = true }
        }
        return found
    }

    /// The border nearest to a position.
    public struct NearestBorder: Hashable, Sendable {
        public let metres: Double
        /// The nearest point of the border.
        public let place: Coordinate
        /// The areas that it bounds, one or two.
        public let areas: [Int]
    }

    /// The nearest border; nil when there is none at all.
    ///
    /// - Complexity: O(edges in the cells around); beyond the extent O(edges on the outside).
    public func nearestBorder(to coordinate: Coordinate) -> NearestBorder? {
        let point = plane.project(coordinate)
        guard let reach = grid.sufficientReach(around: point) else {
            return nearestOutsideBorder(to: coordinate)
        }
        var best: (index: Int, squaredDistance: Double)?
        grid.forEachEdge(within: reach, of: point) { index in
            let squared = edges[index].squaredDistance(to: point)
            if squared < best?.squaredDistance ?? .infinity { best = (index, squared) }
        }
        return best.map { border($0.index, from: point) }
    }

    /// The nearest border of a position outside of all areas.
    ///
    /// What can be seen from there has an area on one side only.
    /// - Complexity: O(edges that only one area has).
    func nearestOutsideBorder(to coordinate: Coordinate) -> NearestBorder? {
        let point = plane.project(coordinate)
        var least = Double.infinity
        var nearest: Int?
        for index in exposed {
            let squared = edges[Int(index)].squaredDistance(to: point)
            if squared < least {
                least = squared
                nearest = Int(index)
            }
        }
        return nearest.map { border($0, from: point) }
    }

    private func border(_ index: Int, from point: PlanarPoint) -> NearestBorder {
        let edge = edges[index]
        return NearestBorder(
            metres: edge.squaredDistance(to: point).squareRoot(),
            place: plane.unproject(edge.nearest(to: point)),
            areas: [edge.left, edge.right].filter { $0 >= 0 }.map { areaNumbers[Int($0)] })
    }

    /// The shares that the areas have of an isotropic Gaussian around `coordinate`.
    ///
    /// - Parameters:
    ///   - coordinate: the mean.
    ///   - sigmaMetres: the standard deviation along each axis; 0 gives the containing area.
    /// - Returns: the largest first; they add up to 1. The absolute error is below 1e-6, and a
    ///   share below that may be missing.
    /// - Complexity: O(1) far from borders, else O(edges within 6 standard deviations + edges of
    ///   the areas there).
    public func masses(at coordinate: Coordinate, sigmaMetres: Double) -> [AreaMass] {
        precondition(
            sigmaMetres >= 0 && sigmaMetres.isFinite, "a standard deviation of \(sigmaMetres) m")
        let point = plane.project(coordinate)
        let certainBeyond = Self.certainBeyond * sigmaMetres
        guard sigmaMetres > 0, grid.clearance(around: point) <= certainBeyond else {
            return [AreaMass(area: area(at: coordinate), mass: 1)]
        }
        let near = nearEdges(to: point, metres: GaussianMass.reach * sigmaMetres)
        guard near.squaredDistance <= certainBeyond * certainBeyond else {
            return [AreaMass(area: area(at: coordinate), mass: 1)]
        }
        let mean = awayFromEdges(point, near: near.edges)
        var raw: [(number: Int32, mass: Double)] = []
        func add(_ mass: Double, to number: Int32) {
            guard number >= 0 else { return }
            if let index = raw.firstIndex(where: { $0.number == number }) {
                raw[index].mass += mass
            } else {
                raw.append((number, mass + (contains(mean, number: Int(number)) ? 1 : 0)))
            }
        }
        for index in near.edges {
            let edge = edges[Int(index)]
            let (length, along, across) = edge.place(of: mean)
            guard length > 0 else { continue }
            let beyond = GaussianMass.outside(
                distance: across.magnitude / sigmaMetres, from: -along / sigmaMetres,
                to: (length - along) / sigmaMetres)
            guard beyond > 0 else { continue }
            let signed = across > 0 ? beyond : -beyond
            add(-signed, to: edge.left)
            add(signed, to: edge.right)
        }
        // An area may hold the mean with no border near, while others overlap it.
        if let around = locator.index(of: plane.unproject(mean)) { add(0, to: Int32(around)) }
        return shares(of: raw)
    }

    /// Those of `areas` whose outline comes within `metres` of the outline of an area not in
    /// `group`.
    ///
    /// The outline is made of the edges that belong to one area only. Where areas do not quite
    /// meet it also runs along gaps, of which the ones below 20 m are seen and left out.
    func areas(
        _ areas: Set<Int>,
        withOutlineWithin metres: Double,
        ofOutlineOfOthersThan group: Set<Int>
    ) -> Set<Int> {
        var found: Set<Int> = []
        let isOutline = edges.map(isOutline)
        for (index, edge) in edges.enumerated() where isOutline[index] {
            let area = areaNumbers[Int(edge.left)]
            guard areas.contains(area), !found.contains(area) else { continue }
            for end in [PlanarPoint(x: edge.ax, y: edge.ay), PlanarPoint(x: edge.bx, y: edge.by)] {
                grid.forEachEdge(within: metres, of: end) { other in
                    if isOutline[other], !group.contains(areaNumbers[Int(edges[other].left)]),
                        edges[other].squaredDistance(to: end) <= metres * metres
                    {
                        found.insert(area)
                    }
                }
            }
        }
        return found
    }

    /// Whether nothing but the outside lies right of `edge`, 20 m away from its middle.
    private func isOutline(_ edge: BorderEdge) -> Bool {
        guard edge.right < 0 else { return false }
        let dx = edge.bx - edge.ax
        let dy = edge.by - edge.ay
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0 else { return false }
        let beyond = PlanarPoint(
            x: (edge.ax + edge.bx) / 2 + 20 * dy / length,
            y: (edge.ay + edge.by) / 2 - 20 * dx / length)
        return locator.index(of: plane.unproject(beyond)) == nil
    }

    private func shares(of raw: [(number: Int32, mass: Double)]) -> [AreaMass] {
        var shares: [AreaMass] = []
        for (number, mass) in raw where mass > 1e-9 {
            let area = areaNumbers[Int(number)]
            if let index = shares.firstIndex(where: { $0.area == area }) {
                shares[index] = AreaMass(area: area, mass: shares[index].mass + mass)
            } else {
                shares.append(AreaMass(area: area, mass: mass))
            }
        }
        let sum = shares.reduce(0) { $0 + $1.mass }
        if sum < 1 - 1e-9 { shares.append(AreaMass(area: nil, mass: 1 - sum)) }
        let scale = max(sum, sum < 1 - 1e-9 ? 1 : sum)
        return shares.map { AreaMass(area: $0.area, mass: $0.mass / scale) }
            .sorted { $0.mass > $1.mass }
    }

    /// The edges within `metres`, each once, and the squared distance of the nearest.
    private func nearEdges(
        to point: PlanarPoint,
        metres: Double
    ) -> (edges: [Int32], squaredDistance: Double) {
        var found: [Int32] = []
        var least = Double.infinity
        let limit = metres * metres
        edges.withUnsafeBufferPointer { edges in
            grid.forEachEdge(within: metres, of: point) { index in
                let squared = edges[index].squaredDistance(to: point)
                guard squared <= limit else { return }
                least = min(least, squared)
                found.append(Int32(index))
            }
        }
        found.sort()
        var unique: [Int32] = []
        unique.reserveCapacity(found.count)
        for index in found where unique.last != index { unique.append(index) }
        return (unique, least)
    }

    /// `point` itself, or a point a micrometre away that lies on no edge.
    ///
    /// On an edge, rounding would decide the side once for the winding and once for the integral.
    /// The move changes a share by less than 4e-7 for a standard deviation of a metre.
    private func awayFromEdges(_ point: PlanarPoint, near: [Int32]) -> PlanarPoint {
        func isClear(_ point: PlanarPoint) -> Bool {
            near.allSatisfy { edges[Int($0)].squaredDistance(to: point) > 1e-14 }
        }
        if isClear(point) { return point }
        // Directions that no border follows: north-east and so on, each turned by 2.4 radians.
        let directions = [(0.83, 0.56), (-0.99, 0.15), (0.62, -0.78), (0.07, 0.99), (-0.73, -0.68)]
        for (dx, dy) in directions {
            let moved = PlanarPoint(x: point.x + dx * 1e-6, y: point.y + dy * 1e-6)
            if isClear(moved) { return moved }
        }
        return point
    }

    private func contains(_ point: PlanarPoint, number: Int) -> Bool {
        var inside = false
        outline.withUnsafeBufferPointer { outline in
            for index in outlineRanges[number] {
                let edge = outline[index]
                guard (edge.ay > point.y) != (edge.by > point.y) else { continue }
                let cross =
                    (edge.bx - edge.ax) * (point.y - edge.ay)
                    - (edge.by - edge.ay) * (point.x - edge.ax)
                if (cross > 0) == (edge.by > edge.ay) { inside.toggle() }
            }
        }
        return inside
    }
}

/// Gathers the edges of polygons and joins those that two of them share.
private struct EdgeCollection {
    private struct Ends: Hashable {
        let first: Coordinate
        let second: Coordinate
    }

    var edges: [BorderEdge] = []
    var outline: [BorderEdge] = []
    var ranges: [Range<Int>] = []
    /// Edges that have one side so far.
    private var open: [Ends: Int] = [:]

    /// Takes a wound polygon: it lies left of each of its edges.
    mutating func add(_ area: MultiPolygon, number: Int32, plane: MetricPlane) {
        let start = outline.count
        for ring in area.polygons.lazy.flatMap(\.rings) {
            guard var previous = ring.last else { continue }
            for vertex in ring where vertex != previous {
                let a = plane.project(previous)
                let b = plane.project(vertex)
                let edge = BorderEdge(ax: a.x, ay: a.y, bx: b.x, by: b.y, left: number, right: -1)
                outline.append(edge)
                if let other = open.removeValue(forKey: Ends(first: vertex, second: previous)) {
                    edges[other].right = number
                } else {
                    open[Ends(first: previous, second: vertex)] = edges.count
                    edges.append(edge)
                }
                previous = vertex
            }
        }
        ranges.append(start..<outline.count)
    }
}
