public import Geospatial

/// Tiles in the order of PMTiles: zoom by zoom, each along a Hilbert curve.
///
/// Neighbours on the map then mostly are neighbours in the file, so that few requests fetch what a
/// screen shows. PMTiles 3, section 4.1; the turns of the curve after Hamilton, "Compact Hilbert
/// indices", 2006.
public enum HilbertOrder {
    /// The number of a tile: all tiles of the zooms before, then its place on the curve.
    ///
    /// - Complexity: O(zoom).
    public static func number(of tile: TileCoordinate) -> UInt64 {
        // 1 + 4 + 16 + ... tiles lie before those of the zoom.
        let before = ((UInt64(1) << (2 * UInt64(tile.zoom))) - 1) / 3
        var (x, y) = (UInt64(tile.column), UInt64(tile.row))
        var place: UInt64 = 0
        var side = (UInt64(1) << UInt64(tile.zoom)) >> 1
        while side > 0 {
            let (isEast, isSouth) = (x & side != 0, y & side != 0)
            place += side * side * (isEast ? (isSouth ? 2 : 3) : (isSouth ? 1 : 0))
            if !isSouth {
                if isEast {
                    x = side &- 1 &- x
                    y = side &- 1 &- y
                }
                swap(&x, &y)
            }
            side >>= 1
        }
        return before + place
    }

    /// `tiles` in this order.
    public static func sorted(_ tiles: some Sequence<TileCoordinate>) -> [TileCoordinate] {
        tiles.map { (number(of: $0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
