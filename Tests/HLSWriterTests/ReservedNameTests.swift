import FirmwareSupport
import FixedPoint
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

@testable import HLSWriter

/// No layer and no input can be called as something is that the templates or their headers use: such names are given
/// another form, and all others compile.
@Suite struct ReservedNameTests {
    /// The words of C++ in a template; the writer's own marks stand for a word of their own.
    private static func words(_ folder: String) -> Set<String> {
        var words: Set<String> = []
        for (path, bytes) in Repository.templateFiles where path.hasPrefix(folder) && !path.hasSuffix(".md") {
            let text = String(decoding: bytes, as: UTF8.self)
                .replacing(/\/\/[^\n]*/, with: " ").replacing(/"(\\.|[^"\\\n])*"/, with: " ")
                .replacing(/\{%.*?%\}/, with: " ").replacing(/\w*\{\{.*?\}\}\w*/, with: " ")
            words.formUnion(text.matches(of: /[A-Za-z_]\w*/).map { String($0.output) })
        }
        return words
    }

    /// What the templates define. `{{ macro }}` stands for the project's name in capitals.
    private static func macros(project: String) -> Set<String> {
        var found: Set<String> = []
        for (_, bytes) in Repository.templateFiles {
            let text = String(decoding: bytes, as: UTF8.self).replacing("{{ macro }}", with: project.uppercased())
            found.formUnion(text.matches(of: /#\s*(?:define|ifn?def)\s+(\w+)/).map { String($0.output.1) })
        }
        return found.filter { $0.first != "_" }
    }

    /// A network whose inputs, layers and outputs are called by these names.
    private static func design(_ names: [String], _ io: IOType) -> Design {
        let type = FixedType.fixed(8, 3)
        let inputs = names.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        let layers = names.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        return Design(
            io: io, compat: .native, inputs: inputs.map { .init(name: $0, shape: [2], type: type) },
            nodes: layers.enumerated().map { index, name in
                .init(
                    name: name, inputs: [TensorID(inputs[index])], shape: [2],
                    operation: index % 2 == 0 ? Fixture.relu(type) : CastOperation(type))
            }
                + inputs.dropFirst(layers.count).map { name in
                    .init(name: name + " again", inputs: [TensorID(name)], shape: [2], operation: CastOperation(type))
                },
            outputs: layers.map { TensorID($0) } + inputs.dropFirst(layers.count).map { TensorID($0 + " again") })
    }

    @Test func macrosOfTheTemplates() {
        let macros = Self.macros(project: "net")
        #expect(macros.count > 40 && macros.contains("NET_EMULATOR_OK"), "the templates are not where they were")
        let own = Set(ProjectMacros.all("net"))
        for macro in macros where !own.contains(macro) {
            #expect(Identifiers.sanitized(macro) != macro, "'\(macro)' is a macro and the name of a layer")
        }
        var names = Identifiers(project: "net", reserved: ["net"], macros: ProjectMacros.all("net"))
        for macro in own.sorted() { #expect(names.claim(macro) != macro) }
    }

    /// A header's guard is no layer's name, nor the guard of another layer's header.
    @Test func guardsOfLayers() {
        func claimed(_ first: String, _ second: String) -> [String] {
            var names = Identifiers(project: "net", reserved: [], macros: ProjectMacros.all("net"))
            return [first, second].map { name in
                names.claim(name) { ProjectMacros.ofLayer($0, "net", roles: ["weights"]) }
            }
        }
        #expect(claimed("fc1", "NET_CONFIG_FC1_H") == ["fc1", "NET_CONFIG_FC1_H_2"])
        #expect(claimed("NET_LAYER_FC1_H", "fc1") == ["NET_LAYER_FC1_H", "fc1_2"])
        #expect(claimed("net_layer_fc1_h", "fc1") == ["net_layer_fc1_h", "fc1"], "no macro without capitals")
        // NET_LAYER_WEIGHTS_H twice.
        #expect(claimed("***", "weights") == ["layer", "weights_2"])
    }

    /// Names that networks have stay what they are.
    @Test(arguments: [
        "fc1", "fc1_relu", "relu1", "dense_1", "output", "softmax", "bits", "hidden", "score", "q_dense", "conv2d_3",
        "batch_normalization", "INPUT1", "inputs", "outputs", "FC", "encoder_layer_0", "x", "y", "value", "data",
    ])
    func ordinaryNames(_ name: String) {
        let expected = ["output": "output_layer", "softmax": "softmax"][name] ?? name
        #expect(Identifiers.sanitized(name) == expected)
    }

    @Test(arguments: ["size_t", "time_t", "AP_RND", "ap_sat_zero", "i", "k", "c", "double_t", "uint8_t", "RESULTS"])
    func reservedNames(_ name: String) {
        #expect(Identifiers.sanitized(name) == name + "_layer")
        #expect(HLSProject.fault(inProject: name) != nil)
    }

    /// Every word of every template as the name of an input, of a layer and of an output: what the writer makes of them
    /// compiles, the bridge, the test bench and the emulator library with it.
    @Test(arguments: IOType.allCases) func wordsOfTheTemplates(_ io: IOType) async throws {
        let firmware = Self.words("firmware/").union(Self.words("release/"))
        let headers = Self.words("hls/")
        #expect(firmware.isSuperset(of: ["run_sample", "group", "argc"]) && headers.contains("AP_RND"))
        let names = firmware.union(headers).sorted()
        // Each is an input once and a layer once; what only the writer has is all of it.
        for names in [names, [names[names.count - 1]] + names.dropLast()] {
            let design = Self.design(names, io)
            let project = try HLSProject(design, project: "net")
            let files = try project.files(Fixture.settings(), templates: Repository.templateFiles)
            let written = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
            let emulator = try project.emulator(
                written: written, templates: Repository.templateFiles.filter { $0.key.hasPrefix("release/") })
            let simulation = try Simulation(alone: files + emulator)
            try await simulation.shell(
                "for f in firmware/*.cpp net_bridge.cpp net_test.cpp net_emulator.cpp; do "
                    + "g++ -std=c++14 -fsyntax-only -w -Ifirmware/ap_types $f || exit 1; done")
        }
    }
}
