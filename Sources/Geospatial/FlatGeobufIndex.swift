/// The packed Hilbert R-tree of a FlatGeobuf file.
///
/// Node = west, south, east, north, offset. The root comes first, the features' nodes last. The
/// offset of a feature's node is its byte among the features, that of another node the number of
/// its first child.
enum FlatGeobufIndex {
    static let nodeSize = 16

    private struct Node {
        var box: BoundingBox
        var offset: Int
    }

    /// The index of features with these boxes and first bytes, already in their order.
    static func encode(_ features: [(box: BoundingBox, start: Int)]) -> [UInt8] {
        // Levels from the features up; each is put before the one below.
        var levels = [features.map { Node(box: $0.box, offset: $0.start) }]
        repeat {
            let below = levels[levels.count - 1]
            levels.append(
                stride(from: 0, to: below.count, by: nodeSize).map { first in
                    var box = below[first].box
                    for node in below[first..<min(first + nodeSize, below.count)] {
                        box.formUnion(node.box)
                    }
                    return Node(box: box, offset: first)
                })
        } while levels[levels.count - 1].count > 1
        var bytes: [UInt8] = []
        var below = 0
        for (height, level) in levels.enumerated().reversed() {
            below += level.count
            for node in level {
                let offset = height == 0 ? node.offset : below + node.offset
                for value in [node.box.west, node.box.south, node.box.east, node.box.north] {
                    withUnsafeBytes(of: value.bitPattern.littleEndian) {
                        bytes.append(contentsOf: $0)
                    }
                }
                withUnsafeBytes(of: UInt64(offset).littleEndian) { bytes.append(contentsOf: $0) }
            }
        }
        return bytes
    }

    /// How far along a Hilbert curve over `extent`, of 2^16 x 2^16 cells, a position lies.
    static func hilbertPlace(of position: Coordinate, in extent: BoundingBox) -> UInt32 {
        func cell(_ value: Double, _ low: Double, _ high: Double) -> UInt32 {
            high > low ? UInt32(min(65_535, max(0, (value - low) / (high - low) * 65_535))) : 0
        }
        var x = cell(position.longitude, extent.west, extent.east)
        var y = cell(position.latitude, extent.south, extent.north)
        var place: UInt32 = 0
        var side: UInt32 = 1 << 15
        while side > 0 {
            let isEast = x & side > 0
            let isNorth = y & side > 0
            place += side * side * ((isEast ? 3 : 0) ^ (isNorth ? 1 : 0))
            // Turn the quadrant so that the curve enters and leaves it where its parent does.
            if !isNorth {
                if isEast { (x, y) = (65_535 - x, 65_535 - y) }
                swap(&x, &y)
            }
            side >>= 1
        }
        return place
    }
}
