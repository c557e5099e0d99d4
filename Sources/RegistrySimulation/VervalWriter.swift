internal import PovertyModel

extension SimulatedRegistry {
    /// Writes the verval sheet: a header and a row for each family that is in it.
    ///
    /// - Returns: the number of rows, without the header.
    @discardableResult
    public func writeVerval(to emit: (ArraySlice<UInt8>) throws -> Void) rethrows -> Int {
        try writeVerval(SimulationWriting(), to: emit)
    }

    func writeVerval(
        _ writing: SimulationWriting,
        to emit: (ArraySlice<UInt8>) throws -> Void
    ) rethrows -> Int {
        var chunks = CSVChunks(delimiter: writing.delimiter)
        chunks.header(of: .verval, writing)
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
    private let positions: WrittenPositions

    init(_ registry: SimulatedRegistry) {
        self.registry = registry
        numbers = CardNumbers(seed: registry.seed)
        positions = WrittenPositions(registry)
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
        let written = positions.bytes(
            of: stream.position(of: keluarga),
            dirt,
            area: area,
            &details
        )
        row.field(written.x)
        row.field(written.y)
        writeVerdict(keluarga, &details, to: &row)
        row.endRow()
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
