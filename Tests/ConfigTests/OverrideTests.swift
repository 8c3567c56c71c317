import Basics
import Config
import FixedPoint
import Options
import Testing

@Suite struct OverrideTests {
    @Test func settingsStandForLinesOfTheFile() throws {
        let project = try project(
            goodProject,
            set: [
                "layers.fc1.reuse=8", "layers.FC1.reuse=9", "layers.new.precision.accum=fixed<20,8>",
                "precision.weight=auto",
                "clock.period=4 ns",
                "part=xc7z020clg400-1", "layers.\"a.b\".reuse=16", "reuse=5", "reuse=6", "data.tolerance=exact",
            ])
        #expect(project.options.value(\.reuse, layer: "fc1", type: "") == 8)
        // Names of layers are what they are.
        #expect(project.options.value(\.reuse, layer: "FC1", type: "") == 9)
        #expect(project.options.precision(.weight, layer: "fc1", type: "") == .type(.fixed(8, 2)))
        #expect(project.options.precision(.accum, layer: "new", type: "") == .type(.fixed(20, 8)))
        #expect(project.options.value(\.reuse, layer: "a.b", type: "") == 16)
        #expect(project.options.project.reuse == 6)
        #expect(project.options.project.precision == [.weight: .auto])
        #expect(project.clock.period == Ratio(4))
        #expect(project.clock.uncertainty == Ratio(25, 2))
        #expect(project.part == "xc7z020clg400-1")
        #expect(project.data.tolerance == .exact)
        #expect(project.locate(["reuse"]).description == "--set reuse=6:1:7")
    }

    /// A shell has taken the quotes: `>` begins a limit here and no text of several lines.
    @Test(arguments: [
        "expect.argmax_agreement=>= 75%", "expect.argmax_agreement='>= 75%'", "expect.argmax_agreement= >=75%",
    ])
    func limitsNeedNoQuotesOfTheirOwn(setting: String) throws {
        let project = try project(goodProject, set: [setting])
        let limit = try #require(project.expectations.first { $0.metric == .argmaxAgreement })
        #expect(limit.comparison == .atLeast && limit.value == Ratio(75))
        #expect(project.locate(["expect", "argmax_agreement"]).file == "--set " + setting)
    }

    @Test func theShortFormsCanBeWidened() throws {
        let project = try project(
            minimal("precision: fixed<16,6>\nclock: 5 ns"),
            set: ["precision.weight=fixed<8,2>", "clock.uncertainty=10%"])
        #expect(project.options.project.defaultPrecision == .type(.fixed(16, 6)))
        #expect(project.options.project.precision == [.weight: .type(.fixed(8, 2))])
        #expect(project.clock.period == Ratio(5))
        #expect(project.clock.uncertainty == Ratio(10))
    }

    @Test func mistakesAreAsPreciseAsInTheFile() {
        let text = said(
            about: minimal("reuse: zero"),
            set: [
                "layers.fc1.reuse=four", "reuze=3", "backend.x=1", "reuse", "a..b=1", "io=[", "strategy= ",
                "part=pynq-z2",
            ])
        #expect(
            text == """
                p.yml:4:8: error: expected a whole number, found the text 'zero'
                help: write one of at least 1
                --set reuse:1:1: error: this is no setting
                help: write KEY=VALUE, for example layers.fc1.reuse=4; quote a name that holds a dot: layers."a.b".reuse=4
                --set a..b=1:1:1: error: a key is empty
                help: write KEY=VALUE, for example layers.fc1.reuse=4; quote a name that holds a dot: layers."a.b".reuse=4
                --set reuze=3:1:1: error: the project file has no key 'reuze'
                help: did you mean 'reuse'?
                --set backend.x=1:1:1: error: expected a back end, found a mapping
                help: write one of open, vitis, vivado
                --set io=[:1:4: error: the value is no YAML: a value is missing here
                help: write the value as in the project file
                --set part=pynq-z2:1:6: error: 'pynq-z2' is not a part: it is a board
                help: the part on that board is xc7z020clg400-1
                --set strategy= :1:10: error: the value is missing
                help: write one behind the '='
                --set layers.fc1.reuse=four:1:18: error: expected a whole number, found the text 'four'
                help: write one of at least 1

                """)
        #expect(
            said(about: minimal("backend: open"), set: ["backend.x=1"]) == """
                --set backend.x=1:1:9: error: there is no 'x' to set: the file has the text 'open' here
                help: set the whole value
                p.yml:4:10: note: it is written here

                """)
    }

    @Test func nativeKeysReachAnHLS4MLFile() throws {
        let text = """
            KerasH5: m.h5
            Backend: Vitis
            HLSConfig:
              Model: {Precision: 'ap_fixed<16,6>'}
              LayerName:
                sm: {ReuseFactor: 1}
            """
        let project = try project(
            text,
            set: [
                "layers.sm.precision.exp_table=fixed<17,3>", "layers.sm.reuse=2", "layers.fc.precision.weight=auto",
                "reuse=4",
                "precision.accum=fixed<24,9>", "io=stream", "clock=200 MHz", "clock.uncertainty=10%",
                "data.input=x.npy",
                "types.Dense.strategy=resource", "project=other", "backend=vivado", "part=xc7z020clg400-1",
            ])
        #expect(project.format == .hls4ml)
        #expect(project.options.layers["sm"]?.precision == [.expTable: .type(.fixed(17, 3))])
        #expect(project.options.layers["sm"]?.reuse == 2)
        #expect(project.options.layers["fc"]?.precision == [.weight: .auto])
        #expect(project.options.types["Dense"]?.strategy == .resource)
        #expect(project.options.project.precision == [.accum: .type(.fixed(24, 9))])
        #expect(project.options.project.defaultPrecision == .type(.fixed(16, 6)))
        #expect(project.options.project.reuse == 4)
        #expect(project.io == .stream && project.backend == .vivado && project.name == "other")
        #expect(project.clock.period == Ratio(5) && project.clock.uncertainty == Ratio(10))
        #expect(project.data.inputs == ["x.npy"])
        #expect(project.part == "xc7z020clg400-1")
    }
}
