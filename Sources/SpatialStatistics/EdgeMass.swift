internal import Foundation
public import Geospatial

/// The polygon inside which points can be seen, and how much of a kernel lies in it.
///
/// A kernel has a field F around its centre whose divergence is the kernel, so its mass in the
/// window is the flux of F through the boundary (Gauss). With M(r) the mass within distance r,
///
///     e(u) = sum over edges of the integral of h M(r) / (2 pi r^2) dt,   r^2 = h^2 + t^2,
///
/// h the distance of u from the edge's line, positive inside, and t the place along it. Where
/// M = 1 that is the angle at which u sees the edge over 2 pi; inside the kernel's reach the
/// integrand is smooth, at h = 0 too, and Gauss-Legendre sums come to about 1e-13. No grid of
/// pixels is involved.
public struct ObservationWindow: Sendable {
    /// Square units, holes subtracted.
    public let area: Double
    /// The longer and the shorter side of the bounding box.
    public let longerSide: Double
    public let shorterSide: Double
    private let rings: EdgeTrees

    /// A window from its rings: exteriors counter-clockwise, holes clockwise, in any order.
    ///
    /// A ring may or may not repeat its first vertex; several exteriors are islands. Rings may
    /// touch but not cross. A window of no area is a wrong call.
    /// - Complexity: O(*v*), *v* the vertices.
    public init(rings: [[PlanarPoint]]) {
        let vertices = rings.lazy.joined()
        for vertex in vertices {
            precondition(vertex.x.isFinite && vertex.y.isFinite, "a window's vertex is \(vertex)")
        }
        var box = Box()
        for vertex in vertices { box.include(vertex) }
        area = rings.reduce(0) { $0 + signedArea(of: $1) }
        precondition(area > 0, "a window of area \(area): exteriors run counter-clockwise")
        longerSide = max(box.highX - box.lowX, box.highY - box.lowY)
        shorterSide = min(box.highX - box.lowX, box.highY - box.lowY)
        self.rings = EdgeTrees(rings.filter { !$0.isEmpty })
    }

    /// The part, 0 to 1, of a kernel around `point` that lies in the window; good to 1e-12.
    ///
    /// On a straight border it is one half; far outside it is 0.
    /// - Complexity: O(log *v*) and the edges within reach of the kernel.
    public func edgeMass(of kernel: SmoothingKernel, at point: PlanarPoint) -> Double {
        let profile: RadialProfile =
            switch kernel {
            case .gaussian: .gaussian
            case .quartic: .quartic
            }
        return min(1, max(0, flux(of: profile, unit: kernel.bandwidth, at: point)))
    }

    /// The part of the circle of `radius` around `point` that runs inside the window.
    /// - Complexity: O(log *v*) and the edges the circle meets.
    func circleFraction(at point: PlanarPoint, radius: Double) -> Double {
        min(1, max(0, flux(of: .circle, unit: radius, at: point)))
    }

    /// Whether `point` is in the window; its border, to 1e-9 of the longer side, belongs to it.
    public func contains(_ point: PlanarPoint) -> Bool {
        // A tiny disc that has some part inside. Corners sharper than 0.0004 degrees are lost.
        flux(of: .quartic, unit: 1e-9 * longerSide, at: point) > 1e-6
    }

    private func flux(of profile: RadialProfile, unit: Double, at point: PlanarPoint) -> Double {
        rings.flux(of: profile, unit: unit, at: point) / (2 * .pi)
    }
}

/// M(r) of a kernel, in units of its bandwidth.
private enum RadialProfile {
    case gaussian
    case quartic
    /// All mass at distance 1.
    case circle

    /// From here on M = 1, for the Gaussian kernel to 1e-16.
    var reach: Double { self == .gaussian ? 8.6 : 1 }

    /// The integral of h M(r)/r^2 along a straight line at distance `h` of the centre, from
    /// `start` to `end`, all within reach.
    func integral(h: Double, from start: Double, to end: Double) -> Double {
        switch self {
        case .circle:
            return 0
        case .quartic:
            // M(r)/r^2 = 3 - 3 r^2 + r^4, of which t has a polynomial integral.
            let q = h * h
            func primitive(_ t: Double) -> Double {
                let t2 = t * t
                return t * ((3 - 3 * q + q * q) + t2 * ((2 * q - 3) / 3 + t2 / 5))
            }
            return h * (primitive(end) - primitive(start))
        case .gaussian:
            let panels = max(1, ((end - start) / 2).rounded(.up))
            let half = (end - start) / (2 * panels)
            let isShort = half < 0.05
            var sum = 0.0
            for panel in 0..<Int(panels) {
                let middle = start + (2 * Double(panel) + 1) * half
                @inline(__always)
                func add(_ node: Double, _ weight: Double) {
                    let t = middle + half * node
                    let r2 = h * h + t * t
                    sum += weight * GaussianMass.overSquare(r2)
                }
                if isShort { GaussLegendre.threePoints(add) } else { GaussLegendre.tenPoints(add) }
            }
            return h * half * sum
        }
    }
}

