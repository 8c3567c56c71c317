import Basics
import Glibc
import TestSupport
import Testing

@Suite struct InputLimitTests {
    /// The README is where a user looks for them.
    @Test func theReadmeStatesAllOfThem() throws {
        let readme = try Files.text(Repository.root + "/README.md")
        for limit in InputLimit.all {
            let size = limit.bytes > 0 ? InputLimit.size(limit.bytes) : ""
            let depth = limit.depth.map { "\($0) levels" } ?? ""
            let row = "| \(limit.name) | \(size) | \(limit.elements) \(limit.elementName) | \(depth) |"
            #expect(readme.contains(row), "no row '\(row)'")
        }
    }

    /// Ten gigabytes that take no room on the disk.
    private func sparse(_ scratch: Scratch, _ size: Int) throws -> String {
        try scratch.write("large", [])
        #expect(truncate(scratch.absolute("large"), off_t(size)) == 0)
        return scratch.absolute("large")
    }

    @Test func largeFilesAreRefusedByTheirSize() throws {
        let scratch = try Scratch()
        let path = try sparse(scratch, 10_000_000_000)
        #expect {
            try Files.read(path, within: .projectFile)
        } throws: {
            "\($0)" == "cannot read '\(path)': 10000000000 bytes are more than a project file may have (8 MiB)"
        }
    }

    @Test func limitsAreInclusive() throws {
        let scratch = try Scratch()
        let path = try sparse(scratch, InputLimit.setting.bytes)
        #expect(try Files.read(path, within: .setting).count == InputLimit.setting.bytes)
        #expect(truncate(path, off_t(InputLimit.setting.bytes + 1)) == 0)
        #expect(throws: FileError.self) { try Files.read(path, within: .setting) }
    }

    @Test func whatIsNoFileIsNamed() throws {
        let scratch = try Scratch()
        #expect(mkfifo(scratch.absolute("pipe"), 0o600) == 0)
        for (path, what) in [
            (scratch.absolute("pipe"), "it is a FIFO, and only regular files are read"),
            ("/dev/zero", "it is a device, and only regular files are read"), (scratch.path, "Is a directory"),
        ] {
            #expect { try Files.read(path) } throws: { "\($0)" == "cannot read '\(path)': \(what)" }
        }
    }

    @Test func memoryIsAskedForBeforeItIsTaken() throws {
        #expect(AddressSpace.hasRoom(for: 1 << 24))
        #expect(!AddressSpace.hasRoom(for: 1 << 60))
        #expect(!AddressSpace.hasRoom(for: .max))
    }

    @Test func valuesOfJSONAreCounted() throws {
        let limit = InputLimit.settings
        func read(_ count: Int) throws -> Int? {
            let text = "[" + String(repeating: "0,", count: count - 1) + "0]"
            return try JSONValue(parsing: Array(text.utf8), name: "m.json", within: limit).arrayValue?.count
        }
        // The list is a value, too.
        #expect(try read(limit.elements - 1) == limit.elements - 1)
        #expect {
            try read(limit.elements)
        } throws: {
            "\($0)".contains("more than \(limit.elements) values")
        }
    }

    @Test func messagesShowAsMuchAsIsNeeded() {
        let long = String(repeating: "x", count: 1_000_000)
        #expect(JSONValue.string(long).summary.utf8.count < 500)
        #expect(JSONValue.array([.string(long), .array([.string(long)])]).summary.utf8.count < 500)
    }
}
