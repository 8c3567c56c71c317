import Glibc
import Testing
import TestSupport

/// The same inputs give the same bytes: by another user, in another folder, with another umask, locale and time zone,
/// by an executable that was copied away from its templates, and again from the archive alone.
@Suite struct ReproducibleTests {
    @Test func twoReleasesOfTheSameInputsAreEqual() async throws {
        let ground = try Playground()
        try ground.project(as: "first")
        try ground.project(as: "elsewhere/deeper/second one")
        try await ground.works(
            "umask 022; TZ=UTC LANG=C \"$hlsbuild\" -C first -q csim && \"$hlsbuild\" -C first release -o a.tar")
        try await ground.works(
            "cp \"$hlsbuild\" program && chmod 755 program && touch -d 2001-01-01 elsewhere/deeper/*/*")
        let isRoot = geteuid() == 0
        if isRoot { try await ground.works("chown -R 65534:65534 elsewhere && chmod 755 elsewhere") }
        let user = isRoot ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
        try await ground.works(
            """
            umask 077; export TZ=Asia/Kathmandu LANG=tr_TR.UTF-8 LC_ALL=de_DE.UTF-8 USER=somebody HOSTNAME=elsewhere
            cd 'elsewhere/deeper/second one'
            \(user)../../../program -q csim -j 1 && \(user)../../../program release -o ../b.tar
            """)
        try await ground.works("cmp first/a.tar elsewhere/deeper/b.tar")
    }

    @Test func aReleaseIsWhatItSaysToOthersToo() async throws {
        let ground = try Playground()
        try ground.project(as: "net")
        try await ground.works("$hlsbuild -C net -q csim && $hlsbuild -C net release")
        try await ground.works("tar xf net/minimal.tar && cd minimal && sha256sum --quiet -c SHA256SUMS")
        // Every file is listed, and only these are there.
        let listed = try await ground.works("cd minimal && cut -c67- SHA256SUMS | LC_ALL=C sort").output
        let found = try await ground.works(
            "cd minimal && find . -type f ! -name SHA256SUMS | cut -c3- | LC_ALL=C sort"
        ).output
        #expect(listed == found)
        for path in ["project/model.h5", "project/input.npy", "build/csim/outputs/xor.npy", "emulator/vectors.txt"] {
            #expect(found.contains(path + "\n"))
        }
        #expect(!found.contains("minimal_csim\n"), "programs of one kind of machine stay out")
        let traces = try await ground.sh(
            "grep -rlaF -e '\(ground.path)' -e \"$(hostname)\" -e '\(Repository.root)' minimal")
        #expect(traces.output == "", "files name this machine: \(traces.output)")
        let statement = try ground.text("minimal/provenance.json")
        #expect(statement.contains("\"_type\" : \"https://in-toto.io/Statement/v1\""))
        #expect(statement.contains("\"predicateType\" : \"https://slsa.dev/provenance/v1\""))
        let manifest = try ground.text("minimal/manifest.json")
        #expect(manifest.contains("\"name\" : \"synth\",\n      \"present\" : false,\n      \"why\""))
    }

    @Test func theArchiveAloneIsEnough() async throws {
        let ground = try Playground()
        try ground.project(as: "net")
        try await ground.works("mkdir data && mv net/input.npy data/in.npy && cp net/expected.npy data/")
        let project = try ground.text("net/hlsbuild.yml")
        // One file beside the project's folder, one by its absolute path, one setting of the command line.
        try ground.write(
            "net/hlsbuild.yml",
            project.replacing("input: input.npy", with: "input: ../data/in.npy")
                .replacing("expected: expected.npy", with: "expected: \(ground.path)/data/expected.npy"))
        let setting = "--set layers.xor.precision.result='ufixed<14,1,RND,SAT>'"
        try await ground.works("$hlsbuild -C net -q csim \(setting) && $hlsbuild -C net release \(setting) -o ../r.tar")
        try await ground.works("rm -rf net data && mkdir empty && cd empty && $hlsbuild verify ../r.tar --rebuild")
        let traces = try await ground.sh("grep -caF '\(ground.path)' r.tar")
        #expect(traces.output == "0\n")
        #expect(try await ground.works("find empty").output == "empty\n", "nothing is left behind")
    }

    @Test func whatIsNotBuiltIsNamedWithItsReason() async throws {
        let ground = try Playground()
        try ground.project(as: "net")
        let nothing = try await ground.sh("$hlsbuild -C net release")
        #expect(nothing.status == 1)
        #expect(nothing.errors.contains("nothing is built"))
        #expect(nothing.errors.contains("hlsbuild csim"))
        #expect(!ground.exists("net/minimal.tar"))
        try await ground.works("$hlsbuild -C net -q csim")
        // An edit makes all that follows from it stale: it is left out and nothing is built behind the user's back.
        try await ground.works(
            "sed -i 's/10,4/12,4/' net/hlsbuild.yml && $hlsbuild -C net release -o ../r.tar && tar xf r.tar")
        #expect(ground.exists("minimal/build/parse/model.json"))
        #expect(!ground.exists("minimal/build/csim") && !ground.exists("minimal/build/optimize"))
        #expect(try ground.text("minimal/manifest.json").contains("stale"))
        try await ground.works("$hlsbuild verify r.tar --rebuild")
    }
}