/// M(r)/r^2 of the Gaussian kernel, (1 - exp(-q/2))/q at q = r^2, within its reach.
///
/// By the Taylor series to the seventh degree about the middle of each quarter, which is wrong by
/// less than 4e-16: a call of `expm1` took as long as all the rest.
private enum GaussianMass {
    private static let degree = 7
    private static let intervals = 297

    /// Interval after interval, the coefficients from the constant one on.
    ///
    /// Made once and kept: an array would be counted by every call, on all threads at once.
    nonisolated(unsafe) private static let coefficients: UnsafePointer<Double> = {
        let table = UnsafeMutablePointer<Double>.allocate(capacity: intervals * (degree + 1))
        for interval in 0..<intervals {
            // The function is half the integral of exp(-q u/2) over u from 0 to 1. That of
            // u^n exp(-a u) follows from that of u^(n + 1), which loses whatever is wrong high up.
            let a = (Double(interval) + 0.5) / 8
            var integral = 0.0
            var scale = [0.5]
            for order in 1...degree { scale.append(scale[order - 1] * -0.5 / Double(order)) }
            for order in stride(from: 200, to: 0, by: -1) {
                integral = (a * integral + exp(-a)) / Double(order)
                guard order <= degree + 1 else { continue }
                (table + interval * (degree + 1) + order - 1)
                    .initialize(to: scale[order - 1] * integral)
            }
        }
        return UnsafePointer(table)
    }()

    @inline(__always)
    static func overSquare(_ q: Double) -> Double {
        let interval = min(max(Int(q * 4), 0), intervals - 1)
        let place = coefficients + interval * (degree + 1)
        let d = q - (Double(interval) + 0.5) / 4
        var sum = place[degree]
        for order in stride(from: degree - 1, through: 0, by: -1) { sum = sum * d + place[order] }
        return sum
    }
}

/// Nodes in -1...1 and their weights; Abramowitz and Stegun (1964), table 25.4.
///
/// Written out: a list of them would be counted by every call, on all threads at once.
private enum GaussLegendre {
    typealias Add = (_ node: Double, _ weight: Double) -> Void

    @inline(__always)
    static func threePoints(_ add: Add) {
        add(0, 0.888888888888888889)
        add(0.774596669241483377, 0.555555555555555556)
        add(-0.774596669241483377, 0.555555555555555556)
    }

    @inline(__always)
    static func tenPoints(_ add: Add) {
        var sign = 1.0
        for _ in 0..<2 {
            add(sign * 0.148874338981631211, 0.295524224714752870)
            add(sign * 0.433395394129247191, 0.269266719309996355)
            add(sign * 0.679409568299024406, 0.219086362515982044)
            add(sign * 0.865063366688984511, 0.149451349150580593)
            add(sign * 0.973906528517171720, 0.066671344308688138)
            sign = -1
        }
    }
}

private struct Box {
    var lowX = Double.infinity
    var lowY = Double.infinity
    var highX = -Double.infinity
    var highY = -Double.infinity

    mutating func include(_ point: PlanarPoint) {
        lowX = min(lowX, point.x)
        lowY = min(lowY, point.y)
        highX = max(highX, point.x)
        highY = max(highY, point.y)
    }

    func isFarther(than distance: Double, from point: PlanarPoint) -> Bool {
        let x = max(lowX - point.x, point.x - highX, 0)
        let y = max(lowY - point.y, point.y - highY, 0)
        return x * x + y * y > distance * distance
    }
}

/// The edges of rings in halves of halves, each with its bounding box.
///
/// A run of edges whose box is out of reach counts only by the angle between its two ends: the
/// box does not hold the centre, so the run cannot wind around it.
private struct EdgeTrees: Sendable {
    private struct Ring: Sendable {
        /// Where its vertices and its boxes start.
        let path: Int
        let boxes: Int
        let edges: Int
    }

    private let rings: [Ring]
    /// Ring after ring: its vertices, the first again at the end.
    ///
    /// All in one array, as the boxes: arrays of each ring would be counted by every call, on all
    /// threads at once, which took as long as the flux.
    private let path: [PlanarPoint]
    /// Ring after ring: node k has the children 2k and 2k + 1; the root is 1.
    private let boxes: [Box]

