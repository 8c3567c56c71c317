import Reports
import Testing

@Suite struct AttributionTests {
    private func module(_ name: String, instances: [String] = [], parent: String? = "jet_tagger") -> CsynthRow {
        var row = CsynthRow(kind: .module, name: name)
        row.instances = instances
        row.parent = parent
        return row
    }

    private func names(_ rows: [CsynthRow]) -> [String] { rows.map(\.name) }

    @Test(arguments: [
        ("jet_tagger_fc1", []), ("jet_tagger_fc1_s", []), ("jet_tagger_fc1_1", []),
        ("jet_tagger_jet_tagger_fc1", []), ("jet_tagger_jet_tagger_fc1_s", []),
        ("dense_latency_ap_fixed_s", ["grp_jet_tagger_fc1_fu_123"]), ("dense", ["jet_tagger_fc1_U0"]),
        ("dense", ["call_ret3_jet_tagger_fc1_fu_7"]), ("jet_tagger_fc1_Pipeline_VITIS_LOOP_12_1", []),
        ("jet_tagger_fc1_ap_fixed_16_6_s", []),
    ])
    func findsTheLayerInTheToolsNames(name: String, instances: [String]) {
        let rows = [module("jet_tagger", parent: nil), module(name, instances: instances)]
        let attribution = ReportAttribution(rows: rows, layers: ["fc1", "fc2"], top: "jet_tagger")
        #expect(names(attribution.layers[0].rows) == [name])
        #expect(attribution.layers[1].rows.isEmpty)
        #expect(names(attribution.others) == ["jet_tagger"])
    }

    @Test(arguments: [
        "jet_tagger_fc10", "jet_tagger_afc1", "jet_tagger_fc1x", "jet_tagger_fc", "fc1", "tagger_fc1", "jet_tagger",
        "mul_16s_16s_U1",
    ])
    func leavesOtherNamesAlone(name: String) {
        let attribution = ReportAttribution(rows: [module(name)], layers: ["fc1"], top: "jet_tagger")
        #expect(attribution.layers[0].rows.isEmpty)
        #expect(names(attribution.others) == [name])
    }

    @Test func theLongestNameWins() {
        let rows = ["fc1_relu", "fc1", "fc1_relu_Pipeline_1"].map { module("jet_tagger_" + $0) }
        let attribution = ReportAttribution(rows: rows, layers: ["fc1", "fc1_relu"], top: "jet_tagger")
        #expect(names(attribution.layers[0].rows) == ["jet_tagger_fc1"])
        #expect(names(attribution.layers[1].rows) == ["jet_tagger_fc1_relu", "jet_tagger_fc1_relu_Pipeline_1"])
        #expect(attribution.layers[1].module?.name == "jet_tagger_fc1_relu")
    }

    /// Settings of a layer whose name ends as another's begins behind the project's name.
    @Test func theProjectsNameIsNoPartOfALayers() {
        let rows = [module("dense_jet_tagger_fc1_config_s"), module("dense_jet_tagger_tagger_fc1_config_s")]
        let layers = ReportAttribution(rows: rows, layers: ["fc1", "tagger_fc1"], top: "jet_tagger").layers
        #expect(layers.map { names($0.rows) } == rows.map { [$0.name] })
    }

    @Test func whatALayersModuleHoldsBelongsToIt() {
        var outer = CsynthRow(kind: .loop, name: "outer")
        outer.parent = "product"
        var inner = CsynthRow(kind: .loop, name: "inner")
        inner.parent = "outer"
        // Reports list the innermost module first.
        let rows = [
            module("product", parent: "dense"), outer, inner, module("dense", parent: "jet_tagger_fc1"),
            module("jet_tagger_fc1"),
        ]
        let attribution = ReportAttribution(rows: rows, layers: ["fc1"], top: "jet_tagger")
        #expect(names(attribution.layers[0].rows) == ["product", "outer", "inner", "dense", "jet_tagger_fc1"])
        #expect(attribution.layers[0].module?.name == "jet_tagger_fc1")
        #expect(attribution.others.isEmpty)
    }

    /// Users call layers as kernels are called.
    @Test func akernelIsNotTheLayerOfItsName() {
        let rows = [
            module("jet_tagger_relu"), module("relu_ap_fixed_jet_tagger_fc1_config_s", parent: "jet_tagger_fc1"),
            module("jet_tagger_fc1"), module("dense_latency_ap_fixed_jet_tagger_fc2_config_s"), module("relu"),
        ]
        let layers = ReportAttribution(rows: rows, layers: ["fc1", "relu", "fc2"], top: "jet_tagger").layers
        #expect(names(layers[0].rows) == ["relu_ap_fixed_jet_tagger_fc1_config_s", "jet_tagger_fc1"])
        #expect(layers[0].module?.name == "jet_tagger_fc1")
        #expect(names(layers[1].rows) == ["jet_tagger_relu"])
        #expect(layers[2].module?.name == "dense_latency_ap_fixed_jet_tagger_fc2_config_s")
    }

    @Test func namesThatAreNoIdentifiers() {
        let layers = ReportAttribution(
            rows: [module("t_block_1_fc"), module("grp", instances: ["t_block_1_act_U0"])],
            layers: ["block-1/fc", "block 1.act"], top: "t"
        ).layers
        #expect(layers.map { $0.module?.name } == ["t_block_1_fc", "grp"])
    }

    /// Real projects of hls4ml: report, numbers of the layers' settings, and those whose modules the tool named by their
    /// weights (`dense_latency_0_0_0_...`), so that nothing tells what they belong to.
    @Test(arguments: [
        ("2018.2-vivado_hls-hls4ml-myproject_csynth.rpt", [3, 5, 7, 8, 9], 3),
        ("2019.2-vivado_hls-hls4ml-myproject_csynth.rpt", [2, 4, 5, 7, 8, 9, 11, 12, 14, 17, 19, 20, 21], 2),
        ("2023.2-vitis_hls-hls4ml-csynth.xml", [2, 3, 4, 5, 6, 7, 8], 0),
        ("2024.1-vitis_hls-hls4ml-csynth.xml", [2, 4, 5, 6, 7, 8], 0),
        ("2024.2-vitis_hls-hls4ml-csynth.rpt", [3, 6, 8, 11, 13, 16, 18], 0),
    ])
    func projectsOfHls4ml(name: String, numbers: [Int], nameless: Int) throws {
        guard case .csynth(let report) = try Fixtures.read("csynth/\(name).gz").content else { return }
        let layers = numbers.map { "config\($0)" }
        let found = ReportAttribution(rows: report.rows, layers: layers, top: report.top ?? "")
        for layer in found.layers { #expect(layer.module?.name.contains(layer.name) == true, "\(layer.name)") }
        let modules = found.others.filter { $0.kind == .module && $0.name != report.top }
        #expect(modules.count == nameless)
    }

    @Test func namesThatBuildACycleEnd() {
        let rows = [module("a", parent: "b"), module("b", parent: "a")]
        #expect(ReportAttribution(rows: rows, layers: ["fc1"], top: "t").others.count == 2)
    }
}
