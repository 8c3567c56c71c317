import Basics
import Glibc
import TestSupport

/// A compiler of our own making: a shell script around g++ that misbehaves as a file beside the project tells it.
struct FakeCompiler {
    enum Mode: String {
        case good
        /// Exits 0 for fc1 and writes nothing.
        case nothing
        /// Writes half an object of fc1 and fails.
        case partial
        /// Writes half an object of fc1 and then hangs.
        case hang
        /// Writes half an object of fc1 and then makes and removes files in its folder for ever.
        case litter
        /// Hangs where the program is linked.
        case hangInLink = "hang-link"
        /// Takes its time over fc1, until `mode` is another.
        case pause
        /// Writes an empty object of fc1.
        case empty
        /// Exits 0 for fc1 and cuts off the end of its object.
        case cut
        /// Writes half an object of fc1 and is killed.
        case kill
    }

    private let side: String

    /// Writes the script into the project, as `cxx`, and names it in the project file.
    init(in playground: Playground, inProject: Bool = true) throws {
        side = playground.base + "/side"
        try Files.makeDirectories(side)
        try playground.write(Self.script(side: side, compiler: CompilerCache.program), to: "cxx")
        chmod(playground.path("cxx"), 0o755)
        let name = inProject ? "./cxx" : playground.path("cxx")
        try playground.append("tools: {cxx: \(name)}\n", to: "hlsbuild.yml")
        try set(.good)
    }

    func set(_ mode: Mode) throws { try Files.write(Array(mode.rawValue.utf8), to: side + "/mode") }

    /// Whether it has come to the place where it hangs.
    var isHanging: Bool { Files.linkStatus(side + "/half") != nil }

    /// Waits until it hangs.
    func waitUntilHanging(_ program: RunningProgram) async throws {
        while !isHanging {
            guard program.isRunning else {
                throw TestFailure("hlsbuild ended before its compiler hung: \(program.output)")
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        unlink(side + "/half")
    }

    /// The process that hangs: the script's own.
    func hangingProcess() throws -> pid_t? {
        let text = try Files.text(side + "/pid")
        return pid_t(text.split(separator: "\n").first.map(String.init) ?? "")
    }

    private static func script(side: String, compiler: String) -> String {
        """
        #!/bin/sh
        # g++ as this test wants it
        case "$1" in --version|-print-prog-name=*) exec g++ "$@" ;; esac
        out=; previous=
        for word; do [ "$previous" = -o ] && out=$word; previous=$word; done
        hang() { printf half > "$out"; echo $$ > \(side)/pid; : > \(side)/half; exec sleep 300; }
        case "$(cat \(side)/mode):$out" in
            nothing:*fc1.o) exit 0 ;;
            empty:*fc1.o) : > "$out"; exit 0 ;;
            partial:*fc1.o) printf half > "$out"; echo "fc1.cpp:1: error: out of patience"; exit 1 ;;
            cut:*fc1.o) '\(compiler)' "$@" && truncate -s -1000 "$out"; exit $? ;;
            kill:*fc1.o) printf half > "$out"; kill -9 $$ ;;
            hang:*fc1.o) hang ;;
            hang-link:*_csim) hang ;;
            litter:*fc1.o) printf half > "$out"; echo $$ > \(side)/pid; : > \(side)/half
                i=0; while [ $i -lt 3000000 ]; do i=$((i + 1)); : > "litter$i"; : > "$TMPDIR/litter"; done ;;
            pause:*fc1.o) : > \(side)/half; while [ "$(cat \(side)/mode)" = pause ]; do sleep 0.05; done ;;
        esac
        exec '\(compiler)' "$@"

        """
    }
}

extension FakeCompiler {
    /// Ends the compiler that outlived its build.
    func endHanging() throws {
        if let process = try hangingProcess() { kill(process, SIGKILL) }
    }
}
