import Foundation
import Testing

/// Each kind of trouble gives one sentence with a remedy and its own exit code.
@Suite struct BadInputTests {
    private func prepared() throws -> Place {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        try place.runner.peta("init")
        return place
    }

    private func expect(
        _ outcome: CommandRunner.Outcome,
        status: Int32,
        says part: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.status == status, "\(outcome.error)", sourceLocation: sourceLocation)
        #expect(outcome.error.contains(part), "\(outcome.error)", sourceLocation: sourceLocation)
        let lines = outcome.error.split(separator: "\n").filter { $0.hasPrefix("peta: ") }
        #expect(lines.count == 1, "\(outcome.error)", sourceLocation: sourceLocation)
    }

    @Test func aMissingDatabase() throws {
        let place = try Place()
        for command in ["geocode", "precompute", "serve"] {
            try expect(
                place.runner.peta(command), status: 66,
                says: "There is no database at peta.sqlite. Create one with: peta init")
        }
    }

    @Test func filesThatCannotBeUsed() throws {
        let place = try prepared()
        try place.write("kosong.csv", "")
        try place.write("asing.csv", "tanggal,suhu\n1,2\n")
        let register = try String(
            contentsOf: place.url.appendingPathComponent("dtsen.csv"), encoding: .utf8)
        try place.write("potong.csv", String(register.dropLast(5)))
        for (file, status, part) in [
            ("tidak-ada.csv", Int32(66), "does not exist"),
            ("kosong.csv", 65, "is empty"),
            ("asing.csv", 65, "no household file that peta knows"),
            ("potong.csv", 65, "ends in the middle of row"),
        ] {
            try expect(
                place.runner.peta("import", file, "--date", "2026-02-28"), status: status,
                says: part)
        }
        // The last good state stands: the whole file still imports as the first one.
        let good = try place.runner.peta("import", "dtsen.csv", "--date", "2026-02-28")
        #expect(good.output.hasPrefix("Import 1: dtsen.csv"))
    }

    @Test func aWrongOptionIsAUsageError() throws {
        let place = try prepared()
        #expect(
            try place.runner.peta("import", "dtsen.csv", "--date", "28-02-2026").status == 64)
        #expect(try place.runner.peta("serve", "--port", "70000").status == 64)
        #expect(try place.runner.peta("simulate", "--keluarga", "3").status == 64)
    }

    @Test func stepsOutOfOrder() throws {
        let place = try prepared()
        try expect(place.runner.peta("geocode"), status: 79, says: "has no register")
        try place.runner.peta("import", "dtsen.csv", "--date", "2026-02-28")
        try expect(place.runner.peta("precompute"), status: 79, says: "is not geocoded")
    }

    @Test func spatiaLiteThatIsMissing() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        try expect(
            place.runner.peta(
                "init", environment: ["PETA_SPATIALITE_LIBRARY": "libspatialite.so.0"]),
            status: 69, says: "libspatialite.so.0 was not found. On Debian: apt-get install")
    }

    @Test func spatiaLiteThatIsTooOld() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        // A library that calls itself 4.3, made with the toolchain's own compiler.
        try place.write(
            "old.c",
            """
            const char *spatialite_version(void) { return "4.3.0a"; }
            void *spatialite_alloc_connection(void) { return 0; }
            void spatialite_init_ex(void *a, void *b, int c) {}
            void spatialite_cleanup_ex(void *a) {}

            """)
        let library = place.url.appendingPathComponent("old.so").path
        let compiled = try place.runner.run(
            URL(fileURLWithPath: "/usr/bin/env"), ["clang", "-shared", "-o", library, "old.c"])
        try #require(compiled.status == 0, "\(compiled.error)")
        try expect(
            place.runner.peta("init", environment: ["PETA_SPATIALITE_LIBRARY": library]),
            status: 69, says: "version 4.3.0a is older than 5.0. On Debian 12: apt-get install")
    }

    @Test func aKeyThatIsMissingWrongOrOpenToOthers() throws {
        let place = try prepared()
        let key = place.url.appendingPathComponent("peta.sqlite.key")
        try FileManager.default.setAttributes(
            [.posixPermissions: NSNumber(value: 0o644)], ofItemAtPath: key.path)
        try expect(
            place.runner.peta("import", "dtsen.csv", "--date", "2026-02-28"), status: 77,
            says: "chmod 600")
        try FileManager.default.removeItem(at: key)
        try expect(
            place.runner.peta("import", "dtsen.csv", "--date", "2026-02-28"), status: 77,
            says: "is missing")
        let other = String(repeating: "ab", count: 32)
        try expect(
            place.runner.peta(
                "import", "dtsen.csv", "--date", "2026-02-28", environment: ["PETA_KEY": other]),
            status: 77, says: "is not the one this database was written with")
    }

    @Test func criteriaThatCannotBeRead() throws {
        let place = try prepared()
        try place.runner.peta("import", "dtsen.csv", "--date", "2026-02-28")
        try place.runner.peta("geocode")
        try place.write("kriteria.json", "{")
        try expect(place.runner.peta("precompute"), status: 78, says: "the file is no JSON")
        try expect(
            place.runner.peta("precompute", "--criteria", "tidak-ada.json"), status: 66,
            says: "does not exist")
    }

    @Test func aFolderThatCannotBeWritten() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        try expect(
            place.runner.peta("init", "--database", "tidak/ada/peta.sqlite"), status: 73,
            says: "Cannot write tidak/ada/peta.sqlite")
    }

    @Test func aFullDiskIsToldByItsDevice() throws {
        let place = try prepared()
        // /dev/full refuses every byte, as a full disk does.
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let folder = place.url.appendingPathComponent("penuh")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.appendingPathComponent("dtsen_keluarga_simulasi.csv.part").path,
            withDestinationPath: "/dev/full")
        try expect(
            place.runner.peta("simulate", "--keluarga", "1000", "--output", "penuh"), status: 74,
            says: "is full. Free some space and repeat.")
    }

    @Test func aPortInUse() throws {
        let place = try prepared()
        let server = try RunningServer(place)
        let port = try #require(server.address.split(separator: ":").last.map(String.init))
        try expect(
            place.runner.peta("serve", "--port", port), status: 75,
            says: "Port \(port) is in use.")
    }
}

