/// Why a file cannot be read as a workbook, or a workbook not be written.
///
/// The cases hold places inside the file, never the content of a cell.
public enum WorkbookError: Error, Hashable, Sendable {
    /// Neither XLSX nor ODS nor one of the refused kinds below.
    case notAWorkbook
    /// XLS, the binary form of Excel 97 to 2003.
    case oldBinaryWorkbook
    /// XLSB, the binary form of newer Excel.
    case binaryWorkbook
    /// The workbook opens with a password only.
    case encrypted
    /// The file ends before its archive does, or was changed after it was packed.
    case damagedArchive(ArchiveDamage)
    /// `part` is packed by a method other than stored or deflate.
    case unknownCompression(part: String, method: Int)
    /// A part without which there is no workbook.
    case missingPart(String)
    /// The text of `part` breaks the rules of XML near `byte`, counted in the unpacked part.
    case malformedXML(part: String, byte: Int, XMLDamage)
    /// A cell of `row` (from 1) is not as the format wants it.
    case malformedCell(part: String, row: Int, CellDamage)
    /// More than any honest workbook of this format holds: most likely made to exhaust memory.
    case tooLarge(part: String, WorkbookLimit)

    public enum ArchiveDamage: Hashable, Sendable {
        case noDirectory
        case directory
        case localHeader
        case content(part: String)
        case checksum(part: String)
        /// The file is shorter than what was read of it before.
        case truncated
    }

    public enum XMLDamage: Hashable, Sendable {
        case markup
        case entity
        case unbalanced
        case incomplete
        case encodingNotUTF8
        /// A document type could define entities that grow without end; no workbook has one.
        case documentType
        case nestedTooDeep
        case tokenTooLong
        case tooManyAttributes
    }

    public enum CellDamage: Hashable, Sendable {
        case reference
        case rowsOutOfOrder
        case cellsOutOfOrder
        case sharedString
        case repetition
    }

    public enum WorkbookLimit: Hashable, Sendable {
        case unpackedBytes
        case compressionRatio
        case rows
        case columns
        case rowText
        case sheetText
        case repeatedRows
        case sharedStrings
        case archiveEntries
        case archiveBytes
    }
}

extension WorkbookError: CustomStringConvertible {
    /// What is wrong and what to do, in one sentence or two.
    public var description: String {
        switch self {
        case .notAWorkbook:
            "This is no XLSX or ODS workbook. Save it as XLSX (Excel 2007 or later) or CSV."
        case .oldBinaryWorkbook:
            "This is an old Excel workbook (XLS). Open it and save it as XLSX."
        case .binaryWorkbook:
            "This is a binary Excel workbook (XLSB). Open it and save it as XLSX."
        case .encrypted:
            "The workbook is protected by a password. Save it without one."
        case .damagedArchive(let damage):
            "The workbook is damaged (\(damage.words)). Ask for it again, or open and save it anew."
        case .unknownCompression(let part, let method):
            "\(part) is packed by method \(method), which is not read. Open and save it anew."
        case .missingPart(let part):
            "The workbook lacks \(part). Open it in a spreadsheet program and save it anew."
        case .malformedXML(let part, let byte, let damage):
            "\(part) is no well-formed XML near byte \(byte) (\(damage.words)). "
                + "Open the workbook in a spreadsheet program and save it anew."
        case .malformedCell(let part, let row, let damage):
            "\(part) row \(row): \(damage.words). "
                + "Open the workbook in a spreadsheet program and save it anew."
        case .tooLarge(let part, let limit):
            "\(part) holds more than is read: \(limit.words). "
                + "Split it, or delete what stands outside the table."
        }
    }
}

extension WorkbookError.ArchiveDamage {
    fileprivate var words: String {
        switch self {
        case .noDirectory: "its end is missing"
        case .directory: "its list of parts is not readable"
        case .localHeader: "a part is not where the list says"
        case .content(let part): "\(part) cannot be unpacked"
        case .checksum(let part): "\(part) has another checksum than the list says"
        case .truncated: "it ends too early"
        }
    }
}

extension WorkbookError.XMLDamage {
    fileprivate var words: String {
        switch self {
        case .markup: "a tag is not closed or has no name"
        case .entity: "an unknown entity"
        case .unbalanced: "an end tag without its start"
        case .incomplete: "it ends inside an element"
        case .encodingNotUTF8: "its encoding is not UTF-8"
        case .documentType: "it has a document type"
        case .nestedTooDeep: "elements are nested too deep"
        case .tokenTooLong: "a tag is too long"
        case .tooManyAttributes: "an element has too many attributes"
        }
    }
}

extension WorkbookError.CellDamage {
    fileprivate var words: String {
        switch self {
        case .reference: "a cell's address is not readable"
        case .rowsOutOfOrder: "the rows are not in order"
        case .cellsOutOfOrder: "the cells are not in order"
        case .sharedString: "a cell points to a text that is not there"
        case .repetition: "a number of repetitions is not readable"
        }
    }
}

extension WorkbookError.WorkbookLimit {
    fileprivate var words: String {
        switch self {
        case .unpackedBytes: "too many bytes when unpacked"
        case .compressionRatio: "its content repeats itself without end"
        case .rows: "too many rows"
        case .columns: "too many columns"
        case .rowText: "a row with too much text"
        case .sheetText: "too much text"
        case .repeatedRows: "rows that are repeated too often"
        case .sharedStrings: "too much shared text"
        case .archiveEntries: "too many parts"
        case .archiveBytes: "4 GB or more in one archive"
        }
    }
}
