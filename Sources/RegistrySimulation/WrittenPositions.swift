internal import Geospatial

/// Positions as a sheet has them, dirt and all.
struct WrittenPositions: Sendable {
    private let balaiDesa: [MicroPosition]
    private let extent: BoundingBox

    init(_ registry: SimulatedRegistry) {
        balaiDesa = registry.sites.map(\.balaiDesa)
        var extent = registry.sites[0].interior.box
        for site in registry.sites { extent.formUnion(site.interior.box) }
        self.extent = extent
    }

    /// The bytes for the columns of the longitude (x) and of the latitude (y).
    func bytes(
        of position: MicroPosition,
        _ dirt: DirtSet,
        area: Int,
        _ details: inout SeededGenerator
    ) -> (x: [UInt8], y: [UInt8]) {
        var x = position.longitude
        var y = position.latitude
        var decimalMark = UInt8(ascii: ".")
        switch dirt.kind(of: RegistryDirt.positionGroup) {
        case .axesSwapped:
            swap(&x, &y)
        case .decimalComma:
            decimalMark = UInt8(ascii: ",")
        case .zeroPosition:
            return ([UInt8(ascii: "0")], [UInt8(ascii: "0")])
        case .positionElsewhere:
            let other = positionElsewhere(&details)
            (x, y) = (other.longitude, other.latitude)
        case .positionAtSea:
            let other = positionAtSea(&details)
            (x, y) = (other.longitude, other.latitude)
        case .positionOfBalaiDesa:
            let other = balaiDesa[area]
            (x, y) = (other.longitude, other.latitude)
        case .latitudeWithoutMinus:
            y = abs(y)
        default:
            break
        }
        func text(_ value: Int32) -> [UInt8] {
            var text: [UInt8] = []
            text.appendDegrees(value, decimalMark: decimalMark)
            return text
        }
        return (text(x), text(y))
    }

    /// 5 to 60 km east or west of everything: Situbondo, Jember, Pasuruan, Malang.
    private func positionElsewhere(_ details: inout SeededGenerator) -> MicroPosition {
        let beyond = 0.05 + 0.5 * details.uniform()
        let longitude = details.happens(0.5) ? extent.east + beyond : extent.west - beyond
        let latitude = extent.south + details.uniform() * (extent.north - extent.south)
        return MicroPosition(nearest: Coordinate(longitude: longitude, latitude: latitude))
    }

    /// 2 to 20 km north of everything: the Madura Strait.
    private func positionAtSea(_ details: inout SeededGenerator) -> MicroPosition {
        let longitude = extent.west + details.uniform() * (extent.east - extent.west)
        let latitude = extent.north + 0.02 + 0.16 * details.uniform()
        return MicroPosition(nearest: Coordinate(longitude: longitude, latitude: latitude))
    }
}
