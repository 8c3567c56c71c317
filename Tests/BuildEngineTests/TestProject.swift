import Basics
import Glibc
import Synchronization
import TestSupport

@testable import BuildEngine

/// A project folder of one test, removed with it.
final class TestProject: Sendable {
    private let scratch: Scratch
    /// Whether clock and file system are what they are on this machine.
    private let isReal: Bool
    private let time = Mutex(Time.goesOn(ahead: 0))

    /// The engine's time, in nanoseconds.
    private enum Time {
        /// So far ahead of the machine's.
        case goesOn(ahead: Int64)
        /// At the instant at which a file was written.
        case stands(Int64)
    }

    var folder: String { scratch.path }

    init() throws {
        scratch = try Scratch(.memory)
        isReal = false
    }

    /// A project as it lies on this machine: times go by the machine's clock, and statuses are believed where it tells
    /// of every change. Any other lies in memory and is believed as if it were on a disk.
    init(realIn place: Scratch.Place) throws {
        scratch = try Scratch(place)
        isReal = true
    }

    var paths: ProjectPaths { ProjectPaths(folder: folder) }

    func write(_ path: String, _ text: String) throws { try write(path, Array(text.utf8)) }

    func overwrite(_ path: String, _ bytes: [UInt8]) throws {
        chmod(folder + "/" + path, 0o644)
        try write(path, bytes)
    }

    /// Writes a file; time stands still then until the next `tick`. Two versions of a file never have the same time
    /// stamp, however short the steps of the test are.
    private func write(_ path: String, _ bytes: [UInt8]) throws {
        let before = Files.status(folder + "/" + path)
        repeat { try scratch.write(path, bytes) } while Files.status(folder + "/" + path) == before
        if let now = Files.status(folder + "/" + path)?.changed { time.withLock { $0 = .stands(now) } }
    }

    func text(_ path: String) -> String? { try? Files.text(folder + "/" + path) }

    func exists(_ path: String) -> Bool { scratch.exists(path) }

    func remove(_ path: String) throws { scratch.remove(path) }

    func link(_ path: String, to target: String) throws { try FileLink.make(folder + "/" + path, to: target) }

    /// All regular files below a folder of the project with their texts.
    func tree(_ path: String) throws -> [String: String] {
        var found: [String: String] = [:]
        func visit(_ inner: String) throws {
            for name in (try? Files.list(folder + "/" + inner)) ?? [] {
                let file = inner + "/" + name
                switch Files.linkStatus(folder + "/" + file)?.kind {
                case .directory: try visit(file)
                case .file: found[file] = text(file)
                default: break
                }
            }
        }
        try visit(path)
        return found
    }

    /// Sets the clock beyond the time stamps of what was written last, as it is when a person builds again.
    func tick() { time.withLock { $0 = .goesOn(ahead: 60_000_000) } }

    /// The clock that `tick` sets.
    var clock: WallClock {
        isReal ? .machine : settable
    }

    private var settable: WallClock {
        WallClock { [self] in
            switch time.withLock(\.self) {
            case .goesOn(let ahead): Files.now() + ahead
            case .stands(let now): now
            }
        }
    }

    func world(_ environment: [String: String]) -> World {
        World(
            folder: folder, environment: environment, clock: clock, trust: isReal ? .machine : StatusTrust { _ in true }
        )
    }
}
