internal import Geospatial

/// The shape of a BBOX in CRS84.
struct FilterBox {
    let geometry: Geometry

    /// `numbers` are first and second axis of the lower corner, then of the upper one.
    init?(_ numbers: [Double], in system: FilterReferenceSystem) {
        precondition(numbers.count == 4, "\(numbers.count) numbers for a box")
        let isLatitudeFirst = system == .epsg4326
        let (west, south) =
            isLatitudeFirst ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
        let (east, north) =
            isLatitudeFirst ? (numbers[3], numbers[2]) : (numbers[2], numbers[3])
        guard south <= north else { return nil }
        func shape(_ west: Double, _ east: Double) -> Geometry? {
            let corners = [(west, south), (east, south), (east, north), (west, north)]
            let positions = corners.compactMap { x, y in
                system.geographic(
                    isLatitudeFirst
                        ? Coordinate(longitude: y, latitude: x)
                        : Coordinate(longitude: x, latitude: y))
            }
            guard positions.count == 4 else { return nil }
            // A box without width is a line, and a point without height as well: a polygon of no
            // area would be invalid.
            if west == east, south == north { return .point(positions[0]) }
            if west == east || south == north {
                return .lineString([positions[0], positions[2]])
            }
            return .polygon(Polygon(exterior: positions))
        }
        if west <= east {
            guard let geometry = shape(west, east) else { return nil }
            self.geometry = geometry
        } else {
            // Over the antimeridian: what is left and right of it.
            guard system.isGeographic, let left = shape(west, 180), let right = shape(-180, east)
            else { return nil }
            if case .polygon(let left) = left, case .polygon(let right) = right {
                geometry = .multiPolygon(MultiPolygon([left, right]))
            } else if case .lineString(let left) = left, case .lineString(let right) = right {
                geometry = .multiLineString([left, right])
            } else {
                // One side ends at the antimeridian itself.
                return nil
            }
        }
    }
}
