/// How a layer is cut into tiles.
public struct PyramidSettings: Hashable, Sendable {
    /// The zoom levels built; the grid arithmetic allows 0 to 17.
    public var zooms: ClosedRange<Int>

    /// How far a vertex of the source may lie from the drawn line, in pixels of a 256-pixel tile.
    ///
    /// 0 keeps every vertex.
    public var tolerancePixels: Double

    /// The tolerance at the deepest zoom, which clients magnify further.
    public var deepestTolerancePixels: Double

    /// The margin around each tile in grid units (4096 to a tile).
    public var buffer: Int

    /// By how many bits vertices are rounded more coarsely than to the 4096 units of a tile.
    ///
    /// At 2 they lie on a quarter of a pixel, which saves bytes where a tile has very many.
    public var coarserBits: Int

    public init(
        zooms: ClosedRange<Int> = 6...14,
        tolerancePixels: Double = 0.5,
        deepestTolerancePixels: Double = 0.25,
        buffer: Int = 64,
        coarserBits: Int = 0
    ) {
        precondition(
            zooms.lowerBound >= 0 && zooms.upperBound <= 17,
            "zooms \(zooms) outside 0...17"
        )
        precondition(
            (0..<TileGrid.extent / 2).contains(buffer),
            "buffer \(buffer) is no margin of a tile"
        )
        precondition(
            (0...4).contains(coarserBits) && buffer % (1 << coarserBits) == 0,
            "\(coarserBits) bits and a buffer of \(buffer)"
        )
        precondition(tolerancePixels >= 0 && deepestTolerancePixels >= 0, "negative tolerance")
        self.zooms = zooms
        self.tolerancePixels = tolerancePixels
        self.deepestTolerancePixels = deepestTolerancePixels
        self.buffer = buffer
        self.coarserBits = coarserBits
    }

    public func tolerance(at zoom: Int) -> Double {
        zoom == zooms.upperBound ? deepestTolerancePixels : tolerancePixels
    }
}
