import Basics
import Glibc
import Testing
import TestSupport

@testable import Stages

/// Files that a user names to be written: what is replaced, what is followed, what is refused.
@Suite struct OutputPlaceTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func place(_ name: String, _ kept: KeptFiles = KeptFiles()) throws -> OutputPlace {
        try OutputPlace(scratch.absolute(name), sparing: kept)
    }

    /// Why a place is refused; nil if it is not.
    private func refusal(_ name: String, _ kept: KeptFiles = KeptFiles()) -> String? {
        do {
            _ = try place(name, kept)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func newFilesAndRegularOnesAreWritten() throws {
        try place("new").write([1])
        #expect(try scratch.bytes("new") == [1])
        // Who has the old file open, or another name for it, keeps the old bytes.
        #expect(link(scratch.absolute("new"), scratch.absolute("other")) == 0)
        try place("new").write([2])
        #expect(try scratch.bytes("new") == [2] && scratch.bytes("other") == [1])
        #expect(try Files.list(scratch.path) == ["new", "other"])
    }

    @Test func linksAreFollowedAndStay() throws {
        try scratch.write("inner/file", "old")
        try scratch.makeDirectories("links")
        try FileLink.make(scratch.absolute("links/absolute"), to: scratch.absolute("inner/file"))
        try FileLink.make(scratch.absolute("links/relative"), to: "../inner/file")
        try FileLink.make(scratch.absolute("links/chain"), to: "relative")
        try FileLink.make(scratch.absolute("links/dangling"), to: "../inner/new")
        try FileLink.make(scratch.absolute("folder"), to: "links")
        for (name, file) in [
            ("links/absolute", "inner/file"), ("links/relative", "inner/file"), ("links/chain", "inner/file"),
            ("folder/chain", "inner/file"), ("links/dangling", "inner/new"),
        ] {
            let bytes = Array(name.utf8)
            let place = try place(name)
            #expect(place.path == FileLink.resolved(scratch.absolute("inner"))! + "/" + file.dropFirst(6))
            try place.write(bytes)
            #expect(try scratch.bytes(file) == bytes, "\(name)")
            #expect(Files.linkStatus(scratch.absolute(name))?.kind == .link, "\(name)")
        }
        try FileLink.make(scratch.absolute("circle"), to: "circle")
        try FileLink.make(scratch.absolute("device"), to: "/dev/null")
        try FileLink.make(scratch.absolute("nowhere"), to: "no/such")
        for name in ["circle", "device", "nowhere"] { #expect(refusal(name) != nil, "\(name)") }
    }

    @Test func whatIsNoRegularFileIsRefused() throws {
        #expect(mkfifo(scratch.absolute("pipe"), 0o600) == 0)
        try scratch.makeDirectories("folder")
        for name in ["/dev/null", "/dev/full", "pipe"] {
            #expect(refusal(name)?.contains("it is no regular file but a device, a pipe or a socket") == true)
        }
        for name in ["folder", "folder/", "folder/.", ".", "..", "/"] {
            #expect(refusal(name)?.contains("it is a folder") == true, "\(name)")
        }
        #expect(refusal("absent/file")?.contains("there is no folder '\(scratch.path)/absent'") == true)
        #expect(refusal("absent/")?.contains("it names a folder") == true)
        #expect(Files.linkStatus(scratch.absolute("pipe"))?.kind == .other)
    }

    @Test func whatIsKeptIsRefusedByAnyName() throws {
        try scratch.write("project/model", "model")
        try scratch.write("project/build/write/file", "made")
        #expect(link(scratch.absolute("project/model"), scratch.absolute("second")) == 0)
        try FileLink.make(scratch.absolute("third"), to: "project/model")
        try FileLink.make(scratch.absolute("made"), to: "project/build/write")
        var kept = KeptFiles()
        kept.add(file: scratch.absolute("project/model"), as: "the trained model")
        kept.add(file: scratch.absolute("project/absent"), as: "data")
        kept.add(folder: scratch.absolute("project/build"), as: "what is built")
        for name in ["project/model", "project/../project/./model", "second", "third"] {
            #expect(refusal(name, kept)?.contains("it is the trained model") == true, "\(name)")
        }
        for name in ["project/build/new", "project/build/write/file", "made/new", "project/build/write/../x"] {
            #expect(refusal(name, kept)?.contains("in a folder of what is built") == true, "\(name)")
        }
        for name in ["project/absent", "project/buildx", "build"] { #expect(refusal(name, kept) == nil, "\(name)") }
        for folder in ["project/build", "project/build/write/new/folder", "made/new"] {
            #expect(throws: DiagnosticError.self, "\(folder)") {
                try OutputPlace.check(folder: scratch.absolute(folder), sparing: kept)
            }
        }
        try OutputPlace.check(folder: scratch.absolute("project/new/folder"), sparing: kept)
        #expect(throws: DiagnosticError.self) {
            try OutputPlace.check(folder: scratch.absolute("project/model"), sparing: kept)
        }
    }

    /// What was all right when a command began need not be when it ends.
    @Test func theCheckIsMadeAgain() throws {
        let place = try place("out")
        #expect(mkfifo(scratch.absolute("out"), 0o600) == 0)
        #expect(throws: DiagnosticError.self) { try place.write([1]) }
        #expect(Files.linkStatus(scratch.absolute("out"))?.kind == .other)
    }

    @Test func twoNamesOfOneFileAreNoTwoPlaces() throws {
        try FileLink.make(scratch.absolute("link"), to: "y")
        try scratch.makeDirectories("folder")
        for second in ["y", "./y", "link", "folder/../y"] {
            #expect(throws: DiagnosticError.self, "\(second)") {
                try OutputPlace.all(["y", second].map(scratch.absolute), sparing: KeptFiles())
            }
        }
        #expect(try OutputPlace.all(["y", "folder/y"].map(scratch.absolute), sparing: KeptFiles()).count == 2)
    }

    @Test func whatAKilledCommandLeftIsRemoved() throws {
        for name in ["y.part999999999", "y.part\(getpid())", "y.parts", "y.part", "y.part-1"] {
            try scratch.write(name, "half")
        }
        try place("y").write([1])
        #expect(try Files.list(scratch.path) == ["y", "y.part", "y.part-1", "y.parts"])
    }
}
