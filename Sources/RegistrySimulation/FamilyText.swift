/// Names and addresses as both layouts write them.
extension HeadName {
    /// `SITI REKAMANETI`, `BUDI REKAHOKAWAN, S.PD`.
    var bytes: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(48)
        text += (isWoman ? NameLists.women : NameLists.men)[given]
        text += NameLists.madeUp
        text += NameLists.syllables[syllables.0]
        text += NameLists.syllables[syllables.1]
        text += NameLists.endings[ending]
        if let title {
            text += NameLists.comma
            text += NameLists.titles[title]
        }
        return text
    }
}

extension HouseAddress {
    /// `DUSUN KRAJAN RT 003 RW 001`.
    func bytes(dusunName: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(48)
        text += NameLists.dusunPrefix
        text += dusunName
        if hasComma { text.append(UInt8(ascii: ",")) }
        text += NameLists.rtPrefix
        text.appendDecimal(UInt64(rt), width: 3)
        text += NameLists.rwPrefix
        text.appendDecimal(UInt64(rw), width: 3)
        return text
    }
}
