internal import PovertyModel

extension SimulatedRegistry {
    /// Writes the keluarga set of DTSEN: a header and a row for each family, desa after desa; the
    /// planned duplicates stand at the end of their desa.
    ///
    /// - Returns: the number of rows, without the header.
    @discardableResult
    public func writeDTSEN(to emit: (ArraySlice<UInt8>) throws -> Void) rethrows -> Int {
        try writeDTSEN(SimulationWriting(), to: emit)
    }

    func writeDTSEN(
        _ writing: SimulationWriting,
        to emit: (ArraySlice<UInt8>) throws -> Void
    ) rethrows -> Int {
        var chunks = CSVChunks(delimiter: writing.delimiter)
        chunks.header(of: .dtsenKeluarga, writing)
        var rows = 0
        for area in plan.indices {
            let writer = DTSENKeluargaWriter(self, area: area, writing: writing)
            let stream = KeluargaStream(self, area: area)
            var duplicates = CSVChunks(smallWithDelimiter: writing.delimiter)
            for keluarga in stream {
                let (dirt, generator) = stream.keluargaDirt(of: keluarga)
                writer.write(keluarga, dirt: dirt, details: generator, to: &chunks)
                rows += 1
                if dirt.contains(.duplicated) || dirt.contains(.duplicatedWithOtherDesil) {
                    writer.write(
                        keluarga,
                        dirt: dirt,
                        details: generator,
                        isRepetition: true,
                        to: &duplicates
                    )
                    rows += 1
                }
                try chunks.hand(to: emit)
            }
            chunks.rows(duplicates.bytes)
        }
        try chunks.hand(to: emit, isLast: true)
        return rows
    }
}

/// From the families of one desa to rows in the order of `DTSENLayout.keluargaColumns`.
struct DTSENKeluargaWriter {
    private let registry: SimulatedRegistry
    private let area: Int
    private let usesLabels: Bool
    private let kecamatanName: [UInt8]
    private let provinceFields: [UInt8]
    /// The eight location columns of a row without dirt there.
    private let cleanPlace: [UInt8]

    private static let placeDirt =
        RegistryDirt.codeGroup + RegistryDirt.nameGroup + RegistryDirt.kecamatanGroup
        + [.strayBlanks]

    init(
        _ registry: SimulatedRegistry,
        area: Int,
        writing: SimulationWriting = SimulationWriting()
    ) {
        self.registry = registry
        self.area = area
        usesLabels = writing.usesLabels
        let desa = registry.plan[area].desa
        let configuration = registry.configuration
        kecamatanName = Array(desa.kecamatanName.uppercased().utf8)

        var province = CSVChunks(smallWithDelimiter: writing.delimiter)
        province.field(desa.code.kecamatan.kabupaten.number / 100)
        province.field(configuration.provinceName)
        province.field(desa.code.kecamatan.kabupaten.number)
        province.field(configuration.kabupatenName)
        provinceFields = province.bytes

        var clean = province
        clean.field(CodeScheme.bps.kecamatan(of: desa.bpsCode.number))
        clean.field(kecamatanName)
        clean.field(desa.bpsCode.number)
        clean.field(Array(desa.name.uppercased().utf8))
        cleanPlace = clean.bytes
    }

    func write(
        _ keluarga: SimulatedKeluarga,
        dirt: DirtSet,
        details: SeededGenerator,
        isRepetition: Bool = false,
        to row: inout CSVChunks
    ) {
        var details = details
        writePlace(dirt, &details, to: &row)
        let dusun = registry.sites[area].dusun[keluarga.address.dusun]
        row.field(keluarga.address.bytes(dusunName: dusun.name))
        row.field(keluarga.cardNumber)
        row.field(keluarga.head.bytes)
        row.field(keluarga.house.electricityCustomer)
        row.field(keluarga.memberCount)
        writeDesil(keluarga, dirt, &details, isRepetition: isRepetition, to: &row)
        row.field(keluarga.isNationalPBI ? Self.yes : [])
        row.field(keluarga.isLocalPBI ? Self.yes : [])
        writeHouse(keluarga.house, dirt, &details, to: &row)
        writeAssets(keluarga.assets, to: &row)
        row.field(keluarga.livestock.cattle)
        row.field(keluarga.livestock.buffaloes)
        row.field(keluarga.livestock.horses)
        row.field(keluarga.livestock.pigs)
        row.field(keluarga.livestock.goatsAndSheep)
        row.endRow()
    }

