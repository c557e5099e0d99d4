internal import Geospatial
internal import PovertyModel
internal import SocialRegistry

extension SimulatedRegistry {
    /// Writes the verval sheet: a header and a row for each family that is in it.
    ///
    /// - Returns: the number of rows, without the header.
    @discardableResult
    public func writeVerval(to emit: (ArraySlice<UInt8>) throws -> Void) rethrows -> Int {
        var chunks = CSVChunks()
        chunks.row(VervalLayout.columns)
        let writer = VervalWriter(self)
        var rows = 0
        for area in plan.indices {
            let stream = KeluargaStream(self, area: area)
            for keluarga in stream where keluarga.isInVerval {
                rows += 1
                writer.write(keluarga, of: stream, area: area, number: rows, to: &chunks)
                try chunks.hand(to: emit)
            }
        }
        try chunks.hand(to: emit, isLast: true)
        return rows
    }
}

/// From families to rows in the order of `VervalLayout.columns`.
struct VervalWriter {
    private let registry: SimulatedRegistry
    private let numbers: CardNumbers
    private let extent: BoundingBox

    init(_ registry: SimulatedRegistry) {
        self.registry = registry
        numbers = CardNumbers(seed: registry.seed)
        var extent = registry.sites[0].interior.box
        for site in registry.sites { extent.formUnion(site.interior.box) }
        self.extent = extent
    }

    func write(
        _ keluarga: SimulatedKeluarga,
        of stream: KeluargaStream,
        area: Int,
        number: Int,
        to row: inout CSVChunks
    ) {
        let (dirt, generator) = stream.vervalDirt(of: keluarga)
        var details = generator
        let plan = registry.plan[area]
        let code = WrittenCode(
            dirt,
            scheme: .kemendagri,
            area: area,
            registry: registry,
            generator: &details
        )
        let name = WrittenName.bytes(of: plan.desa, dirt: dirt, generator: &details)
        row.field(number)
        row.field(numbers.p3ke(plan.firstKeluarga + keluarga.ordinal))
        row.field(keluarga.cardNumber)
        row.field(keluarga.head.bytes)
        row.field(dirt.contains(.kecamatanMissing) ? "" : plan.desa.kecamatanName.uppercased())
        row.field(name)
        row.field(code.desa)
        row.field(Self.threeDigits(keluarga.address.rt))
        row.field(Self.threeDigits(keluarga.address.rw))
        writePosition(stream.position(of: keluarga), dirt, area: area, &details, to: &row)
        writeVerdict(keluarga, &details, to: &row)
        row.endRow()
    }

    /// Koordinat_X (longitude) and Koordinat_Y (latitude).
    private func writePosition(
        _ position: MicroPosition,
        _ dirt: DirtSet,
        area: Int,
        _ details: inout SeededGenerator,
        to row: inout CSVChunks
    ) {
        var x = position.longitude
        var y = position.latitude
        var decimalMark = UInt8(ascii: ".")
        switch dirt.kind(of: RegistryDirt.positionGroup) {
        case .axesSwapped:
            swap(&x, &y)
        case .decimalComma:
            decimalMark = UInt8(ascii: ",")
        case .zeroPosition:
            row.field(0)
            row.field(0)
            return
        case .positionElsewhere:
            let other = positionElsewhere(&details)
            (x, y) = (other.longitude, other.latitude)
        case .positionAtSea:
            let other = positionAtSea(&details)
            (x, y) = (other.longitude, other.latitude)
        case .positionOfBalaiDesa:
            let other = registry.sites[area].balaiDesa
            (x, y) = (other.longitude, other.latitude)
        case .latitudeWithoutMinus:
            y = abs(y)
        default:
            break
        }
        for value in [x, y] {
            var text: [UInt8] = []
            text.appendDegrees(value, decimalMark: decimalMark)
            row.field(text)
        }
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

    private func writeVerdict(
        _ keluarga: SimulatedKeluarga,
        _ details: inout SeededGenerator,
        to row: inout CSVChunks
    ) {
        let presence = details.uniform()
        let isPresent = presence < 0.94
        row.field(isPresent ? "Ditemukan" : presence < 0.97 ? "Pindah" : "Meninggal")
        let share = Self.meetsCriteria[keluarga.desil - 1]
        row.field(isPresent && details.happens(share) ? "Ya" : "Tidak")
        row.field(details.happens(0.97) ? "Sudah Diverifikasi" : "Belum Diverifikasi")
    }

    /// Share of present families that meet the criteria of P3KE, by desil; assumed.
    private static let meetsCriteria = [
        0.92, 0.70, 0.45, 0.25, 0.10, 0.05, 0.02, 0.01, 0.01, 0,
    ]

    private static func threeDigits(_ value: Int) -> [UInt8] {
        var text: [UInt8] = []
        text.appendDecimal(UInt64(value), width: 3)
        return text
    }
}
