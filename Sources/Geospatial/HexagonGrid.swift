/// A grid of equal regular hexagons with a corner to the north, in UTM zone 49S.
///
/// Cells are addressed by axial coordinates *q* (east) and *r* (north-east). Corners are computed
/// from whole multiples of half the width and half the side, so that neighbours share them to the
/// bit. The UTM scale varies by 0.1 % over Kabupaten Probolinggo, and so do the areas.
public struct HexagonGrid: Hashable, Sendable {
    public struct Cell: Hashable, Sendable, Comparable {
        public let q: Int
        public let r: Int

        public init(q: Int, r: Int) {
            self.q = q
            self.r = r
        }

        /// A positive number that no other cell within 100,000 cells of the origin has.
        public var id: Int { (r + 100_000) * 200_000 + (q + 100_000) }

        public init(id: Int) {
            self.init(q: id % 200_000 - 100_000, r: id / 200_000 - 100_000)
        }

        public static func < (lhs: Cell, rhs: Cell) -> Bool { lhs.id < rhs.id }
    }

    /// The distance between opposite sides.
    public let widthMetres: Double
    private let projection = TransverseMercator.utm49S

    private static let rootOfThree = 3.0.squareRoot()

    public init(widthMetres: Double) {
        precondition(widthMetres > 0, "a hexagon of width \(widthMetres) m")
        self.widthMetres = widthMetres
    }

    public static func == (lhs: HexagonGrid, rhs: HexagonGrid) -> Bool {
        lhs.widthMetres == rhs.widthMetres
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(widthMetres) }

    private var sideMetres: Double { widthMetres / Self.rootOfThree }

    public var cellAreaKm2: Double { Self.rootOfThree / 2 * widthMetres * widthMetres / 1e6 }

    public func cell(at coordinate: Coordinate) -> Cell {
        cell(at: projection.project(coordinate))
    }

    /// The cell around a point of the UTM plane, by rounding in cube coordinates.
    public func cell(at point: PlanarPoint) -> Cell {
        let r = point.y / (1.5 * sideMetres)
        let q = point.x / widthMetres - r / 2
        let s = -q - r
        var roundedQ = q.rounded()
        var roundedR = r.rounded()
        let roundedS = s.rounded()
        let (dq, dr, ds) = (
            (roundedQ - q).magnitude, (roundedR - r).magnitude, (roundedS - s).magnitude
        )
        if dq > dr, dq > ds {
            roundedQ = -roundedR - roundedS
        } else if dr > ds {
            roundedR = -roundedQ - roundedS
        }
        return Cell(q: Int(roundedQ), r: Int(roundedR))
    }

    /// The six corners in the UTM plane, counter-clockwise from the north-east one.
    public func planarCorners(of cell: Cell) -> [PlanarPoint] {
        let column = 2 * cell.q + cell.r
        let row = 3 * cell.r
        return [(1, 1), (0, 2), (-1, 1), (-1, -1), (0, -2), (1, -1)].map { step in
            PlanarPoint(
                x: Double(column + step.0) * (widthMetres / 2),
                y: Double(row + step.1) * (sideMetres / 2)
            )
        }
    }

    /// The middle in the UTM plane.
    public func planarCentre(of cell: Cell) -> PlanarPoint {
        PlanarPoint(
            x: Double(2 * cell.q + cell.r) * (widthMetres / 2),
            y: Double(3 * cell.r) * (sideMetres / 2))
    }

    public func polygon(of cell: Cell) -> Polygon {
        Polygon(exterior: planarCorners(of: cell).map(projection.unproject))
    }

    /// The cells that `area` touches, with the square kilometres of it in each (UTM plane).
    ///
    /// - Complexity: O(*v* · *c*), *v* vertices of the area, *c* cells of its extent.
    public func coverage(of area: MultiPolygon) -> [(cell: Cell, areaKm2: Double)] {
        let rings = area.polygons.flatMap { polygon in
            polygon.wound().rings.map { $0.map(projection.project) }
        }
        let points = rings.joined()
        guard let minX = points.map(\.x).min(), let maxX = points.map(\.x).max(),
            let minY = points.map(\.y).min(), let maxY = points.map(\.y).max()
        else { return [] }
        let rowHeight = 1.5 * sideMetres
        var result: [(cell: Cell, areaKm2: Double)] = []
        for r in Int((minY / rowHeight).rounded(.down)) - 1...Int((maxY / rowHeight).rounded(.up))
            + 1
        {
            let shift = Double(r) / 2
            let first = Int((minX / widthMetres - shift).rounded(.down)) - 1
            let last = Int((maxX / widthMetres - shift).rounded(.up)) + 1
            for q in first...last {
                let cell = Cell(q: q, r: r)
                let corners = planarCorners(of: cell)
                let squareMetres = rings.reduce(0) {
                    $0 + ConvexClip.signedArea(of: $1, inside: corners)
                }
                if squareMetres > 1e-3 { result.append((cell, squareMetres / 1e6)) }
            }
        }
        return result
    }
}

/// The area of a ring inside a convex polygon.
enum ConvexClip {
    /// Signed like the ring's winding; corners run counter-clockwise.
    ///
    /// Sutherland and Hodgman's clip may join parts by bridges of no width, which an area does
    /// not notice.
    static func signedArea(of ring: [PlanarPoint], inside corners: [PlanarPoint]) -> Double {
        var subject = ring
        var start = corners[corners.count - 1]
        for end in corners {
            defer { start = end }
            guard var previous = subject.last else { return 0 }
            func side(_ point: PlanarPoint) -> Double {
                (end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x)
            }
            var clipped: [PlanarPoint] = []
            clipped.reserveCapacity(subject.count + 4)
            var previousSide = side(previous)
            for point in subject {
                let pointSide = side(point)
                if (pointSide >= 0) != (previousSide >= 0) {
                    let t = previousSide / (previousSide - pointSide)
                    clipped.append(
                        PlanarPoint(
                            x: previous.x + t * (point.x - previous.x),
                            y: previous.y + t * (point.y - previous.y)))
                }
                if pointSide >= 0 { clipped.append(point) }
                previous = point
                previousSide = pointSide
            }
            subject = clipped
        }
        return signedArea(of: subject)
    }

    static func signedArea(of ring: [PlanarPoint]) -> Double {
        guard let origin = ring.first, var previous = ring.last else { return 0 }
        var sum = 0.0
        for point in ring {
            sum +=
                (previous.x - origin.x) * (point.y - origin.y)
                - (point.x - origin.x) * (previous.y - origin.y)
            previous = point
        }
        return sum / 2
    }
}
