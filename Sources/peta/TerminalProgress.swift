internal import Foundation
internal import Logging
internal import Pipeline
internal import Synchronization

/// A bar on a terminal, a line at the begin and end of each step elsewhere.
final class TerminalProgress: StepProgress {
    private struct State {
        var step = ""
        var percent = -1
        var start = ContinuousClock.now
    }

    private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
    private let logger = Logger(
        label: "peta", factory: { StreamLogHandler.standardError(label: $0) })
    private let state = Mutex(State())
    private static let barWidth = 30

    func report(_ step: String, fraction: Double) {
        let percent = Int((100 * min(max(fraction, 0), 1)).rounded(.down))
        state.withLock { state in
            let isNew = state.step != step
            guard isNew || state.percent != percent else { return }
            if isNew {
                if isTerminal, !state.step.isEmpty, state.percent < 100 { write("\n") }
                state = State(step: step)
            }
            state.percent = percent
            if isTerminal {
                draw(step, percent: percent)
            } else if isNew, percent < 100 {
                logger.info("\(step)")
            } else if percent == 100 {
                let elapsed = ContinuousClock.now - state.start
                logger.info("\(step): done in \(elapsed.formatted(.units(width: .narrow)))")
            }
            if percent == 100 { state.step = "" }
        }
    }

    private func draw(_ step: String, percent: Int) {
        let filled = Self.barWidth * percent / 100
        let bar =
            String(repeating: "█", count: filled)
            + String(repeating: "░", count: Self.barWidth - filled)
        let number = String(repeating: " ", count: percent < 10 ? 2 : percent < 100 ? 1 : 0)
        // Back to the first column, and clear what the last line left behind.
        write("\r\u{1B}[K\(bar) \(number)\(percent) %  \(step)" + (percent == 100 ? "\n" : ""))
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
