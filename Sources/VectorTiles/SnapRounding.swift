/// Snap rounding: lines are brought to a coarser grid without one ever crossing another.
///
/// Rounding vertices alone lets a vertex jump over a neighbouring line. Snap rounding (Hobby,
/// "Practical segment intersection with finite precision output", Computational Geometry 13,
/// 1999; Guibas & Marimont, "Rounding arrangements dynamically", 1998) calls each grid pixel that
/// holds a vertex *hot* and leads every segment that passes a hot pixel through its centre. Then
/// lines may come together, but a point never changes sides. Repeating it on its own result until
/// nothing moves (Halperin & Packer, "Iterated snap rounding", 2002) keeps every vertex at least
/// half a unit away from edges that do not end in it.
///
/// The input must not cross itself; `PlanarityCheck` finds out. Pixels are half-open, so that
/// every point is in exactly one.
///
/// - Complexity: O(*n* + *p*), *p* the vertices in the bounding boxes of the segments.
struct SnapRounding {
    /// The hot pixels, on the coarser grid.
    private(set) var points: [GridPoint]
    /// The chains as positions in `points`; a chain shrunk to one pixel has one item.
    private(set) var chains = Chains()
    /// Vertices that segments gained because they passed a hot pixel.
    private(set) var insertedVertices = 0
    private(set) var passes = 0

    /// Rounds `chains` to a grid that is coarser by `shift` bits.
    ///
    /// - Parameters:
    ///   - sources: points of the finer grid.
    ///   - chains: lines as positions in `sources`.
    ///   - shift: by how many bits the finer grid is finer, at least 1.
    ///   - extraPixels: pixels of the coarser grid that are hot without a vertex.
    init(sources: [GridPoint], chains: Chains, shift: Int, extraPixels: [GridPoint] = []) {
        var pixels = PixelTable(capacity: chains.items.count + extraPixels.count)
        let half = 1 << (shift - 1)
        var pixelOfSource = [Int32](repeating: -1, count: sources.count)
        for source in chains.items where pixelOfSource[Int(source)] < 0 {
            let point = sources[Int(source)]
            pixelOfSource[Int(source)] = pixels.number(
                of: GridPoint(x: (point.x + half) >> shift, y: (point.y + half) >> shift)
            )
        }
        for pixel in extraPixels { _ = pixels.number(of: pixel) }
        points = pixels.points
        let index = BucketIndex(points: points, numbers: points.indices.map(Int32.init))

        var router = SegmentRouter(points: points, index: index, shift: shift)
        self.chains = router.route(
            chains,
            source: { sources[Int($0)] },
            pixel: { pixelOfSource[Int($0)] }
        )
        insertedVertices = router.insertedVertices
        passes = 1

        // The second and later passes start from the result itself, doubled so that half a
        // pixel is a whole number.
        repeat {
            router = SegmentRouter(points: points, index: index, shift: 1)
            let doubled = points
            self.chains = router.route(
                self.chains,
                source: {
                    let point = doubled[Int($0)]
                    return GridPoint(x: point.x * 2, y: point.y * 2)
                },
                pixel: { $0 }
            )
            insertedVertices += router.insertedVertices
            passes += 1
        } while router.insertedVertices > 0
    }
}

/// One pass over all segments.
private struct SegmentRouter {
    let points: [GridPoint]
    let index: BucketIndex
    let shift: Int
    var insertedVertices = 0
    private var found: [(order: Int, pixel: Int32)] = []

    init(points: [GridPoint], index: BucketIndex, shift: Int) {
        self.points = points
        self.index = index
        self.shift = shift
    }

    @inline(__always)
    mutating func route(
        _ chains: Chains,
        source: (Int32) -> GridPoint,
        pixel: (Int32) -> Int32
    ) -> Chains {
        var result = Chains()
        result.reserve(chains: chains.count, items: chains.items.count + chains.items.count / 8)
        for chain in chains.indices {
            var range = chains.range(chain)
            if let first = range.popFirst() {
                var previous = chains.items[first]
                result.extend(pixel(previous))
                for position in range {
                    let current = chains.items[position]
                    let (start, end) = (pixel(previous), pixel(current))
                    if start != end {
                        findPixels(
                            from: source(previous),
                            to: source(current),
                            except: start,
                            end
                        )
                        for step in found { result.extend(step.pixel) }
                        result.extend(end)
                    }
                    previous = current
                }
            }
            result.close()
        }
        return result
    }

