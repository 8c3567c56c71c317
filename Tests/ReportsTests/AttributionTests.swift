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

    @Test func namesThatBuildACycleEnd() {
        let rows = [module("a", parent: "b"), module("b", parent: "a")]
        #expect(ReportAttribution(rows: rows, layers: ["fc1"], top: "t").others.count == 2)
    }
}
