internal import CoreMetrics
internal import Synchronization

/// What swift-metrics records, kept to be read as Prometheus text (exposition format 0.0.4).
///
/// One for each server and not the process's own, so that servers side by side, as in tests, count
/// apart. Labels and dimensions are those of our own code, so they need no escape.
final class PrometheusMetrics: MetricsFactory {
    private let series = Mutex<[String: Series]>([:])

    /// All numbers of one label and its dimensions.
    final class Series: Sendable {
        enum Kind: String {
            case counter, gauge, histogram
        }

        struct Numbers {
            var sum = 0.0
            var count = 0
            var buckets = Array(repeating: 0, count: PrometheusMetrics.bounds.count)
        }

        let name: String
        let kind: Kind
        let dimensions: String
        let numbers = Mutex(Numbers())

        init(name: String, kind: Kind, dimensions: String) {
            self.name = name
            self.kind = kind
            self.dimensions = dimensions
        }
    }

    /// Upper bounds of the durations, in seconds: from a tile in memory to a file of a country.
    static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

    private func series(_ label: String, _ dimensions: [(String, String)], _ kind: Series.Kind)
        -> Series
    {
        let text = dimensions.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",")
        return series.withLock { series in
            let key = "\(label){\(text)}"
            if let known = series[key] { return known }
            let new = Series(name: label, kind: kind, dimensions: text)
            series[key] = new
            return new
        }
    }

    /// All series, by name.
    var text: String {
        let all = series.withLock { Array($0.values) }
        var lines: [String] = []
        for (name, group) in Dictionary(grouping: all, by: \.name).sorted(by: { $0.key < $1.key }) {
            guard let kind = group.first?.kind else { continue }
            lines.append("# TYPE \(name) \(kind.rawValue)")
            for series in group.sorted(by: { $0.dimensions < $1.dimensions }) {
                lines += Self.lines(series)
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func lines(_ series: Series) -> [String] {
        let (numbers, name) = (series.numbers.withLock(\.self), series.name)
        let braces = series.dimensions.isEmpty ? "" : "{\(series.dimensions)}"
        switch series.kind {
        case .counter: return ["\(name)\(braces) \(numbers.count)"]
        case .gauge: return ["\(name)\(braces) \(numbers.sum)"]
        case .histogram:
            let others = series.dimensions.isEmpty ? "" : series.dimensions + ","
            let buckets = zip(bounds, numbers.buckets).map { bound, count in
                "\(name)_bucket{\(others)le=\"\(bound)\"} \(count)"
            }
            return buckets + [
                "\(name)_bucket{\(others)le=\"+Inf\"} \(numbers.count)",
                "\(name)_sum\(braces) \(numbers.sum)", "\(name)_count\(braces) \(numbers.count)",
            ]
        }
    }

    // MARK: - MetricsFactory

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter)
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge)
    }

    func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        series(label, dimensions, aggregate ? .histogram : .gauge)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, .histogram)
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
}

extension PrometheusMetrics.Series: CounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    func increment(by amount: Int64) { numbers.withLock { $0.count += Int(amount) } }
    func reset() { numbers.withLock { $0 = Numbers() } }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { numbers.withLock { $0.sum = value } }
    func increment(by amount: Double) { numbers.withLock { $0.sum += amount } }
    func decrement(by amount: Double) { numbers.withLock { $0.sum -= amount } }
    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Double) {
        numbers.withLock { numbers in
            numbers.sum += value
            numbers.count += 1
            // Buckets add up: each holds everything below its bound.
            for (place, bound) in PrometheusMetrics.bounds.enumerated() where value <= bound {
                numbers.buckets[place] += 1
            }
        }
    }
}
