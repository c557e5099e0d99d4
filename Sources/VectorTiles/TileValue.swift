/// A property's value in a tile.
public enum TileValue: Hashable, Sendable {
    case string(String)
    case int(Int)
    case double(Double)
    case bool(Bool)
    /// Written as `null` in GeoJSON, left out of MVT, which knows no null.
    case null
}

/// A name with its value; a list of them keeps its order, unlike a dictionary.
public struct TileProperty: Hashable, Sendable {
    public var name: String
    public var value: TileValue

    public init(_ name: String, _ value: TileValue) {
        self.name = name
        self.value = value
    }
}
