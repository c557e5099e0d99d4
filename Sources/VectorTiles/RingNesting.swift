/// A polygon on a grid: a positive exterior, negative holes, no ring closed by a repeated vertex.
struct GridPolygon: Hashable, Sendable {
    var exterior: [GridPoint]
    var holes: [[GridPoint]] = []

    var rings: [[GridPoint]] { [exterior] + holes }

    /// Twice the area.
    var doubledArea: Int { rings.reduce(0) { $0 + RingNesting.doubledArea($1) } }
}

/// From loose rings to polygons with holes.
enum RingNesting {
    /// The shoelace sum, positive when the ring turns left in the numbers.
    ///
    /// Taken relative to the first vertex, so that it stays exact.
    static func doubledArea(_ ring: [GridPoint]) -> Int {
        guard let origin = ring.first, var previous = ring.last else { return 0 }
        previous = previous - origin
        var sum = 0
        for vertex in ring {
            let current = vertex - origin
            sum += previous.cross(current)
            previous = current
        }
        return sum
    }

    /// Polygons of `rings`, in the order of their exteriors; rings without area are left out.
    ///
    /// Rings may meet in vertices but not cross. A hole goes to the smallest exterior around it.
    static func polygons(of rings: [[GridPoint]]) -> [GridPolygon] {
        var polygons: [GridPolygon] = []
        var areas: [Int] = []
        var holes: [[GridPoint]] = []
        for ring in rings where ring.count >= 3 {
            let area = doubledArea(ring)
            if area > 0 {
                polygons.append(GridPolygon(exterior: ring))
                areas.append(area)
            } else if area < 0 {
                holes.append(ring)
            }
        }
        for hole in holes {
            var owner: Int?
            if polygons.count == 1 {
                owner = 0
            } else {
                for candidate in polygons.indices
                where owner.map({ areas[candidate] < areas[$0] }) ?? true {
                    if contains(polygons[candidate].exterior, ring: hole) { owner = candidate }
                }
            }
            // A hole without exterior cannot come from valid rings; without it the area is whole.
            if let owner { polygons[owner].holes.append(hole) }
        }
        return polygons
    }

    /// Cuts a ring that meets itself in vertices into rings that do not.
    static func simpleRings(of ring: [GridPoint]) -> [[GridPoint]] {
        var result: [[GridPoint]] = []
        var open: [GridPoint] = []
        var position: [GridPoint: Int] = [:]
        for vertex in ring {
            if let start = position[vertex] {
                result.append(Array(open[start...]))
                for removed in open[(start + 1)...] { position[removed] = nil }
                open.removeSubrange((start + 1)...)
            } else {
                position[vertex] = open.count
                open.append(vertex)
            }
        }
        result.append(open)
        return result
    }

    /// Whether `ring`, which does not cross `exterior`, lies in it; touching is allowed.
    private static func contains(_ exterior: [GridPoint], ring: [GridPoint]) -> Bool {
        for vertex in ring {
            switch side(of: vertex, exterior) {
            case 0: continue
            case let side: return side > 0
            }
        }
        return false
    }

    /// 1 inside, 0 on the border, -1 outside; exact.
    static func side(of point: GridPoint, _ ring: [GridPoint]) -> Int {
        guard var previous = ring.last else { return -1 }
        var isInside = false
        for vertex in ring {
            let turn = GridPoint.orientation(previous, vertex, point)
            if turn == 0, min(previous.x, vertex.x) <= point.x,
                point.x <= max(previous.x, vertex.x), min(previous.y, vertex.y) <= point.y,
                point.y <= max(previous.y, vertex.y)
            {
                return 0
            }
            // Half-open in y: a vertex at the point's height counts once.
            if (previous.y > point.y) != (vertex.y > point.y),
                (turn > 0) == (vertex.y > previous.y)
            {
                isInside.toggle()
            }
            previous = vertex
        }
        return isInside ? 1 : -1
    }
}
