/// What `xl/workbook.xml` says: the sheets in the order of their tabs, and the system of dates.
struct XLSXWorkbookPart: XMLHandler {
    struct Sheet {
        let name: String
        let isHidden: Bool
        let relationship: String
    }

    private(set) var isWorkbook = false
    private(set) var sheets: [Sheet] = []
    private(set) var dateSystem = CellDate.System.from1900

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
        switch name {
        case "workbook": isWorkbook = true
        case "workbookPr":
            if let value = attributes.text("date1904"), value == "1" || value == "true" {
                dateSystem = .from1904
            }
        case "sheet":
            // `r:id`; its number `sheetId` has another local name.
            guard let relationship = attributes.text("id"), let name = attributes.text("name")
            else { return }
            let state = attributes.text("state")
            sheets.append(
                Sheet(
                    name: name, isHidden: state == "hidden" || state == "veryHidden",
                    relationship: relationship))
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ name: XMLName) {}
}

/// Where the parts are that a part speaks of (ECMA-376 part 2, 6.5).
struct XLSXRelationships: XMLHandler {
    struct Relationship {
        let identifier: String
        /// The last word of the type, which is the same in the transitional and strict form.
        let type: String
        let path: String
    }

    private(set) var relationships: [Relationship] = []
    private let folder: [Substring]

    /// Reads the relationships of the part at `path`, of the package if that is empty.
    init(archive: ZipArchive, of path: String) throws {
        var folder = path.split(separator: "/")
        let name = folder.popLast() ?? ""
        self.folder = folder
        let list = (folder + ["_rels", "\(name).rels"]).joined(separator: "/")
        guard archive.entry(named: list) != nil else { return }
        try archive.scan(list, &self)
    }

    func first(ofType type: String) -> Relationship? { relationships.first { $0.type == type } }

    func first(withIdentifier identifier: String, ofType type: String) -> Relationship? {
        relationships.first { $0.identifier == identifier && $0.type == type }
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
        guard name == "Relationship", attributes.text("TargetMode") != "External",
            let identifier = attributes.text("Id"), let type = attributes.text("Type"),
            let target = attributes.text("Target")
        else { return }
        relationships.append(
            Relationship(
                identifier: identifier,
                type: type.split(separator: "/").last.map(String.init) ?? "",
                path: resolve(target)))
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ name: XMLName) {}

    /// `target` is relative to the folder of the part, or absolute with a slash.
    private func resolve(_ target: String) -> String {
        var path = target.hasPrefix("/") ? [] : folder
        for step in target.split(separator: "/") {
            switch step {
            case ".": break
            case "..": _ = path.popLast()
            default: path.append(step)
            }
        }
        return path.joined(separator: "/")
    }
}

/// The number format of each cell style.
struct XLSXStyles: XMLHandler {
    private var codes: [Int: NumberFormat] = [:]
    private var formats: [NumberFormat] = []
    private var isInCellFormats = false

    subscript(style: Int) -> NumberFormat {
        formats.indices.contains(style) ? formats[style] : .plain
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
        switch name {
        case "numFmt":
            guard let identifier = attributes.text("numFmtId").flatMap({ Int($0) }),
                let code = attributes.text("formatCode")
            else { return }
            codes[identifier] = NumberFormat(code: code)
        case "cellXfs": isInCellFormats = true
        case "xf":
            guard isInCellFormats else { return }
            let identifier = attributes.text("numFmtId").flatMap { Int($0) } ?? 0
            formats.append(codes[identifier] ?? NumberFormat(builtIn: identifier))
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    mutating func end(_ name: XMLName) {
        if name == "cellXfs" { isInCellFormats = false }
    }
}
