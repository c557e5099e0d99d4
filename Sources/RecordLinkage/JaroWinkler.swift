/// The similarity of two short strings, 0 to 1 (Jaro 1989; Winkler 1990).
///
/// A common beginning of up to four letters counts extra, with Winkler's factor 0.1, where the
/// Jaro similarity is above 0.7. Only the first 64 bytes are looked at.
/// - Complexity: O(*n* times *m*) for *n* and *m* bytes.
enum JaroWinkler {
    static func similarity(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>)
        -> Double
    {
        let (countA, countB) = (min(a.count, 64), min(b.count, 64))
        guard countA > 0, countB > 0 else { return countA == countB ? 1 : 0 }
        let window = max(0, max(countA, countB) / 2 - 1)
        // Bit i: letter i has found its partner.
        var (takenA, takenB) = (0 as UInt64, 0 as UInt64)
        for i in 0..<countA {
            var j = max(0, i - window)
            let end = min(countB, i + window + 1)
            while j < end {
                if a[i] == b[j], takenB >> UInt64(j) & 1 == 0 {
                    takenA |= 1 << UInt64(i)
                    takenB |= 1 << UInt64(j)
                    break
                }
                j += 1
            }
        }
        let matches = takenA.nonzeroBitCount
        guard matches > 0 else { return 0 }
        var outOfPlace = 0
        while takenA != 0 {
            if a[takenA.trailingZeroBitCount] != b[takenB.trailingZeroBitCount] { outOfPlace += 1 }
            takenA &= takenA - 1
            takenB &= takenB - 1
        }
        let m = Double(matches)
        let jaro =
            (m / Double(countA) + m / Double(countB) + (m - Double(outOfPlace / 2)) / m) / 3
        guard jaro > 0.7 else { return jaro }
        var prefix = 0
        while prefix < min(4, countA, countB), a[prefix] == b[prefix] { prefix += 1 }
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }

    static func similarity(_ a: [UInt8], _ b: [UInt8]) -> Double {
        a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { similarity(a, $0) } }
    }
}
