import Basics
import Config
import FixedPoint
import Options
import Testing

@Suite struct ProjectTests {
    @Test func everySectionIsTyped() throws {
        let project = try project(goodProject)
        #expect(project.warnings.isEmpty)
        #expect(project.format == .hlsbuild)
        #expect(project.name == "jet_tagger")
        #expect(project.model == .file("model.h5"))
        #expect(project.backend == .open)
        #expect(project.part == "xcu250-figd2104-2L-e")
        #expect(project.clock.period == Ratio(5))
        #expect(project.clock.uncertainty == Ratio(25, 2))
        #expect(project.io == .parallel)
        #expect(project.data.inputs == ["x.npy", "y.npy"])
        #expect(project.data.expected == ["z.npy"])
        #expect(project.data.tolerance == Ratio(1, 1000).map { .absolute($0) })
        #expect(project.tools == [.cxx: "clang++"])
        let metrics = project.expectations.map {
            "\($0.metric.rawValue) \($0.comparison.rawValue) \($0.value) \($0.unit)"
        }
        #expect(
            metrics == [
                "dsp <= 100 none", "latency <= 20 cycles", "clock < 4.5 ns", "argmax_agreement >= 99.5 percent",
                "mismatches == 0 none",
            ])
    }

    @Test func layersHaveOptions() throws {
        let options = try project(goodProject).options
        #expect(options.compat == .native)
        #expect(options.maximumPrecision == .fixed(20, 9))
        #expect(options.precision(.weight, layer: "fc1", type: "Dense") == .type(.fixed(8, 2)))
        #expect(options.precision(.bias, layer: "fc1", type: "Dense") == .auto)
        #expect(options.precision(.accum, layer: "fc1", type: "Dense") == .type(.fixed(16, 6)))
        #expect(options.precision(.expTable, layer: "softmax", type: "Softmax") == .type(.ufixed(17, 0, .rnd, .sat)))
        // A table's type does not follow a default that is meant for values.
        #expect(options.precision(.invTable, layer: "softmax", type: "Softmax") == nil)
        #expect(options.value(\.reuse, layer: "fc1", type: "Dense") == 4)
        #expect(options.value(\.reuse, layer: "fc2", type: "dense") == 3)
        #expect(options.value(\.reuse, layer: "relu", type: "activation") == 2)
        #expect(options.value(\.implementation, layer: "softmax", type: "softmax") == .latency)
        #expect(options.value(\.tableSize, layer: "softmax", type: "softmax") == 2048)
        #expect(options.value(\.strategy, layer: "softmax", type: "softmax") == .resource)
    }

    @Test func onlyThreeKeysAreRequired() throws {
        let project = try project(minimal(""))
        #expect(project.backend == .open)
        #expect(project.clock.period == Ratio(5))
        #expect(project.clock.uncertainty == nil)
        #expect(project.io == .parallel)
        #expect(project.options == OptionTable())
        #expect(project.data == DataFiles())
        #expect(project.expectations.isEmpty)
    }

    @Test func layoutMeansNothing() throws {
        let other = """
            # a comment
            part:   "xc7z020clg400-1"
            layers:
                b: {reuse: 2}
                a:
                    precision: fixed<8,3>   # another
            model: 'm.h5'
            project: p
            """
        let one = try project(minimal("layers: {a: {precision: 'ap_fixed< 8, 3 >'}, b: {reuse: 2}}"))
        let two = try project(other)
        #expect(one.options == two.options)
        #expect(one.model == two.model && one.part == two.part && one.name == two.name)
    }

    @Test(arguments: [
        ("5 ns", "5"), ("5ns", "5"), ("200 MHz", "5"), ("300MHz", "10/3"), ("3.3 ns", "3.3"), ("2500 ps", "2.5"),
        ("0.25 GHz", "4"), ("5e-1 ns", "0.5"), ("1 us", "1000"),
    ])
    func clocksAreExact(text: String, period: String) throws {
        #expect(try project(minimal("clock: \(text)")).clock.period.description == period)
    }

    @Test func everyValueKnowsItsPlace() throws {
        let project = try project(goodProject)
        func place(_ keys: String...) -> String { project.locate(keys).description }
        #expect(place("clock", "uncertainty") == "p.yml:5:36")
        #expect(place("layers", "fc1", "reuse") == "p.yml:13:63")
        #expect(place("layers", "FC1", "precision", "weight") == "p.yml:13:29")
        #expect(place("layers", "softmax") == "p.yml:14:3")
        #expect(place("layers", "softmax", "precision", "inv_table") == "p.yml:17:5")
        #expect(place("layers", "fc9", "reuse") == "p.yml:12:1")
        #expect(place("nothing") == "p.yml:1:1")
        let late = project.located(.error("too slow", subject: ["expect", "latency"]))
        #expect(late.rendered == "p.yml:19:19: error: too slow\n")
    }

    @Test func pathsAreRelativeToTheFile() throws {
        func path(_ file: String, _ written: String) throws -> String {
            try ProjectFile.parse(Array(minimal("").utf8), file: file).path(written)
        }
        #expect(try path("hlsbuild.yml", "m.h5") == "m.h5")
        #expect(try path("a/b/hlsbuild.yml", "m.h5") == "a/b/m.h5")
        #expect(try path("/hlsbuild.yml", "m.h5") == "/m.h5")
        #expect(try path("a/hlsbuild.yml", "/m.h5") == "/m.h5")
    }

    @Test func keysCanBeTakenFromAnotherMapping() throws {
        let project = try project(
            minimal("layers:\n  a: &base {reuse: 3, table_size: 64}\n  b: {<<: *base, reuse: 5}\n  c: *base"))
        #expect(project.options.value(\.reuse, layer: "b", type: "") == 5)
        #expect(project.options.value(\.tableSize, layer: "b", type: "") == 64)
        #expect(project.options.value(\.reuse, layer: "c", type: "") == 3)
    }
}