    private static let yes = Array("YA".utf8)

    private func writePlace(
        _ dirt: DirtSet,
        _ details: inout SeededGenerator,
        to row: inout CSVChunks
    ) {
        guard dirt.kind(of: Self.placeDirt) != nil else {
            row.readyFields(cleanPlace)
            return
        }
        var code = WrittenCode(
            dirt,
            scheme: .bps,
            area: area,
            registry: registry,
            generator: &details
        )
        var name = WrittenName.bytes(
            of: registry.plan[area].desa,
            dirt: dirt,
            generator: &details
        )
        if dirt.contains(.strayBlanks) {
            name = WrittenName.withStrayBlanks(name, generator: &details)
            code = code.withTrailingBlank
        }
        row.readyFields(provinceFields)
        row.field(code.kecamatan)
        row.field(dirt.contains(.kecamatanMissing) ? [] : kecamatanName)
        row.field(code.desa)
        row.field(name)
    }

    private func writeDesil(
        _ keluarga: SimulatedKeluarga,
        _ dirt: DirtSet,
        _ details: inout SeededGenerator,
        isRepetition: Bool,
        to row: inout CSVChunks
    ) {
        if isRepetition, dirt.contains(.duplicatedWithOtherDesil) {
            // One up, or one down from the top: never the true one.
            row.field(keluarga.desil < 10 ? keluarga.desil + 1 : 9)
        } else if dirt.contains(.desilUnusable) {
            row.field(Self.unusableDesil[details.index(below: Self.unusableDesil.count)])
        } else {
            row.field(keluarga.desil)
        }
        row.field(keluarga.desilInProvince)
        row.field(keluarga.desilInKabupaten)
    }

    private static let unusableDesil = ["", "0", "11", "-"]

    private func writeHouse(
        _ house: House,
        _ dirt: DirtSet,
        _ details: inout SeededGenerator,
        to row: inout CSVChunks
    ) {
        let questions = HousingQuestion.allCases
        let spoiled =
            dirt.contains(.housingCodeUnknown)
            ? questions[details.index(below: questions.count)] : nil
        let hasLegacyLabel = spoiled != nil && details.happens(0.5)
        func code(_ question: HousingQuestion, _ value: Int?) {
            if question == spoiled {
                row.field(hasLegacyLabel ? question.legacyLabel : "99")
            } else if usesLabels {
                row.field(DTSENWords.label(of: question, value))
            } else {
                row.field(value)
            }
        }
        code(.ownership, house.ownership)
        code(.floor, house.floor)
        row.field(house.floorAreaM2)
        code(.wall, house.wall)
        code(.roof, house.roof)
        code(.water, house.water)
        code(.light, house.light)
        code(.power, house.power)
        code(.fuel, house.fuel)
        code(.toilet, house.toilet)
        code(.closet, house.closet)
        code(.sewage, house.sewage)
    }

    private func writeAssets(_ assets: UInt16, to row: inout CSVChunks) {
        let (yes, no) =
            usesLabels
            ? (DTSENWords.yes, DTSENWords.no) : ([UInt8(ascii: "1")], [UInt8(ascii: "2")])
        row.field(assets == 0 ? no : yes)
        for asset in 0..<HousingTables.assetCount {
            row.field(assets & 1 << UInt16(asset) != 0 ? yes : no)
        }
    }
}