@Suite struct SenderTests {
    @Test func detectSaysWhatAFileIsAndStoresNothing() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        let outcome = try place.runner.peta("import", "dtsen.csv", "verval.csv", "--detect")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.output.contains("dtsen.csv: DTSEN keluarga"))
        #expect(outcome.output.contains("full register"))
        #expect(outcome.output.contains("verval.csv: lembar verval"))
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("desil_nasional") && $0.hasSuffix("desil") })
        #expect(lines.contains { $0.hasPrefix("alamat") && $0.hasSuffix("address") })
        #expect(lines.contains { $0.hasPrefix("Rows under it") && $0.hasSuffix("721") })
        #expect(
            !FileManager.default.fileExists(
                atPath: place.url.appendingPathComponent("peta.sqlite").path))
    }

    @Test func rejectedRowsGoBackToTheirSenderInTheSendersLayout() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        try place.runner.peta("init")
        let outcome = try place.runner.peta(
            "import", "dtsen.csv", "--date", "2026-02-28", "--rejections", "kembali.csv")
        #expect(outcome.status == 0, "\(outcome.error)")
        let file = place.url.appendingPathComponent("kembali.csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0] == MadeUpKecamatan.header + ",baris_asal,kolom,alasan,perbaikan")
        let register = try String(
            contentsOf: place.url.appendingPathComponent("dtsen.csv"), encoding: .utf8
        ).split(separator: "\n")
        // The second of two equal rows stands in row 128 of the file.
        #expect(register[126] == register[127])
        #expect(
            lines[1] == register[127]
                + ",128,nomor_kartu_keluarga,keluarga ganda,"
                + "Cukup satu baris untuk setiap keluarga.")
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test func withoutRejectedRowsNoListIsWritten() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        try place.runner.peta("init")
        try place.runner.peta(
            "import", "verval.csv", "--date", "2026-02-28", "--rejections", "kembali.csv")
        let names = try FileManager.default.contentsOfDirectory(atPath: place.url.path)
        #expect(!names.contains { $0.hasPrefix("kembali") })
    }
}

