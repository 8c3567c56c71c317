import Basics
import Config

/// A project file with every section, as the documentation shows it.
let goodProject = """
    project: jet_tagger
    model: model.h5
    backend: open
    part: xcu250-figd2104-2L-e
    clock: {period: 5 ns, uncertainty: 12.5%}
    io: parallel
    precision: {default: "fixed<16,6>", maximum: "fixed<20,9>"}
    reuse: 2
    strategy: resource
    types:
      Dense: {reuse: 3}
    layers:
      fc1: {precision: {weight: "fixed<8,2>", bias: auto}, reuse: 4}
      softmax:
        implementation: latency
        table_size: 2048
        precision: {exp_table: "ufixed<17,0,RND,SAT>"}
    data: {input: [x.npy, y.npy], expected: z.npy, tolerance: 1e-3}
    expect: {latency: "<= 20 cycles", dsp: "<= 100", argmax_agreement: ">= 99.5%", clock: "< 4.5 ns", mismatches: 0}
    tools: {cxx: clang++}

    """

func project(_ text: String, set overrides: [String] = []) throws(DiagnosticError) -> Project {
    try ProjectFile.parse(Array(text.utf8), file: "p.yml", overrides: overrides)
}

/// Everything that is said about a text, rendered; empty where there is nothing to say.
func said(about text: String, set overrides: [String] = []) -> String {
    do throws(DiagnosticError) {
        return try project(text, set: overrides).warnings.map(\.rendered).joined()
    } catch {
        return error.description
    }
}

func said(about bytes: [UInt8]) -> String {
    do throws(DiagnosticError) {
        return try ProjectFile.parse(bytes, file: "p.yml").warnings.map(\.rendered).joined()
    } catch {
        return error.description
    }
}

/// A minimal file with `lines` added.
func minimal(_ lines: String) -> String { "project: p\nmodel: m.h5\npart: xc7z020clg400-1\n\(lines)\n" }
