/// Turns families into rows of one layout; one writer for each desa.
protocol FamilyWriter {
    init(_ context: AreaContext)

    /// Whether the file has the family at all.
    func lists(_ keluarga: SimulatedKeluarga) -> Bool

    /// Writes the rows of a family; those in `later` stand at the end of the desa.
    ///
    /// `count` rows were written before. Returns how many rows it wrote, both places together.
    func write(
        _ family: SimulatedFamily,
        after count: Int,
        _ rows: inout CSVChunks,
        _ later: inout CSVChunks
    ) -> Int
}
