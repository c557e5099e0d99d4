internal import Geospatial

/// Two numbers read as metres of the Universal Transverse Mercator grid south of the equator.
///
/// Zone 49S (EPSG:32749) holds Probolinggo; zone 50S (EPSG:32750) is tried after it, since a
/// device set up in Bali or Situbondo writes that.
struct UTMReading {
    let coordinate: Coordinate
    /// Northing before easting.
    let isSwapped: Bool

    /// The reading that falls into `extent`, where there is one.
    init?(_ first: Double, _ second: Double, extent: BoundingBox) {
        for zone in [TransverseMercator.utm49S, .utm50S] {
            for isSwapped in [false, true] {
                let easting = isSwapped ? second : first
                let northing = isSwapped ? first : second
                // A zone is 667 km wide at the equator; its neighbours' edges are still exact.
                guard (50_000...950_000).contains(easting),
                    (1_000_000...10_000_000).contains(northing)
                else { continue }
                let coordinate = zone.unproject(PlanarPoint(x: easting, y: northing))
                if extent.contains(coordinate) {
                    self.coordinate = coordinate
                    self.isSwapped = isSwapped
                    return
                }
            }
        }
        return nil
    }
}
