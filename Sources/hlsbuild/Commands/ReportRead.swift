import Basics
import Glibc
import Reports

/// `hlsbuild report --read FILE`: what a report or log of a vendor tool says. Needs no project.
struct ReportRead {
    /// As it stands on the command line; `-` is standard input.
    let file: String

    /// The file as a report; whatever it is instead is a mistake of the command line.
    func report() throws(DiagnosticError) -> Report {
        let name = file == "-" ? "standard input" : file
        do throws(ReportRefusal) {
            let report = try ReportReader.read(try bytes(), name: name)
            return file == "-" ? report : withCrash(report)
        } catch {
            throw DiagnosticError(error.diagnostic(file: name))
        }
    }

    /// A log that stops in the middle, and what the file beside it tells of the crash, if there is one.
    private func withCrash(_ report: Report) -> Report {
        guard case .log(let log) = report.content, let name = log.crashFile else { return report }
        guard let bytes = try? Files.read(PathText.split(file).folder + "/" + name, within: .report),
            case .log(let crash)? = (try? ReportReader.read(bytes, name: name))?.content
        else { return report }
        var whole = report
        whole.content = .log(log.ended(by: crash))
        return whole
    }

    private func bytes() throws(ReportRefusal) -> [UInt8] {
        if file == "-" { return try Self.standardInput() }
        let limit = InputLimit.report.bytes
        // A longer file is not even read.
        if let size = Files.status(file)?.size, size > limit { throw .tooLarge(Int(size)) }
        do throws(FileError) {
            return try Files.read(file, within: .report)
        } catch {
            throw .unknown("cannot be read: \(error.reason)")
        }
    }

    private static func standardInput() throws(ReportRefusal) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(STDIN_FILENO, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += piece.prefix(count)
            if bytes.count > InputLimit.report.bytes { throw .tooLarge(bytes.count) }
        }
    }
}
