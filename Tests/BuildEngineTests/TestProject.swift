import Basics
import Glibc
import Synchronization
import TestSupport

@testable import BuildEngine

/// A project folder of one test, removed with it.
final class TestProject: Sendable {
    /// Where the folder is.
    private enum Place: Sendable {
        case machine(Scratch)
        case memory(MemoryDisk)
    }

    let folder: String
    let disk: Disk
    private let place: Place
    /// Whether clock and file system are what they are on this machine.
    private let isReal: Bool
    private let time = Mutex(Time.goesOn(ahead: 0))

    /// The engine's time on the machine's disk, in nanoseconds.
    private enum Time {
        /// So far ahead of the machine's.
        case goesOn(ahead: Int64)
        /// At the instant at which a file was written.
        case stands(Int64)
    }

    /// A folder of the machine, for tests of what only the kernel has: locks, links, permissions, programs. Its
    /// statuses are believed as if it were on a disk.
    convenience init() throws {
        self.init(try Scratch(.memory), isReal: false)
    }

    /// A project as it lies on this machine: times go by the machine's clock, and statuses are believed where it tells
    /// of every change.
    convenience init(realIn place: Scratch.Place) throws {
        self.init(try Scratch(place), isReal: true)
    }

    private init(_ scratch: Scratch, isReal: Bool) {
        place = .machine(scratch)
        folder = scratch.path
        disk = testDisk
        self.isReal = isReal
    }

    /// The folder `/project` of a disk in memory, where time passes only by what is done to the disk and by `tick`.
    init(_ memory: MemoryDisk) {
        place = .memory(memory)
        folder = "/project"
        disk = Disk(.standIn(memory))
        isReal = false
        _ = memory.mkdir(folder)
    }

    var paths: ProjectPaths { ProjectPaths(folder: folder) }

    func write(_ path: String, _ text: String) throws { try write(path, Array(text.utf8)) }

    func overwrite(_ path: String, _ bytes: [UInt8]) throws {
        if case .machine = place { chmod(folder + "/" + path, 0o644) }
        try write(path, bytes)
    }

    /// Writes a file; time stands still then until the next `tick`. Two versions of a file never have the same time
    /// stamp, however short the steps of the test are.
    private func write(_ path: String, _ bytes: [UInt8]) throws {
        switch place {
        case .memory:
            let file = folder + "/" + path
            try disk.makeDirectories(PathText.parent(of: file) ?? folder)
            try disk.remove(file)
            try disk.create(file, bytes, mode: 0o644, sync: true)
        case .machine(let scratch):
            let before = Files.status(folder + "/" + path)
            repeat { try scratch.write(path, bytes) } while Files.status(folder + "/" + path) == before
            if let now = Files.status(folder + "/" + path)?.changed { time.withLock { $0 = .stands(now) } }
        }
    }

    func read(_ path: String) throws -> [UInt8] { try disk.read(paths.absolute(path)) }

    func text(_ path: String) -> String? { (try? read(path)).map { String(decoding: $0, as: UTF8.self) } }

    func exists(_ path: String) -> Bool { disk.linkStatus(paths.absolute(path)) != nil }

    func remove(_ path: String) throws {
        switch place {
        case .memory: try disk.removeTree(paths.absolute(path))
        case .machine(let scratch): scratch.remove(path)
        }
    }

    func link(_ path: String, to target: String) throws { try FileLink.make(folder + "/" + path, to: target) }

    /// All regular files below a folder of the project with their texts.
    func tree(_ path: String) throws -> [String: String] {
        var found: [String: String] = [:]
        func visit(_ inner: String) throws {
            for name in (try? disk.list(folder + "/" + inner)) ?? [] {
                let file = inner + "/" + name
                switch disk.linkStatus(folder + "/" + file)?.kind {
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
    func tick() {
        switch place {
        case .memory(let memory): memory.pass(60_000_000)
        case .machine: time.withLock { $0 = .goesOn(ahead: 60_000_000) }
        }
    }

    /// The clock that `tick` sets.
    var clock: WallClock {
        switch place {
        case .memory(let memory): WallClock { memory.files.now }
        case .machine: isReal ? .machine : settable
        }
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
            folder: folder, environment: environment, clock: clock, disk: disk,
            trust: isReal ? .machine : StatusTrust { _ in true }
        )
    }
}
