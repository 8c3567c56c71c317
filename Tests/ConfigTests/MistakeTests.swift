import Basics
import Config
import Testing

/// What is said about each kind of mistake, word for word: messages are part of what users rely on.
@Suite struct MistakeTests {
    @Test func allErrorsAtOnceInOrder() {
        let text = """
            project: while
            model: [a]
            backend: vitus
            clock: 5
            io: serial
            reuse: four
            layers: {fc1: {precision: {weight: fixed<8,2>}, reuze: 4}, FC1: {reuse: 1}}
            expect: {dsp: many, latency: '<= 3', lut: <= 5 kg, pdsp: 3}
            """
        #expect(
            said(about: text) == """
                p.yml:1:1: error: the key 'part' is missing
                help: part: Device, package and speed grade as the vendor's tools spell them: 'xcu250-figd2104-2L-e'.
                p.yml:1:10: error: 'while' cannot be the project's name: it is a keyword of C++ or Verilog
                help: it begins every symbol and file that is made; write, for example, 'while_net'
                p.yml:2:8: error: expected the path of a model, found a list
                help: write 'model: file', or {architecture: file, weights: file}
                p.yml:3:10: error: 'vitus' is not a back end
                help: did you mean 'vitis'? legal are open, vitis, vivado
                p.yml:4:8: error: 5 has no unit
                help: write '5 ns' or '5 MHz'
                p.yml:5:5: error: 'serial' is not a kind of input and output
                help: write one of parallel, stream
                p.yml:6:8: error: expected a whole number, found the text 'four'
                help: write one of at least 1
                p.yml:7:36: error: within braces a comma ends the value: 'fixed<8'
                help: quote it: "fixed<8,2>"
                p.yml:7:49: error: a layer has no key 'reuze'
                help: did you mean 'reuse'?
                p.yml:8:15: error: expected a comparison and a number, found the text 'many'
                help: write, for example, '<= 100'
                p.yml:8:30: error: 'latency' needs a unit
                help: behind the number stands 'cycles', 'ns', 'us', 'ms'
                p.yml:8:43: error: 'kg' is no unit of 'lut'
                help: behind the number stands nothing, '%'
                p.yml:8:52: error: expect has no key 'pdsp'
                help: did you mean 'dsp'?

                """)
    }

    @Test(arguments: [
        (
            "precision: fixed<16,6",
            "p.yml:4:12: error: 'fixed<16,6' is not a type\n"
                + "help: write fixed<W,I>, ufixed<W,I>, fixed<W,I,Q,O> or int<W>; the ap_ in front is optional\n"
        ),
        (
            "precision: fixed<16,6,ROUND>",
            "p.yml:4:12: error: 'fixed<16,6,ROUND>': 'ROUND' is not a rounding mode\n"
                + "help: a rounding mode is one of TRN, TRN_ZERO, RND, RND_ZERO, RND_MIN_INF, RND_INF, RND_CONV\n"
        ),
        (
            "precision: {wieght: 'fixed<8,2>'}",
            "p.yml:4:13: error: a precision has no key 'wieght'\nhelp: did you mean 'weight'?\n"
        ),
        ("reuse: 0", "p.yml:4:8: error: 0 is not possible here\nhelp: write a whole number of at least 1\n"),
        ("reuse: '4'", "p.yml:4:8: error: expected a whole number, found the text '4'\nhelp: write 4 without quotes\n"),
        (
            "reuse: 1.5",
            "p.yml:4:8: error: expected a whole number, found the number 1.5\nhelp: write one of at least 1\n"
        ),
        ("reuse: [1]", "p.yml:4:8: error: expected a whole number, found a list\nhelp: write one of at least 1\n"),
        ("reuse:", "p.yml:4:1: error: 'reuse' has no value\nhelp: write a value, or leave the key out\n"),
        (
            "skip: perhaps",
            "p.yml:4:7: error: expected true or false, found the text 'perhaps'\n"
                + "help: write true or false, without quotes\n"
        ),
        (
            "strategy: latncy",
            "p.yml:4:11: error: 'latncy' is not a strategy\n"
                + "help: did you mean 'latency'? legal are latency, resource, unrolled, distributed_arithmetic\n"
        ),
        (
            "clock: {period: 5 ns, uncertainty: 12.5}",
            "p.yml:4:36: error: expected a percentage of the period, found the number 12.5\n"
                + "help: write, for example, '12.5%'\n"
        ),
        (
            "clock: {uncertainty: 10%}",
            "p.yml:4:8: error: the key 'period' is missing\nhelp: period: Period ('5 ns') or frequency ('200 MHz').\n"
        ),
        (
            "clock: 3 lightyears",
            "p.yml:4:8: error: expected a period or a frequency, found the text '3 lightyears'\n"
                + "help: write, for example, '5 ns' or '200 MHz'\n"
        ),
        (
            "clock: 0 ns",
            "p.yml:4:8: error: expected a period or a frequency, found the text '0 ns'\n"
                + "help: write, for example, '5 ns' or '200 MHz'\n"
        ),
        (
            "clock: 500 GHz",
            "p.yml:4:8: error: a clock period of 0.002 ns is not possible\n"
                + "help: a period lies between 0.1 ns and 1000000 ns\n"
        ),
        (
            "layers: [fc1]",
            "p.yml:4:9: error: expected a mapping from the name of a layer to its settings, found a list\n"
                + "help: write 'name: {key: value}'\n"
        ),
        (
            "layers: {fc1: 4}",
            "p.yml:4:15: error: expected a layer as a mapping of keys to values, found the number 4\n"
                + "help: its keys are precision, reuse, strategy, adder_slack, implementation, table_size, exp_table_size, "
                + "inv_table_size, skip, recurrent_reuse, depthwise_reuse, pointwise_reuse, parallelization, fifo_depth\n"
        ),
        (
            "data: {input: x.npy, expected: y.npy, tolerance: exat}",
            "p.yml:4:50: error: expected 'exact' or a number, found the text 'exat'\nhelp: did you mean 'exact'?\n"
        ),
        (
            "data: {input: x.npy, tolerance: 0.5}",
            "p.yml:4:33: error: a tolerance without expected outputs is not used\n"
                + "help: name the outputs: 'expected: y.npy'\n"
        ),
        (
            "data: {expected: y.npy}",
            "p.yml:4:18: error: expected outputs without an input are not used\nhelp: name the input: 'input: x.npy'\n"
        ),
        ("data: {input: []}", "p.yml:4:15: error: an empty list of paths\nhelp: leave the key out\n"),
        (
            "tools: {veriltor: x}",
            "p.yml:4:9: error: tools has no key 'veriltor'\nhelp: did you mean 'verilator'?\n"
        ),
        (
            "compat: !custom native",
            "p.yml:4:9: error: the tag '!custom' has no meaning here\n"
                + "help: remove it; it stands for an object of another program\n"
        ),
    ])
    func oneMistake(line: String, expected: String) {
        #expect(said(about: minimal(line)) == expected)
    }

    @Test(arguments: [
        ("9lives", "it must begin with a letter", "net_9lives"),
        ("jet-tagger", "'-' is not allowed in it", "jet_tagger"),
        ("jet tagger", "a space is not allowed in it", "jet_tagger"),
        ("module", "it is a keyword of C++ or Verilog", "module_net"),
        ("a__b", "two underscores in a row are reserved in C++", "a_b"),
        ("_x", "it must begin with a letter", "x"),
        ("äöü", "'ä' is not allowed in it", "my_project"),
    ])
    func names(name: String, problem: String, proposal: String) {
        #expect(
            said(about: "project: \(name)\nmodel: m\npart: xc7z020clg400-1\n") == """
                p.yml:1:10: error: '\(name)' cannot be the project's name: \(problem)
                help: it begins every symbol and file that is made; write, for example, '\(proposal)'

                """)
    }

    @Test(arguments: [
        ("pynq-z2", "it is a board", "the part on that board is xc7z020clg400-1"),
        (
            "xcvu13p", "the package or the speed grade is missing",
            "write device-package-speed as the vendor's tools do, for example xcu250-figd2104-2L-e"
        ),
        (
            "xc7z020clg400", "the speed grade is missing",
            "write device-package-speed as the vendor's tools do, for example xcu250-figd2104-2L-e"
        ),
        (
            "xcu250 figd2104", "a part is made of letters, digits and '-'",
            "write device-package-speed as the vendor's tools do, for example xcu250-figd2104-2L-e"
        ),
    ])
    func parts(part: String, problem: String, help: String) {
        #expect(
            said(about: "project: p\nmodel: m\npart: \(part)\n")
                == "p.yml:3:7: error: '\(part)' is not a part: \(problem)\nhelp: \(help)\n")
    }

    @Test func aPartOfAnotherVendor() throws {
        #expect(try project("project: p\nmodel: m\npart: LFE5U-25F-6BG256C\n").part == "LFE5U-25F-6BG256C")
        #expect(
            said(about: "project: p\nmodel: m\npart: LFE5U-25F-6BG256C\nbackend: vitis\n") == """
                p.yml:3:7: error: 'LFE5U-25F-6BG256C' is no part that vitis knows
                help: an AMD part begins with xc: write, for example, xcu250-figd2104-2L-e, or 'backend: open'

                """)
    }

    @Test func aFileOfAnotherKind() {
        let expected = """
            p.yml:1:1: error: this is no project file: it has none of the keys of one
            help: a project file has at least 'project:', 'model:' and 'part:'; 'hlsbuild init' writes one

            """
        #expect(said(about: "services: {web: {image: x}}\n") == expected)
        #expect(said(about: "{}") == expected)
    }

    @Test func veryManyMistakes() {
        let lines = (1...150).map { "  l\($0): {reuse: 0}\n" }.joined()
        let text = said(about: minimal("layers:\n" + lines))
        #expect(text.hasSuffix("p.yml:105:17: error: 50 more like these\nhelp: mend the first of them\n"))
    }
}
