extension FailureCatalogue {
    /// C simulation and co-simulation.
    static let simulationEntries: [Entry] = [
        Entry("SIM 211-100", "compilation error", .frontEnd, "the test bench or a source does not compile"),
        Entry("SIM 211-100", nil, .csim, "the C simulation failed: read its output above"),
        Entry("SIM 211-107", nil, .notWritable, "a file of an earlier simulation is open elsewhere or write-protected"),
        Entry("SIM 211-200", nil, .csim, "the C simulation failed: read its output above"),
        Entry("SIM 211-*", nil, .csim, "the C simulation failed: read its output above"),
        Entry(
            "COSIM 212-345", nil, .cosim, "the block-level protocol ap_ctrl_none cannot be co-simulated for this design"
        ),
        Entry("COSIM 212-346", nil, .cosim, "a port has no counterpart in C: check the interface of the top function"),
        Entry("COSIM 212-40", nil, .cosim, "synthesise before co-simulating, in the same solution"),
        Entry("COSIM 212-379", nil, .crash, "the test bench crashed: run the C simulation alone to find where"),
        Entry("COSIM 212-359", nil, .testBench, "the test bench returned an error before the RTL was simulated"),
        Entry("COSIM 212-360", nil, .testBench, "the test bench failed before the RTL was simulated"),
        Entry("COSIM 212-361", nil, .cosim, "the RTL gives other results than C: compare the outputs"),
        Entry("COSIM 212-362", nil, .cosim, "the test bench rejected the results of the RTL"),
        Entry("COSIM 212-320", nil, .testBench, "the test bench failed before the RTL was simulated"),
        Entry("COSIM 212-317", nil, .frontEnd, "the test bench does not compile for co-simulation"),
        Entry("COSIM 212-321", nil, .frontEnd, "the test bench does not compile for co-simulation"),
        Entry("COSIM 212-331", nil, .frontEnd, "the test bench does not compile for co-simulation"),
        Entry(
            "COSIM 212-366", nil, .notWritable, "a file of an earlier simulation is open elsewhere or write-protected"),
        Entry("COSIM 212-*", nil, .cosim, "see the co-simulation's messages before this one"),
        Entry("XSIM 43-*", nil, .cosim, "the simulator could not build the simulation"),
        Entry("VRFC 10-*", nil, .rtl, "the simulator could not compile the RTL"),
        Entry("Simtcl 6-*", nil, .cosim, "the simulator could not do what its script asked"),
    ]
}