    init(_ given: [[PlanarPoint]]) {
        var rings: [Ring] = []
        var path: [PlanarPoint] = []
        var boxes: [Box] = []
        for ring in given {
            rings.append(Ring(path: path.count, boxes: boxes.count, edges: ring.count))
            let closed = ring + ring.prefix(1)
            var size = 1
            while size < ring.count { size *= 2 }
            var own = [Box](repeating: Box(), count: 2 * size)
            Self.fill(&own, closed, node: 1, edges: 0..<ring.count)
            path += closed
            boxes += own
        }
        self.rings = rings
        self.path = path
        self.boxes = boxes
    }

    private static func fill(
        _ boxes: inout [Box],
        _ path: [PlanarPoint],
        node: Int,
        edges: Range<Int>
    ) {
        for vertex in path[edges.lowerBound...edges.upperBound] { boxes[node].include(vertex) }
        guard edges.count > 1 else { return }
        let middle = (edges.lowerBound + edges.upperBound) / 2
        fill(&boxes, path, node: 2 * node, edges: edges.lowerBound..<middle)
        fill(&boxes, path, node: 2 * node + 1, edges: middle..<edges.upperBound)
    }

    func flux(of profile: RadialProfile, unit: Double, at centre: PlanarPoint) -> Double {
        rings.withUnsafeBufferPointer { rings in
            path.withUnsafeBufferPointer { path in
                boxes.withUnsafeBufferPointer { boxes in
                    var sum = 0.0
                    for ring in rings {
                        let tree = EdgeTree(
                            path: UnsafeBufferPointer(rebasing: path[ring.path...]),
                            boxes: UnsafeBufferPointer(rebasing: boxes[ring.boxes...]),
                            profile: profile, unit: unit, centre: centre)
                        sum += tree.flux(node: 1, edges: 0..<ring.edges)
                    }
                    return sum
                }
            }
        }
    }
}

/// The edges of one ring as a centre sees them.
private struct EdgeTree {
    let path: UnsafeBufferPointer<PlanarPoint>
    let boxes: UnsafeBufferPointer<Box>
    let profile: RadialProfile
    let unit: Double
    let centre: PlanarPoint

    private func relative(_ vertex: PlanarPoint) -> PlanarPoint {
        PlanarPoint(x: (vertex.x - centre.x) / unit, y: (vertex.y - centre.y) / unit)
    }

    func flux(node: Int, edges: Range<Int>) -> Double {
        if boxes[node].isFarther(than: profile.reach * unit, from: centre) {
            return angle(relative(path[edges.lowerBound]), relative(path[edges.upperBound]))
        }
        guard edges.count > 1 else {
            return edgeFlux(
                of: profile,
                from: relative(path[edges.lowerBound]),
                to: relative(path[edges.upperBound])
            )
        }
        let middle = (edges.lowerBound + edges.upperBound) / 2
        return flux(node: 2 * node, edges: edges.lowerBound..<middle)
            + flux(node: 2 * node + 1, edges: middle..<edges.upperBound)
    }
}

/// The integral of h M(r)/r^2 along one edge, the centre at the origin.
private func edgeFlux(
    of profile: RadialProfile,
    from start: PlanarPoint,
    to end: PlanarPoint
) -> Double {
    // In bandwidths: far from what a square cannot hold.
    let (x, y) = (end.x - start.x, end.y - start.y)
    let length = (x * x + y * y).squareRoot()
    guard length > 0 else { return 0 }
    let along = PlanarPoint(x: x / length, y: y / length)
    let h = start.x * along.y - start.y * along.x
    let first = start.x * along.x + start.y * along.y
    let last = first + length
    let halfChord = (profile.reach * profile.reach - h * h).squareRoot()
    // Not a number when the line passes out of reach.
    guard halfChord > 0, first < halfChord, last > -halfChord else { return angle(start, end) }
    let near = max(first, -halfChord)
    let far = min(last, halfChord)
    // In the frame of the edge a point is (h, t).
    var sum = profile.integral(h: h, from: near, to: far)
    if near > first { sum += atan2(h * (near - first), h * h + near * first) }
    if far < last { sum += atan2(h * (last - far), h * h + last * far) }
    return sum
}

/// The angle, -pi to pi, by which one turns at the origin from `start` to `end`.
private func angle(_ start: PlanarPoint, _ end: PlanarPoint) -> Double {
    atan2(start.x * end.y - start.y * end.x, start.x * end.x + start.y * end.y)
}

/// The shoelace area, positive when `ring` runs counter-clockwise.
private func signedArea(of ring: [PlanarPoint]) -> Double {
    guard let origin = ring.first, var previous = ring.last else { return 0 }
    var sum = 0.0
    for vertex in ring {
        // Relative to the first vertex: northings near 9,140,000 m would cost six digits.
        sum +=
            (previous.x - origin.x) * (vertex.y - origin.y)
            - (vertex.x - origin.x) * (previous.y - origin.y)
        previous = vertex
    }
    return sum / 2
}
