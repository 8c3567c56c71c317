internal import Release

/// The first thing that a person reads in a release.
enum ReleaseReadme {
    /// Its name in the release.
    static let path = "README.md"

    static func text(_ manifest: Manifest) -> String {
        let project = manifest.project
        var text = """
            # \(project)

            A release made by hlsbuild \(manifest.hlsbuild): everything that was built, and all that it was built from.

            | Where | What |
            |---|---|
            | `project/` | the project file, the trained model, the data of the C simulation |
            | `templates/` | the C++ headers, kernels and scripts that the sources are written from |
            | `build/STAGE/` | what each stage made |
            | `emulator/` | the firmware as a C library for software, with test vectors |
            | `manifest.json` | stages, what is missing and why, tools and their digests |
            | `provenance.json` | the same for supply-chain tools: in-toto Statement v1, SLSA provenance v1 |
            | `SHA256SUMS` | the digest of every other file |

            Stages:


            """
        for stage in manifest.stages {
            text += "- \(stage.name): " + (stage.present ? "present" : "missing (\(stage.why ?? ""))") + "\n"
        }
        text += """

            Check the files, or build everything again from this archive and compare:

                sha256sum -c SHA256SUMS
                hlsbuild verify \(project).tar --rebuild

            """
        if manifest.leftOut.contains(where: { $0.path == "emulator" })
            || !manifest.stages.contains(where: {
                $0.name == "write" && $0.present
            })
        {
            return text
        }
        return text + """

            Use the emulator from any language that can call C; `emulator/\(project)_emulator.h` says how:

                cd emulator
                c++ -O2 -c \(project)_emulator.cpp && cc -c \(project)_emulator_test.c
                c++ \(project)_emulator.o \(project)_emulator_test.o -o test && ./test vectors.txt

            """
    }
}