@Suite struct VendorOptionTests {
    @Test func whatIsStated() throws {
        let text = """
            synth: {cosim: 20}
            vsynth: {effort: route}
            export: {format: ip_catalog, version: 2.0.7}
            licence: {seats: 2, wait: 30 min}
            data: {input: x.npy}
            """
        let project = try ProjectFile.parse(Array(minimal(text).utf8), file: "p.yml")
        #expect(project.vendor.cosimSamples == 20 && project.vendor.effort == .route)
        #expect(project.vendor.ip.version == "2.0.7" && project.vendor.format == .ipCatalog)
        #expect(project.vendor.seats == 2 && project.vendor.wait == 1800)
        let plain = try ProjectFile.parse(Array(minimal("").utf8), file: "p.yml")
        #expect(plain.vendor == VendorOptions() && plain.vendor.ip.version == "1.0.0")
    }

    @Test func whatTheIPIsCalled() throws {
        let text = """
            ip: {vendor: cern.ch, library: l1t, version: 1.2.3, display_name: "Jet tagger, v1", description: 16 in (5 out)}
            """
        let ip = try ProjectFile.parse(Array(minimal(text).utf8), file: "p.yml").vendor.ip
        #expect(
            ip
                == IPDescription(
                    vendor: "cern.ch", library: "l1t", version: "1.2.3", displayName: "Jet tagger, v1",
                    description: "16 in (5 out)"))
        // Other sections leave it alone.
        let more = text + "\nexport: {format: ip_catalog}\nvsynth: {effort: route}"
        #expect(try ProjectFile.parse(Array(minimal(more).utf8), file: "p.yml").vendor.ip == ip)
    }

    @Test func howItIsConnected() throws {
        func interface(_ line: String) throws -> InterfaceOptions {
            try ProjectFile.parse(Array(minimal(line).utf8), file: "p.yml").interface
        }
        #expect(try interface("") == InterfaceOptions(control: .handshake, data: nil))
        #expect(try interface("interface: {control: none, data: vld}") == .init(control: .free, data: .valid))
        #expect(try interface("interface: {control: chain, data: axis}") == .init(control: .chain, data: .axis))
        #expect(try interface("interface: {data: none}") == .init(control: .handshake, data: .bare))
    }

    @Test(arguments: [
        ("licence: {seats: 0}", "0 is not possible here"), ("licence: {wait: 30}", "expected a time"),
        ("licence: {wait: 30 days}", "expected a time"), ("vsynth: {effort: rout}", "did you mean 'route'?"),
        ("export: {version: 1.0}", "expected a version of three numbers"),
        ("export: {version: 1.0.x}", "expected a version of three numbers"),
        ("export: {format: xo}", "a kernel object needs 'backend: vitis' and 'io: stream'"),
        ("synth: {cosim: 3}", "there is nothing to simulate the RTL on"),
        ("licence: {seat: 1}", "did you mean 'seats'?"),
        ("ip: {vendor: 'cern ch'}", "expected a name of letters, digits, dots, '_' and '-'"),
        ("ip: {library: -hls}", "expected a name of letters"), ("ip: {library: ''}", "expected a name of letters"),
        ("ip: {version: 1.0}", "expected a version of three numbers"),
        ("ip: {display_name: 'a [b]'}", "expected a line of plain text"),
        ("ip: {description: \"a\\nb\"}", "expected a line of plain text"),
        ("ip: {description: caf\u{e9}}", "expected a line of plain text"),
        ("ip: {description: '   '}", "expected a line of plain text"),
        ("ip: {vendr: cern.ch}", "did you mean 'vendor'?"),
        ("ip: {version: 1.0.0}\nexport: {version: 1.0.0}", "the version of the IP is stated twice"),
        ("interface: {control: hs2}", "did you mean 'hs'?"), ("interface: {data: fifo}", "is not a protocol of data"),
        ("interface: none", "expected interface as a mapping of keys to values"),
    ])
    func whatIsWrong(line: String, says: String) { #expect(said(about: minimal(line)).contains(says)) }
}
