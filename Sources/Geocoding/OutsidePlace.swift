internal import Foundation
public import Geospatial

/// What lies at a position outside every desa.
public enum OutsidePlace: Hashable, Sendable {
    /// Off the coast; distance to it in metres.
    case sea(metres: Double)
    /// On land beyond the border of the kabupaten, nearest to the area `beside`.
    case otherKabupaten(metres: Double, beside: Int)
    /// Between areas of the set that do not quite meet.
    case gap(metres: Double)
    /// Beyond an area that has both a coast and a land border.
    case unclear(metres: Double)
    /// So far away that the boundary set says nothing.
    case farAway(metres: Double)
}

/// Tells sea from land beyond the borders of a boundary set.
///
/// The set itself knows no coast. What is known is which desa border on another kabupaten by land
/// (`Desa.outerNeighbours`). The position is judged by its nearest border, hence by the desa there:
/// one without such a neighbour has nothing but coast to show to the outside. One with such a
/// neighbour shows land, unless a desa with a coast stands next to it on the outline: it then may
/// have both, and the direction decides, since the Madura Strait lies north of all of Probolinggo.
/// Within 45° of north it is sea, beyond 90° land, between them unclear.
///
/// Limits: wrong where a foreign island or spit lies off the coast of a desa; mostly unclear at sea
/// in front of Kota Probolinggo; distances are those of `BorderIndex`. Held against the desa of
/// East Java, within 25 km of the kabupaten: of what is called sea 99.3 % is sea, of what is called
/// another kabupaten 98.9 % is land, and 5 % of the outside remains unclear.
public struct OutsideClassification: Sendable {
    /// Farther than this from every border a position is far away.
    ///
    /// Gili Ketapang lies 8 km out, Madura some 40 km.
    public static let farAwayMetres = 25_000.0
    /// Desa on the outline whose borders are this near to each other are next to each other.
    private static let touchingMetres = 250.0
    /// A position this near to a border may be in a gap.
    private static let gapMetres = 500.0

    private let index: BorderIndex
    private let bordersOnLand: Set<Int>
    /// Areas that have a land border and, next to them on the outline, an area with a coast.
    private let mixed: Set<Int>

    /// - Parameters:
    ///   - index: the borders of the boundary set.
    ///   - bordersOnLand: the areas that border on another kabupaten by land.
    public init(index: BorderIndex, bordersOnLand: Set<Int>) {
        self.index = index
        self.bordersOnLand = bordersOnLand
        mixed = index.areas(
            bordersOnLand, withOutlineWithin: Self.touchingMetres,
            ofOutlineOfOthersThan: bordersOnLand)
    }

    /// What lies at `coordinate`; nil inside an area, or when there is no area at all.
    public func place(of coordinate: Coordinate) -> OutsidePlace? {
        guard index.area(at: coordinate) == nil,
            let border = index.nearestOutsideBorder(to: coordinate), let area = border.areas.first
        else { return nil }
        let metres = border.metres
        if metres > Self.farAwayMetres { return .farAway(metres: metres) }
        if metres < Self.gapMetres, isSurrounded(coordinate, metres: metres) {
            return .gap(metres: metres)
        }
        guard bordersOnLand.contains(area) else { return .sea(metres: metres) }
        guard mixed.contains(area) else {
            return .otherKabupaten(metres: metres, beside: area)
        }
        let fromNorth = angleFromNorth(from: border.place, to: coordinate)
        if fromNorth <= 45 { return .sea(metres: metres) }
        if fromNorth > 90 { return .otherKabupaten(metres: metres, beside: area) }
        return .unclear(metres: metres)
    }

    /// Whether areas stand around: at twice the distance of the nearest border and 100 m more, in
    /// all of 16 directions but the two that may lead along a gap.
    private func isSurrounded(_ coordinate: Coordinate, metres: Double) -> Bool {
        let radius = (2 * metres + 100) / 111_000
        let shrink = cos(coordinate.latitude * .pi / 180)
        let open = (0..<16).count { step in
            let angle = Double(step) * .pi / 8
            return index.area(
                at: Coordinate(
                    longitude: coordinate.longitude + radius * sin(angle) / shrink,
                    latitude: coordinate.latitude + radius * cos(angle))) == nil
        }
        return open <= 2
    }

    /// In degrees, 0 to 180.
    private func angleFromNorth(from start: Coordinate, to end: Coordinate) -> Double {
        let east = (end.longitude - start.longitude) * cos(start.latitude * .pi / 180)
        return atan2(east.magnitude, end.latitude - start.latitude) * 180 / .pi
    }
}
