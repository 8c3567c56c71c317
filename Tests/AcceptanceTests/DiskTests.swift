import Basics
import Glibc
import Testing
import TestSupport

/// Disks that are full or cannot be written. They are small file systems in memory, which only root can make.
@Suite struct DiskTests {
    /// Whether file systems can be mounted here.
    static let canMount: Bool = {
        guard let folder = try? Scratch(), mount("none", folder.path, "tmpfs", 0, "size=1m") == 0 else {
            return false
        }
        umount2(folder.path, Int32(MNT_DETACH))
        return true
    }()

    private func onSmallDisk(_ megabytes: Int, _ body: (Playground) async throws -> Void) async throws {
        let playground = try await Playground()
        let stash = playground.base + "/stash"
        try #require(rename(playground.folder, stash) == 0)
        try Files.makeDirectories(playground.folder)
        try #require(mount("none", playground.folder, "tmpfs", 0, "size=\(megabytes)m") == 0)
        defer { umount2(playground.folder, Int32(MNT_DETACH)) }
        try await Command("/bin/cp", ["-a", stash + "/.", playground.folder]).works()
        try await body(playground)
    }

    /// Fills the disk until so many bytes are left.
    private func fill(_ playground: Playground, leaving rest: Int) throws {
        var status = statvfs()
        try #require(statvfs(playground.folder, &status) == 0)
        let left = Int(status.f_bavail) * Int(status.f_frsize)
        try playground.write([UInt8](repeating: 0, count: max(0, left - rest)), to: "filler")
    }

    @Test(.enabled(if: canMount, "needs the right to mount")) func fullDiskDuringARebuild() async throws {
        try await onSmallDisk(64) { playground in
            try await playground.buildRight()
            try playground.changeWeight(bit: 19)
            for rest in [0, 20_000, 100_000, 400_000] {
                try fill(playground, leaving: rest)
                let outcome = try await playground.build()
                if outcome.status != 0 {
                    #expect(outcome.ended.signal == nil)
                    #expect(outcome.errors.contains("No space left on device"), "\(outcome.errors)")
                }
                try playground.remove("filler")
                if outcome.status == 0 { try await playground.expectRight() }
                print("full disk | \(rest) bytes left | exit \(outcome.status)")
            }
            let outcome = try await playground.buildRight()
            FaultTests.show("disk full during rebuild", "refused, naming the cause; then " + FaultTests.runs(outcome))
        }
    }

    @Test(.enabled(if: canMount, "needs the right to mount")) func fullDiskDuringTheFirstBuild() async throws {
        try await onSmallDisk(64) { playground in
            for rest in [0, 50_000, 300_000, 1_000_000, 2_000_000] {
                try fill(playground, leaving: rest)
                let outcome = try await playground.build()
                #expect(outcome.ended.signal == nil)
                if outcome.status != 0 {
                    #expect(outcome.errors.contains("No space left on device"), "\(outcome.errors)")
                }
                try playground.remove("filler")
            }
            try await playground.buildRight()
        }
    }

    @Test(.enabled(if: canMount, "needs the right to mount")) func readOnlyProject() async throws {
        try await onSmallDisk(64) { playground in
            try await playground.buildRight()
            let readOnly = UInt(MS_REMOUNT) | UInt(MS_RDONLY)
            try #require(mount("none", playground.folder, "tmpfs", readOnly, nil) == 0)
            let outcome = try await playground.build()
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("cannot be written"))
            // Looking is allowed.
            #expect(try await playground.run("csim", "-n").status == 0)
            #expect(try await playground.run("status").status == 0)
            #expect(try await playground.run("why", "csim").status == 0)
            FaultTests.show("(ours) read-only project", "refused: cannot be written; -n, status and why work")
        }
    }
}
