internal import Geocoding
internal import Geospatial
internal import Pipeline
internal import PovertyModel
internal import RecordLinkage
internal import RegistrySimulation
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
        if madeValid > 0 { table.count("Polygons made valid", madeValid) }
        if notes.closedRings > 0 { table.count("Rings closed", notes.closedRings) }
        if notes.droppedRings > 0 { table.count("Rings without area dropped", notes.droppedRings) }
        if notes.turnedRings > 0 { table.count("Rings turned (RFC 7946)", notes.turnedRings) }
        if notes.withHeights > 0 {
            table.count("Polygons whose Z or M is left out", notes.withHeights)
        }
        if withoutPolygon > 0 { table.count("Desa without a polygon", withoutPolygon) }
        return table
    }
}

extension RegistrySimulating.Summary {
    var table: SummaryTable {
        var table = SummaryTable("Simulated register (DATA SIMULASI)")
        table.count("Keluarga", keluarga)
        table.count("of them desil 1", extreme)
        for (layout, count) in rows.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            table.count("Rows of \(layout.rawValue)", count)
        }
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
        if let replaced { table.count("Takes the place of import", Int(replaced)) }
        table.count("Rows read", imported.rowsRead)
        table.count("Stored", imported.rowsStored)
        table.count("Rejected", rejected.values.reduce(0, +))
        table.parts(words(rejected))
        table.rule()
        table.count("Stored with a remark", remarks.values.reduce(0, +))
        table.parts(words(remarks))
        if !unknownCodes.isEmpty {
            table.count("Values of unknown codes, kept", unknownCodes.values.reduce(0, +))
            table.parts(unknownCodes)
        }
        if !leftOut.isEmpty { table.count("Columns of specific data left out", leftOut.count) }
        for sheet in otherSheets { table.text("Sheet not read", sheet) }
        table.text("Simulated data", imported.isSimulated ? "yes" : "no")
        table.text("Sum of rows", addsUp ? "exact" : "WRONG")
        return table
    }
}

extension RegistryDetection {
    /// One for each sheet.
    var tables: [SummaryTable] {
        sheets.enumerated().map { index, sheet in
            var table = SummaryTable("\(sheet.name): \(layoutTitle)")
            table.text("Role", role)
            table.text("Encoding", sheet.encoding)
            table.text("Delimiter", sheet.delimiter)
            table.count("Header in row", sheet.headerRow)
            table.count("Rows under it", sheet.rows)
            if index == 0 {
                for other in otherSheets { table.text("Sheet not read", other) }
            }
            for name in sheet.repeatedColumns { table.text("Stands twice, first counts", name) }
            table.rule()
            for column in sheet.columns {
                let specific = column.specific.map { "specific data (\($0)): left out" }
                table.text(column.name, column.field ?? specific ?? "kept, not read")
            }
            return table
        }
    }
}

extension PlaceFileGeocoding.Summary {
    var table: SummaryTable {
        var table = SummaryTable("Geocoded: \(fileName)")
        table.count("Rows", total)
        table.parts(words(lines))
        return table
    }
}

extension FamilyLinking.Summary {
    var table: SummaryTable {
        var table = SummaryTable(
            "Linked: \(first.source) \(first.releaseDate.iso) with \(second.source) "
                + second.releaseDate.iso)
        table.count("Keluarga of the first", firstCount)
        table.count("Keluarga of the second", secondCount)
        table.rule()
        table.count("The same family", same.values.reduce(0, +))
        table.parts(words(same))
        table.count("Likely the same: to be looked at", likely.values.reduce(0, +))
        table.parts(words(likely))
        table.rule()
        table.count("Pairs compared", comparedPairs)
        if skippedBlocks > 0 { table.count("Blocks too large to compare", skippedBlocks) }
        return table
    }
}

extension RegisterComparing.Summary {
    var table: SummaryTable {
        var table = SummaryTable(
            "\(first.source) \(first.releaseDate.iso) → \(second.source) "
                + second.releaseDate.iso)
        table.count("Keluarga before", firstCount)
        table.count("Keluarga after", secondCount)
        table.text("Known by", linkedAt.map { "number, and links of \($0)" } ?? "number alone")
        table.rule()
        table.count("New", comparison.new)
        table.count("Gone", comparison.gone)
        table.count("In both", comparison.both)
        table.parts([
            "desil lower (poorer)": comparison.desilLower,
            "desil higher": comparison.desilHigher,
        ])
        table.count("Moved to another desa", comparison.moved)
        table.count("Desa unknown before or after", comparison.desaUnknown)
        table.count("Without a number, before", comparison.withoutKeyBefore)
        table.count("Without a number, after", comparison.withoutKeyAfter)
        table.text("Sum of keluarga", addsUp ? "exact" : "WRONG")
        return table
    }
}

extension KeluargaGeocoding.Summary {
    var table: SummaryTable {
        var table = SummaryTable("Placed: \(register.fileName) on “\(boundarySet)”")
        for set in otherSets { table.text("Heard beside it", set) }
        table.count("Keluarga", keluarga)
        table.count("Placed by", placed.values.reduce(0, +))
        table.parts(words(placed))
        table.count("Match of the placed", matches.values.reduce(0, +))
        table.parts(words(matches))
        table.count("Possibly in another desa", withAlternatives)
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
        for indicator in indicators {
            table.text(
                "Hotspots of \(indicator.name)", "\(indicator.hot) hot, \(indicator.cold) cold")
        }
        table.rule()
        table.count("Density cells", cells)
        table.count("Tiles", tiles)
        table.count("Bytes of tiles, gzip", tileBytes)
        table.count("Layers drawn anew", drawnLayers)
        table.text(
            "Sum of keluarga", keluarga == inDesa + withoutDesa ? "exact" : "WRONG")
        return table
    }
}

extension HotspotSensitivity.Summary {
    var table: SummaryTable {
        var table = SummaryTable(
            "Sensitivity: \(register.source) \(register.releaseDate.iso), hot and cold desa")
        for variant in [base] + variants {
            table.text(variant.text, "\(variant.hot) hot, \(variant.cold) cold")
        }
        table.rule()
        table.text(contrast.text, "\(contrast.hot) hot, \(contrast.cold) cold")
        table.rule()
        table.count("Hot on the map", base.hot)
        table.count(
            "of them hot in \(Int(HotspotSensitivity.stableFrom * 100)) % of the variants",
            stableHot)
        return table
    }
}

private func words<Reason: EnglishWord>(_ counts: [Reason: Int]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.english, $0.value) })
}
