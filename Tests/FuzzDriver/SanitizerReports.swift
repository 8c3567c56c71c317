import Basics
import TestSupport

/// What a sanitizer wrote while a campaign ran: a file for each process that it had something to say of.
struct SanitizerReports {
    /// Faults of this program: each one a finding.
    private(set) var own: [String] = []
    /// How many are faults of the HDF5 library. It runs in a process of its own for that reason, and a damaged file that
    /// brings this process down is refused.
    private(set) var ofLibrary = 0

    init(folder: String) throws {
        for name in try FileTree.paths(below: folder) where name.hasPrefix("report.") {
            let text = String(decoding: try Files.read(folder + "/" + name), as: UTF8.self)
            // Where memory fell short without a fault there is a warning and no summary. The summary names the innermost
            // place outside of the sanitizer, with the library that it lies in.
            let summaries = text.split(separator: "\n").filter {
                $0.hasPrefix("SUMMARY:") || $0.contains("runtime error:")
            }
            guard let summary = summaries.first else { continue }
            if summary.contains("/libhdf5") { ofLibrary += 1 } else { own.append(name) }
        }
    }
}
