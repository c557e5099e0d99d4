/// What is read of a workbook at most, so that a small hostile file costs neither memory nor hours.
///
/// The defaults leave room for a sheet of 1,048,576 rows and 52 columns: about 3 GB of XML.
struct WorkbookLimits: Sendable {
    /// The formats' own limits: Excel 2007 and later, LibreOffice 7.4 and later.
    var rows = 1_048_576
    var columns = 16_384
    /// Unpacked bytes of one part.
    var unpackedBytes = 8 << 30
    /// Unpacked to packed bytes of one part; deflate reaches 1,032, sheets of households 5 to 40.
    var compressionRatio = 250
    /// Below this many unpacked bytes the ratio does not matter.
    var ratioFreeBytes = 64 << 20
    /// Text of one row, in bytes: a cell of Excel holds 32,767 characters.
    var rowText = 4 << 20
    /// Text of one sheet, in bytes, with empty fields and the repetitions of ODS written out.
    var sheetText = 4 << 30
    /// Text of one sheet that only repetitions of rows (ODS) make, in bytes.
    ///
    /// 600 bytes of a file could otherwise ask for a gigabyte. Equal rows one below the other are
    /// rare among families.
    var repeatedText = 64 << 20
    /// Text of the shared strings, in bytes; they stay in memory.
    var sharedStrings = 1 << 30
    /// Parts of the archive and bytes of its directory.
    var archiveEntries = 65_536
    var directoryBytes = 32 << 20
}
