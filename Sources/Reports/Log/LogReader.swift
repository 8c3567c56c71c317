/// Turns a log into what happened, how far it came, and what went wrong.
enum LogReader {
    /// Nil for a text that is no log.
    static func read(_ lines: [Line]) -> Report? {
        var banner = LogBanner()
        var progress = LogProgress()
        var sessions = [LogSession(start: 1)]
        var messages: [LogMessage] = []
        var shape = LogShape()
        for (index, line) in lines.enumerated() {
            let number = index + 1
            if LogBanner.announcesHLS(line), sessions[sessions.count - 1].announce() {
                sessions.append(LogSession(start: number, isAnnounced: true))
            }
            banner.note(line, number)
            progress.note(line, number)
            sessions[sessions.count - 1].progress.note(line, number)
            shape.note(line)
            guard let message = LogMessage(line, number: number) else { continue }
            if message.severity == .error, message.hasLeadingPlace { shape.isAnnounced = true }
            if message.severity == .error { progress.error(message) }
            if message.severity != .warning || FailureCatalogue.isWarning(message) { messages.append(message) }
            sessions[sessions.count - 1].add(message)
        }
        progress.end()
        guard shape.isAnnounced || banner.isLog, !shape.isSource else { return nil }
        let judgements = sessions.map { $0.judged(banner) }
        guard let session = sessions.last, let judgement = judgements.last else { return nil }
        var content = LogReport(
            outcome: judgement.outcome, mode: banner.mode, marker: session.progress.marker,
            ended: session.hasEnded(banner))
        content.process = banner.process
        content.phases = progress.phases.map { .init(name: $0.name, outcome: $0.outcome, line: $0.line) }
        content.checksums = progress.checksums
        var causes = LogCauses(
            recovered: progress.recovered, phaseOf: progress.phase, lastSession: session.start)
        for message in messages { causes.add(message) }
        content.causes = [judgement.cause].compactMap { $0 } + causes.sorted
        content.warnings = causes.warnings
        if sessions.count > 1 {
            content.sessions = zip(sessions, judgements).map { .init(line: $0.start, outcome: $1.outcome) }
        }
        return Report(tool: banner.tool, version: banner.version, content: .log(content))
    }
}
