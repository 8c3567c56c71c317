/// What a running tool is doing, told by the lines that it prints.
public enum ToolProgress {
    /// A mark in a line and what it means for the user.
    private static let marks: [(mark: String, phase: String)] = [
        ("[HLS 200-10] Analyzing design file", "reading the C++"), ("Compiling one TU", "reading the C++"),
        ("[HLS 200-777] Using interface defaults", "checking interfaces"),
        ("[HLS 200-111] Finished Source Code Analysis", "compiling"), ("Finished Compiling Optimization", "optimising"),
        ("Finished Checking Pragmas", "unrolling and pipelining"),
        ("Finished Loop, function and other optimizations", "transforming"),
        ("Finished Architecture Synthesis", "scheduling"), ("Starting hardware synthesis", "scheduling"),
        ("[HLS 200-42] -- Implementing module", "scheduling"), ("[HLS 200-10] -- Scheduling module", "scheduling"),
        ("[RTMG 210-", "writing memories"), ("[HLS 200-10] -- Generating RTL for module", "generating RTL"),
        ("[RTGEN 206-100] Finished creating RTL model", "generating RTL"),
        ("Finished generating all RTL models", "writing RTL"), ("[VHDL 208-304]", "writing RTL"),
        ("[VLOG 209-307]", "writing RTL"), ("[COSIM 212-47]", "co-simulation: running the test bench"),
        ("[COSIM 212-323]", "co-simulation: starting the simulator"),
        ("[COSIM 212-302]", "co-simulation: preparing the test bench"),
        ("[COSIM 212-333]", "co-simulation: writing the RTL test bench"), ("[IMPL 213-8]", "packaging the IP"),
        ("[Common 17-349] Got license", "licence granted"), ("Attempting to get a license", "waiting for a licence"),
        ("Starting RTL Elaboration", "elaborating"), ("Starting Synthesize", "elaborating"),
        ("Start RTL Component Statistics", "counting components"),
        ("Start Cross Boundary and Area Optimization", "optimising across boundaries"),
        ("Start Applying XDC Timing Constraints", "applying constraints"),
        ("Start Timing Optimization", "optimising timing"), ("Start Technology Mapping", "mapping to the device"),
        ("Start Writing Synthesis Report", "writing the synthesis report"),
        ("Command: opt_design", "optimising the netlist"), ("Command: place_design", "placing"),
        ("Command: phys_opt_design", "optimising the placement"), ("Command: route_design", "routing"),
        ("Starting Placer Task", "placing"), ("Starting Routing Task", "routing"),
        ("Command: report_", "writing reports"), ("report_timing_summary", "writing reports"),
    ]

    /// The phase that begins with this line; nil: the line begins none.
    public static func phase(_ line: String) -> String? {
        guard let mark = marks.first(where: { line.contains($0.mark) }) else { return nil }
        guard mark.phase == "scheduling" || mark.phase == "generating RTL" else { return mark.phase }
        // The tools name the module between quotes.
        let quoted = line.split(separator: "'", omittingEmptySubsequences: false)
        return quoted.count >= 3 ? "\(mark.phase) \(quoted[1])" : mark.phase
    }
}
