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
        ("fc1", []), ("fc1_s", []), ("jet_tagger_fc1", []), ("jet_tagger_fc1_s", []), ("fc1_1", []),
        ("dense_latency_ap_fixed_s", ["grp_fc1_fu_123"]), ("dense", ["fc1_U0"]), ("dense", ["call_ret3_fc1_fu_7"]),
        ("fc1_Pipeline_VITIS_LOOP_12_1", []), ("fc1_ap_fixed_16_6_s", []),
    ])
    func findsTheLayerInTheToolsNames(name: String, instances: [String]) {
        let rows = [module("jet_tagger", parent: nil), module(name, instances: instances)]
        let attribution = ReportAttribution(rows: rows, layers: ["fc1", "fc2"], top: "jet_tagger")
        #expect(names(attribution.layers[0].rows) == [name])
        #expect(attribution.layers[1].rows.isEmpty)
        #expect(names(attribution.others) == ["jet_tagger"])
    }

    @Test(arguments: ["fc10", "afc1", "fc1x", "fc", "jet_tagger", "mul_16s_16s_U1"])
    func leavesOtherNamesAlone(name: String) {
        let attribution = ReportAttribution(rows: [module(name)], layers: ["fc1"], top: "jet_tagger")
        #expect(attribution.layers[0].rows.isEmpty)
        #expect(names(attribution.others) == [name])
    }

    @Test func theLongestNameWins() {
        let rows = [module("fc1_relu"), module("fc1"), module("fc1_relu_Pipeline_1")]
        let attribution = ReportAttribution(rows: rows, layers: ["fc1", "fc1_relu"], top: "jet_tagger")
        #expect(names(attribution.layers[0].rows) == ["fc1"])
        #expect(names(attribution.layers[1].rows) == ["fc1_relu", "fc1_relu_Pipeline_1"])
        #expect(attribution.layers[1].module?.name == "fc1_relu")
    }

    @Test func whatALayersModuleHoldsBelongsToIt() {
        var outer = CsynthRow(kind: .loop, name: "outer")
        outer.parent = "product"
        var inner = CsynthRow(kind: .loop, name: "inner")
        inner.parent = "outer"
        // Reports list the innermost module first.
        let rows = [module("product", parent: "dense"), outer, inner, module("dense", parent: "fc1"), module("fc1")]
        let attribution = ReportAttribution(rows: rows, layers: ["fc1"], top: "jet_tagger")
        #expect(names(attribution.layers[0].rows) == ["product", "outer", "inner", "dense", "fc1"])
        #expect(attribution.layers[0].module?.name == "fc1")
        #expect(attribution.others.isEmpty)
    }

    /// Users call layers as kernels are called.
    @Test func akernelIsNotTheLayerOfItsName() {
        let rows = [
            module("relu"), module("relu_ap_fixed_16_6_5_3_0_ap_fixed_16_6_5_3_0_fc1_config_s", parent: "fc1"),
            module("fc1"), module("dense_latency_ap_fixed_fc2_config_s"),
        ]
        let layers = ReportAttribution(rows: rows, layers: ["fc1", "relu", "fc2"], top: "jet_tagger").layers
        #expect(names(layers[0].rows) == ["relu_ap_fixed_16_6_5_3_0_ap_fixed_16_6_5_3_0_fc1_config_s", "fc1"])
        #expect(layers[0].module?.name == "fc1")
        #expect(names(layers[1].rows) == ["relu"])
        #expect(layers[2].module?.name == "dense_latency_ap_fixed_fc2_config_s")
    }

    @Test func namesThatAreNoIdentifiers() {
        let layers = ReportAttribution(
            rows: [module("block_1_fc"), module("grp", instances: ["block_1_act_U0"])],
            layers: ["block-1/fc", "block 1.act"], top: "t"
        ).layers
        #expect(layers.map { $0.module?.name } == ["block_1_fc", "grp"])
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
