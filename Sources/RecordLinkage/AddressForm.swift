/// The parts of a written address that can be compared.
///
/// `Dsn. Krajan RT.003/RW.001`, `DUSUN KRAJAN RT 3 RW 1` and `KRAJAN 03/01` are one place.
struct AddressForm: Equatable {
    /// The sound of the words that are neither kind nor number (`NameSkeleton`, mixed); 0: none.
    var dusun: UInt32 = 0
    /// 1 to 999; 0: not written.
    var rt: UInt16 = 0
    var rw: UInt16 = 0

    private static let kinds: Set<[UInt8]> = Set(
        "DUSUN DSN DUKUH DK DKH KAMPUNG KP LINGKUNGAN LINK DS DESA JL JLN JALAN NO GG GANG"
            .split(separator: " ").map { Array($0.utf8) }
    )
    private static let rtWord = Array("RT".utf8)
    private static let rwWord = Array("RW".utf8)

    init(dusun: UInt32 = 0, rt: UInt16 = 0, rw: UInt16 = 0) {
        (self.dusun, self.rt, self.rw) = (dusun, rt, rw)
    }

    init(_ address: String) {
        var words: UInt64 = 0
        var free: [UInt16] = []
        var (waitsForRT, waitsForRW) = (false, false)
        Self.forEachRun(in: address) { run, isNumber in
            if isNumber {
                let number =
                    run.count > 4 ? 0 : run.reduce(0 as UInt16) { $0 * 10 + UInt16($1 - 48) }
                if waitsForRT {
                    (rt, waitsForRT, waitsForRW) = (number, false, rw == 0)
                } else if waitsForRW {
                    (rw, waitsForRW) = (number, false)
                } else {
                    free.append(number)
                }
            } else if run == Self.rtWord {
                waitsForRT = true
            } else if run == Self.rwWord {
                (waitsForRW, waitsForRT) = (true, false)
            } else if run.count > 1, !Self.kinds.contains(run) {
                words = BlockingKey.mixed(words, NameSkeleton.key(of: run))
            }
        }
        // "KRAJAN 03/01": numbers without words are RT and RW.
        if rt == 0, rw == 0, free.count == 2 { (rt, rw) = (free[0], free[1]) }
        dusun = words == 0 ? 0 : max(1, UInt32(truncatingIfNeeded: words >> 32))
    }

    /// Runs of letters (made capital) and of digits, in order.
    private static func forEachRun(in text: String, _ body: ([UInt8], _ isNumber: Bool) -> Void) {
        var run: [UInt8] = []
        var isNumber = false
        func close() {
            if !run.isEmpty { body(run, isNumber) }
            run.removeAll(keepingCapacity: true)
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if !isNumber { close() }
                isNumber = true
                run.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
                if isNumber { close() }
                isNumber = false
                run.append(byte & 0xDF)
            default:
                close()
            }
        }
        close()
    }
}
