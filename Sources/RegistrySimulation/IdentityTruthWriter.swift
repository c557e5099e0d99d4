internal import PovertyModel

extension SimulatedRegistry {
    static let identityTruthColumns = [
        "keluarga", "nomor_kartu_keluarga", "id_p3ke_2022", "id_p3ke_2023", "nik_kepala",
        "kode_desa",
    ]

    /// Writes a row for each family with all that identifies it in any layout.
    ///
    /// `keluarga` numbers the families from 0. The ID Keluarga of P3KE are empty for families of
    /// desil 5 and above, which it does not list; those of a repeated listing are not here.
    ///
    /// - Returns: the number of rows, without the header.
    @discardableResult
    public func writeIdentityTruth(to emit: (ArraySlice<UInt8>) throws -> Void) rethrows -> Int {
        var chunks = CSVChunks()
        chunks.row(Self.identityTruthColumns)
        let numbers = CardNumbers(seed: seed)
        var rows = 0
        for area in plan.indices {
            let code = Array(plan[area].desa.code.dotted.utf8)
            let membership = SimulatedMembers(self, area: area)
            for keluarga in KeluargaStream(self, area: area) {
                let isInP3KE = keluarga.desil <= 4
                chunks.field(rows)
                chunks.field(keluarga.cardNumber)
                chunks.field(isInP3KE ? numbers.p3ke(rows) : nil)
                chunks.field(isInP3KE ? numbers.laterP3KE(rows) : nil)
                chunks.field(membership.members(of: keluarga)[0].nik)
                chunks.field(code)
                chunks.endRow()
                rows += 1
                try chunks.hand(to: emit)
            }
        }
        try chunks.hand(to: emit, isLast: true)
        return rows
    }
}
