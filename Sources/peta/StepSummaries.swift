internal import Pipeline
internal import PovertyModel
internal import SocialRegistry
internal import SpatialStore

extension BoundaryImport.Summary {
    var table: SummaryTable {
        var table = SummaryTable("Boundaries and gazetteer")
        table.count("Desa and kelurahan", desa)
        table.count("Kecamatan", kecamatan)
        table.count("Vertices", vertices)
        table.count("Area, km²", Int(areaKm2.rounded()))
        if withoutDesa > 0 { table.count("Polygons without a known code", withoutDesa) }
        if joined > 0 { table.count("Polygons joined to one of the same code", joined) }
        if withoutPolygon > 0 { table.count("Desa without a polygon", withoutPolygon) }
        return table
    }
}

extension RegistrySimulating.Summary {
    var table: SummaryTable {
        var table = SummaryTable("Simulated register (DATA SIMULASI)")
        table.count("Keluarga", keluarga)
        table.count("of them desil 1", extreme)
        table.count("Rows of the register", registerRows)
        table.count("Rows of the verval sheet", vervalRows)
        table.text("Desa in planted clusters", clusters.map(String.init).joined(separator: " + "))
        for file in files.names { table.text("File", file) }
        return table
    }
}

extension RegistryImporting.Summary {
    var table: SummaryTable {
        var table = SummaryTable(
            "Import \(imported.id): \(imported.fileName) (\(layoutTitle))"
                + (isRepeat ? ", imported before: nothing changed" : ""))
        table.count("Rows read", imported.rowsRead)
        table.count("Stored", imported.rowsStored)
        table.count("Rejected", rejected.values.reduce(0, +))
        table.parts(words(rejected))
        table.rule()
        table.count("Stored with a remark", remarks.values.reduce(0, +))
        table.parts(words(remarks))
        table.text("Simulated data", imported.isSimulated ? "yes" : "no")
        table.text("Sum of rows", addsUp ? "exact" : "WRONG")
        return table
    }
}

extension RegistryDetection {
    var table: SummaryTable {
        var table = SummaryTable("\(fileName): \(layoutTitle)")
        table.text("Role", role)
        table.text("Delimiter", delimiter)
        table.count("Header in row", headerRow)
        table.count("Rows under it", rows)
        table.rule()
        for column in columns { table.text(column.name, column.field ?? "kept, not read") }
        return table
    }
}

extension KeluargaGeocoding.Summary {
    var table: SummaryTable {
        var table = SummaryTable("Placed: \(register.fileName) on “\(boundarySet)”")
        table.count("Keluarga", register.rowsStored)
        table.count("Placed by", placed.values.reduce(0, +))
        table.parts(words(placed))
        table.count("Certainty of the placed", certainty.values.reduce(0, +))
        table.parts(words(certainty))
        table.count("Not placed", unplaced.values.reduce(0, +))
        table.parts(words(unplaced))
        table.rule()
        table.count("With a position", withPosition)
        table.count("Position trusted for density", inCells)
        table.parts(words(positionNotes))
        table.text("Sum of keluarga", addsUp ? "exact" : "WRONG")
        return table
    }
}

extension ReleasePublication.Summary {
    var table: SummaryTable {
        var table = SummaryTable(
            "Release \(releaseID)"
                + (isUnchanged ? ": shows this already, nothing changed" : " published"))
        table.text("Register", "\(register.source) \(register.releaseDate.iso)")
        table.text("Rule", "\(ruleName), in force since \(ruleDate)")
        table.count("Keluarga", keluarga)
        table.count("In a desa", inDesa)
        table.count("Without a desa", withoutDesa)
        table.count("Extreme by the rule", extreme)
        table.rule()
        table.count("Desa by hotspot class", desa)
        table.parts(words(classes))
        table.rule()
        table.count("Density cells", cells)
        table.count("Tiles", tiles)
        table.count("Bytes of tiles, gzip", tileBytes)
        table.text(
            "Sum of keluarga", keluarga == inDesa + withoutDesa ? "exact" : "WRONG")
        return table
    }
}

private func words<Reason: EnglishWord>(_ counts: [Reason: Int]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.english, $0.value) })
}
