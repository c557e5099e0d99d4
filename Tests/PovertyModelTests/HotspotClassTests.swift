import PovertyModel
import Testing

struct HotspotClassTests {
    @Test(
        "a limit belongs to the stricter class, what lies just above to the next",
        arguments: [
            (0.0, HotspotClass.hot99, HotspotClass.cold99),
            (0.01, .hot99, .cold99),
            ((0.01).nextUp, .hot95, .cold95),
            (0.05, .hot95, .cold95),
            ((0.05).nextUp, .hot90, .cold90),
            (0.10, .hot90, .cold90),
            ((0.10).nextUp, .notSignificant, .notSignificant),
            (1.0, .notSignificant, .notSignificant),
            (.nan, .notSignificant, .notSignificant),
        ]
    )
    func limits(qValue: Double, hot: HotspotClass, cold: HotspotClass) {
        #expect(HotspotClass(qValue: qValue, isHigh: true) == hot)
        #expect(HotspotClass(qValue: qValue, isHigh: false) == cold)
    }

    @Test("only the classes of 99 and 95 count as hot")
    func isHot() {
        #expect(HotspotClass.allCases.filter(\.isHot) == [.hot99, .hot95])
    }

    @Test("each class has its own key")
    func keys() {
        #expect(Set(HotspotClass.allCases.map(\.rawValue)).count == HotspotClass.allCases.count)
    }
}