@Suite struct WorkbookTests {
    @Test func aWorkbookIsReadLikeTheTextItHolds() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        let runner = place.runner
        let env = URL(fileURLWithPath: "/usr/bin/env")
        // A first sheet that is something else, then the register under two title rows.
        try place.write("catatan.csv", "tanggal,isi\n1,a\n")
        let register = try String(
            contentsOf: place.url.appendingPathComponent("dtsen.csv"), encoding: .utf8)
        let columns = MadeUpKecamatan.header.split(separator: ",").count
        let names = (1...columns).map { "c\($0)" }.joined(separator: ",")
        let blank = String(repeating: ",", count: columns - 1)
        try place.write(
            "register.csv",
            names + "\nDAFTAR KELUARGA" + blank + "\nPer 28-02-2026" + blank
                + "\n" + register)
        for (source, options) in [
            ("catatan.csv", ["-f", "XLSX"]), ("register.csv", ["-f", "XLSX", "-update"]),
        ] {
            let made = try runner.run(env, ["ogr2ogr"] + options + ["a.xlsx", source])
            try #require(made.status == 0, "\(made.error)")
        }
        try runner.peta("init")
        let detect = try runner.peta("import", "a.xlsx", "--detect")
        #expect(detect.output.contains("a.xlsx, sheet “register”: DTSEN keluarga"), "\(detect)")
        let workbook = try runner.peta("import", "a.xlsx", "--date", "2026-02-28")
        #expect(workbook.status == 0, "\(workbook.error)")
        let rows = workbook.output.split(separator: "\n")
        #expect(rows.contains { $0.hasPrefix("Rows read") && $0.hasSuffix(" 721") })
        #expect(rows.contains { $0.hasPrefix("Stored ") && $0.hasSuffix(" 720") })
        let geocode = try runner.peta("geocode")
        // Codes came through as text: all but the 12 without one are placed by it.
        #expect(
            geocode.output.split(separator: "\n").contains {
                $0.hasPrefix("  code") && $0.hasSuffix(" 708")
            }, "\(geocode.output)")
        // The same file again changes nothing, in this form too.
        let again = try runner.peta("import", "a.xlsx", "--date", "2026-02-28")
        #expect(again.output.contains("nothing changed"))
    }

    @Test func aFileThatOnlyLooksLikeAWorkbookIsTold() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        try place.runner.peta("init")
        try Data([0x50, 0x4B, 0x03, 0x04, 1, 2, 3]).write(
            to: place.url.appendingPathComponent("rusak.xlsx"))
        let outcome = try place.runner.peta("import", "rusak.xlsx", "--date", "2026-02-28")
        #expect(outcome.status == 65)
        #expect(outcome.error.contains("The workbook is damaged"))
    }
}

@Suite struct ExplanationTests {
    @Test func aPlacementIsExplainedAndTheLookRecorded() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        let runner = place.runner
        try runner.peta("init")
        try runner.peta("import", "dtsen.csv", "verval.csv", "--date", "2026-02-28")
        // Row 6 of the file is the fifth family of the first desa: its axes are swapped.
        let first = try runner.peta("geocode", "--explain", "1.6")
        #expect(first.status == 0, "\(first.error)")
        let desa = "35.13.01.2001 Awal Kulon, Uji Coba"
        let lines = first.output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("Code “3513010001”") && $0.hasSuffix(desa) })
        #expect(lines.contains { $0.hasPrefix("Names “AWAL KULON”") && $0.contains(desa) })
        #expect(
            lines.contains {
                $0.hasPrefix("Position") && $0.contains(desa)
                    && $0.contains("swapped axes mended")
            })
        #expect(lines.contains { $0.hasPrefix("By") && $0.contains("code, certain, ") })
        #expect(lines.contains { $0.hasPrefix("Looks recorded") && $0.hasSuffix(" 1") })
        // No person, no number and no position is shown.
        for secret in ["REKA", "993513", "113.", "-7.8", "DUSUN"] {
            #expect(!first.output.contains(secret), "\(secret)")
        }
        let second = try runner.peta("geocode", "--explain", "1.6")
        #expect(second.output.contains("Looks recorded at this keluarga"))
        #expect(second.output.split(separator: "\n").contains { $0.hasSuffix(" 2") })
        #expect(try runner.peta("geocode", "--explain", "1.99999").status == 78)
        #expect(try runner.peta("geocode", "--explain", "satu").status == 64)
    }
}

@Suite struct InterruptionTests {
    @Test func aKilledImportLeavesTheLastGoodState() throws {
        let place = try Place()
        try MadeUpKecamatan.write(to: place)
        let runner = place.runner
        try runner.peta("init")
        // Many times the same families under other numbers: long enough to be caught in the act.
        let register = try String(
            contentsOf: place.url.appendingPathComponent("dtsen.csv"), encoding: .utf8)
        let rows = register.split(separator: "\n").dropFirst()
        var text = MadeUpKecamatan.header + "\n"
        for copy in 0..<200 {
            let number = 99_351_400 + copy
            for row in rows {
                text += row.replacingOccurrences(of: "99351300", with: String(number)) + "\n"
            }
        }
        try place.write("besar.csv", text)

        let process = Process()
        process.executableURL = CommandRunner.peta
        process.arguments = ["import", "besar.csv", "--date", "2026-02-28"]
        process.currentDirectoryURL = place.url
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let log = place.url.appendingPathComponent("peta.sqlite-wal").path
        // Rows have begun to go into the log.
        let deadline = Date(timeIntervalSinceNow: 20)
        while process.isRunning, Date() < deadline {
            let size = try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int
            if (size ?? 0) > 4 << 20 { break }
            usleep(2000)
        }
        try #require(process.isRunning)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()

        let good = try runner.peta("import", "dtsen.csv", "--date", "2026-02-28")
        #expect(good.status == 0, "\(good.error)")
        #expect(good.output.hasPrefix("Import 1: dtsen.csv"))
        #expect(good.output.contains("Sum of rows"))
        #expect(!good.output.contains("WRONG"))
    }
}