    /// Collects the hot pixels between the ends of a segment, in order along it.
    private mutating func findPixels(
        from start: GridPoint,
        to end: GridPoint,
        except first: Int32,
        _ last: Int32
    ) {
        found.removeAll(keepingCapacity: true)
        let segment = PixelCrossing(start, end)
        let half = 1 << (shift - 1)
        let box = GridRectangle(
            minX: (min(start.x, end.x) + half) >> shift,
            minY: (min(start.y, end.y) + half) >> shift,
            maxX: (max(start.x, end.x) + half) >> shift,
            maxY: (max(start.y, end.y) + half) >> shift
        )
        let stepX = (end.x - start.x).signum()
        let stepY = (end.y - start.y).signum()
        index.visit(box) { candidate in
            let point = points[Int(candidate)]
            if candidate != first, candidate != last, box.contains(point),
                segment.passes(pixel: point, shift: shift)
            {
                // Along a straight line neither coordinate turns back, so their sum orders.
                found.append((point.x * stepX + point.y * stepY, candidate))
            }
            return true
        }
        if found.count > 1 { found.sort { $0.order < $1.order } }
        insertedVertices += found.count
    }
}

/// The exact test of a segment of the finer grid against a half-open pixel of the coarser.
struct PixelCrossing {
    private let left: GridPoint
    private let right: GridPoint

    init(_ start: GridPoint, _ end: GridPoint) {
        (left, right) = start < end ? (start, end) : (end, start)
        precondition(
            right.x - left.x < 1 << 31 && abs(right.y - left.y) < 1 << 31,
            "a segment of over 2^31 units cannot be tested exactly: \(start) to \(end)"
        )
    }

    /// Whether the segment has a point in the square around `pixel`; of the square's border the
    /// sides of lesser x and y belong to it.
    @inline(__always)
    func passes(pixel: GridPoint, shift: Int) -> Bool {
        let half = 1 << (shift - 1)
        let minX = (pixel.x << shift) - half
        let maxX = (pixel.x << shift) + half
        let minY = (pixel.y << shift) - half
        let maxY = (pixel.y << shift) + half
        guard right.x >= minX, left.x < maxX, max(left.y, right.y) >= minY,
            min(left.y, right.y) < maxY
        else { return false }
        if left.x == right.x || left.y == right.y { return true }
        // The boxes meet, so only the line itself can still part them: look at the two corners
        // that stick out farthest on either side of it.
        if left.y < right.y {
            return GridPoint.orientation(left, right, GridPoint(x: minX, y: maxY)) > 0
                && GridPoint.orientation(left, right, GridPoint(x: maxX, y: minY)) < 0
        }
        return GridPoint.orientation(left, right, GridPoint(x: maxX, y: maxY)) > 0
            && GridPoint.orientation(left, right, GridPoint(x: minX, y: minY)) <= 0
    }
}

/// A hash table from pixel to number, in order of first use.
///
/// Open addressing with linear probing: several times faster here than `Dictionary`, whose keyed
/// hash guards against chosen input that cannot occur.
private struct PixelTable {
    private(set) var points: [GridPoint] = []
    private var slots: [Int32]
    private let mask: Int

    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = [Int32](repeating: -1, count: size)
        mask = size - 1
    }

    mutating func number(of point: GridPoint) -> Int32 {
        var hash = UInt64(bitPattern: Int64(point.x)) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ UInt64(bitPattern: Int64(point.y))) &* 0xD6E8_FEB8_6659_FD93
        var slot = Int(truncatingIfNeeded: hash >> 20) & mask
        while slots[slot] >= 0 {
            if points[Int(slots[slot])] == point { return slots[slot] }
            slot = (slot + 1) & mask
        }
        let number = Int32(points.count)
        slots[slot] = number
        points.append(point)
        return number
    }
}
