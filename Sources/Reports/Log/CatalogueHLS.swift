extension FailureCatalogue {
    /// C synthesis, and what comes before it.
    static let hlsEntries: [Entry] = [
        Entry(
            "HLS 200-1023", nil, .part,
            "this installation does not have the part: check its spelling, or install its device family"),
        Entry(
            "HLS 200-1912", "part=", .part,
            "this installation does not have the part: check its spelling, or install its device family"),
        Entry("HLS 200-1912", nil, .option, "correct or remove this entry of the configuration file"),
        Entry(
            "HLS 200-642", nil, .option,
            "this release no longer has the command; the script goes on where it catches this"),
        Entry(
            "HLS 200-101", nil, .option,
            "this release does not have the option; the script goes on where it catches this"),
        Entry("HLS 200-627", nil, .testBench, "add the C test bench, or run synthesis without C simulation"),
        Entry("HLS 200-103", "Out of Memory", .memory, "give the run more memory, or run fewer tools at a time"),
        Entry("HLS 200-103", nil, .crash, "the tool failed inside: run it again, then reduce the design"),
        Entry("HLS 200-478", nil, .childTool, "Vivado failed inside the export: read its own log below impl/"),
        Entry("HLS 200-70", "Synthesizability check failed", .unsynthesisable, "see the messages before this one"),
        Entry("HLS 200-70", "design unit", .topNotFound, "no source file was given, or none could be compiled"),
        Entry("HLS 200-70", "Pre-synthesis failed", .unsynthesisable, "see the messages before this one"),
        Entry("HLS 200-70", nil, .frontEnd, "correct the C++ source at the place named"),
        Entry("HLS 200-1715", nil, .unsynthesisable, "see the messages before this one"),
        Entry("HLS 200-1449", nil, .dataflow, "the process may stall: pass its input through the process before it"),
        Entry("HLS 200-1614", nil, .timing, "raise the clock period or the reuse factor"),
        Entry("HLS 200-871", nil, .timing, "raise the clock period or the reuse factor, or narrow the types"),
        Entry(
            "HLS 200-1016", nil, .timing,
            "this is the path that limits the clock: narrow its types or raise the reuse factor"),
        Entry("SCHED 204-21", nil, .timing, "raise the clock period or the reuse factor, or narrow the types"),
        Entry(
            "HLS 200-880", nil, .interval, "a value is needed before it is ready: raise the reuse factor of the layer"),
        Entry(
            "HLS 200-885", nil, .interval, "a memory has too few ports: partition it further, or raise the reuse factor"
        ),
        Entry(
            "HLS 200-878", nil, .interval, "the loop is too slow for its interval: raise the reuse factor of the layer"),
        Entry(
            "SCHED 204-68", nil, .interval, "a value is needed before it is ready: raise the reuse factor of the layer"),
        Entry(
            "SCHED 204-69", nil, .interval,
            "a memory has too few ports: partition it further, or raise the reuse factor"),
        Entry(
            "HLS 200-1470", nil, .interval,
            "the tool names no reason: raise the reuse factor of the layer, or look for what a step waits for"),
        Entry(
            "SCHED 204-61", nil, .interval,
            "the tool names no reason: raise the reuse factor of the layer, or look for what a step waits for"),
        Entry(
            "HLS 200-656", nil, .dataflow,
            "the process may stall for ever: co-simulate the layer's stream with the depth that was chosen"),
        Entry(
            "HLS 214-113", nil, .dataflow,
            "harmless for a table of constants; else pass the variable as an argument of the function"),
        Entry("HLS 200-786", nil, .dataflow, "a dataflow region cannot be built as written"),
        Entry("XFORM 203-503", nil, .unrollLimit, "the loop cannot be unrolled completely: use the resource strategy"),
        Entry("XFORM 203-504", nil, .unrollLimit, "unrolling makes too many operations: use the resource strategy"),
        Entry(
            "XFORM 203-532", nil, .interval,
            "the loop waits at its end for each sample: it must be the only loop of its function"),
        Entry(
            "XFORM 203-542", nil, .interval,
            "the loops do not run as one: every step of the outer one costs extra cycles"),
        Entry("XFORM 203-1403", nil, .unrollLimit, "unrolling makes too many operations: use the resource strategy"),
        Entry("HLS 214-187", nil, .unrollLimit, "unrolling makes too many operations: use the resource strategy"),
        Entry(
            "XFORM 203-103", nil, .partitionLimit,
            "the array has too many elements to partition: raise the reuse factor"),
        Entry(
            "XFORM 203-133", nil, .partitionLimit,
            "the array is too wide to reshape: raise the reuse factor of the layer"),
        Entry("XFORM 203-135", nil, .partitionLimit, "the array was not partitioned as asked"),
        Entry(
            "XFORM 203-104", nil, .partitionLimit,
            "large multiplexers: raise the reuse factor so that indices are constant"),
        Entry(
            "HLS 214-270", nil, .partitionLimit, "the array has too many elements to partition: raise the reuse factor"),
        Entry("HLS 200-2053", nil, .deprecated, "use 'vitis-run --mode hls --tcl' with this release"),
        Entry("HLS 214-157", nil, .topNotFound, "the name of the top function and that in the sources differ"),
        Entry("HLS 214-139", nil, .unsynthesisable, "recursion has no hardware: write a loop"),
        Entry("HLS 214-194", nil, .unsynthesisable, "the function has no source that can be synthesised"),
        Entry("HLS 214-272", nil, .dataflow, "a dataflow region cannot be built as written"),
        Entry("HLS 207-*", nil, .frontEnd, "correct the C++ source at the place named"),
        Entry("HLS 214-*", nil, .unsynthesisable, "the C++ construct at the place named has no hardware"),
        Entry("SYNCHK 200-*", nil, .unsynthesisable, "the C++ construct at the place named has no hardware"),
        Entry("XFORM 203-*", nil, .unsynthesisable, "the tool could not transform the code at the place named"),
        Entry("SCHED 204-*", nil, .interval, "the schedule that was asked for is not possible"),
        Entry("HLS 200-*", nil, .script, "see the tool's message"),
        Entry(
            "IMPL 213-28", nil, .y2k22, "pass '-version X.Y.Z' to export_design, or install the vendor's Y2K22 patch"),
        Entry("IMPL 213-*", nil, .childTool, "Vivado failed inside the export: read its own log below impl/"),
        Entry("v++ 60-1620", nil, .missingFile, "the file that the command names does not exist"),
        Entry("v++ 60-592", nil, .link, "see the messages before this one"),
        Entry("v++ 60-*", nil, .link, "see the driver's message"),
        Entry("VPL 60-*", nil, .link, "see the driver's message"),
        Entry("vitis-run 60-*", nil, .script, "see the driver's message"),
    ]
}
