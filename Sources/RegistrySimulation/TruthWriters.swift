internal import PovertyModel

extension SimulatedRegistry {
    static let clusterTruthColumns = [
        "kluster", "kode_desa", "nama_desa", "nama_kecamatan", "risiko_relatif",
    ]
    static let desaTruthColumns = [
        "kode_desa", "nama_desa", "nama_kecamatan", "kluster", "keluarga", "miskin_ekstrem",
        "risiko_latar", "risiko_relatif",
    ]
    static let placementTruthColumns = [
        "nomor_kartu_keluarga", "kode_desa", "desil_nasional", "longitude", "latitude",
        "kotor_dtsen", "kotor_verval",
    ]

    /// Writes the planted clusters; `risiko_relatif` is what the background risk was multiplied by.
    public func writeClusterTruth(to emit: (ArraySlice<UInt8>) throws -> Void) rethrows {
        var chunks = CSVChunks()
        chunks.row(Self.clusterTruthColumns)
        for truth in clusterTruth {
            chunks.field(truth.cluster)
            chunks.field(truth.desa.code.dotted)
            chunks.field(truth.desa.name)
            chunks.field(truth.desa.kecamatanName)
            chunks.thousandthsField(truth.relativeRisk)
            chunks.endRow()
        }
        try chunks.hand(to: emit, isLast: true)
    }

    /// Writes what is true of each desa; both risks are relative to a kabupaten without clusters.
    public func writeDesaTruth(to emit: (ArraySlice<UInt8>) throws -> Void) rethrows {
        var chunks = CSVChunks()
        chunks.row(Self.desaTruthColumns)
        for desa in plan {
            chunks.field(desa.desa.code.dotted)
            chunks.field(desa.desa.name)
            chunks.field(desa.desa.kecamatanName)
            chunks.field(desa.cluster)
            chunks.field(desa.keluargaCount)
            chunks.field(desa.extremeCount)
            chunks.thousandthsField(desa.backgroundRisk)
            chunks.thousandthsField(desa.relativeRisk)
            chunks.endRow()
        }
        try chunks.hand(to: emit, isLast: true)
    }

    /// Writes a row for each family: its true desa and desil, its true position when the verval
    /// sheet has one for it, and the words of the dirt on its rows, joined by `|`.
    ///
    /// - Returns: the number of rows, without the header.
    @discardableResult
    public func writePlacementTruth(to emit: (ArraySlice<UInt8>) throws -> Void) rethrows -> Int {
        var chunks = CSVChunks()
        chunks.row(Self.placementTruthColumns)
        var rows = 0
        for area in plan.indices {
            let code = Array(plan[area].desa.code.dotted.utf8)
            let stream = KeluargaStream(self, area: area)
            for keluarga in stream {
                rows += 1
                chunks.field(keluarga.cardNumber)
                chunks.field(code)
                chunks.field(keluarga.desil)
                if keluarga.isInVerval {
                    let position = stream.position(of: keluarga)
                    chunks.degreesField(position.longitude)
                    chunks.degreesField(position.latitude)
                } else {
                    chunks.emptyField()
                    chunks.emptyField()
                }
                chunks.wordsField(stream.keluargaDirt(of: keluarga).0)
                chunks.wordsField(
                    keluarga.isInVerval ? stream.vervalDirt(of: keluarga).0 : DirtSet()
                )
                chunks.endRow()
                try chunks.hand(to: emit)
            }
        }
        try chunks.hand(to: emit, isLast: true)
        return rows
    }
}

extension CSVChunks {
    fileprivate mutating func wordsField(_ dirt: DirtSet) {
        if dirt.isEmpty {
            emptyField()
        } else {
            field(dirt.kinds.map(\.word).joined(separator: "|"))
        }
    }

    fileprivate mutating func degreesField(_ millionths: Int32) {
        var text: [UInt8] = []
        text.appendDegrees(millionths)
        field(text)
    }

    /// A number that is not negative, with three decimals.
    fileprivate mutating func thousandthsField(_ value: Double) {
        let thousandths = UInt64((value * 1000).rounded())
        var text: [UInt8] = []
        text.appendDecimal(thousandths / 1000)
        text.append(UInt8(ascii: "."))
        text.appendDecimal(thousandths % 1000, width: 3)
        field(text)
    }
}
