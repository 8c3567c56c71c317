extension FailureCatalogue {
    /// Messages without a code that are known, told by their words.
    static let textEntries: [Entry] = [
        Entry(
            nil, "DEADLOCK DETECTED", .deadlock,
            "a full FIFO keeps its writer waiting that others wait for: raise the depth of those that are named"),
        Entry(
            nil, "bad lexical cast", .y2k22,
            "pass '-version X.Y.Z' to export_design, or install the vendor's Y2K22 patch"),
        Entry(
            nil, "is an invalid argument. Please specify an integer value", .y2k22,
            "pass '-version X.Y.Z' to export_design, or install the vendor's Y2K22 patch"),
        Entry(nil, "No space left on device", .diskFull, "free disk space, or build elsewhere"),
        Entry(
            nil, "IO failure on output stream", .diskFull, "free disk space: the compiler could not write its output"),
        Entry(nil, "Out of Memory", .memory, "give the run more memory, or run fewer tools at a time"),
        Entry(nil, "bad_alloc", .memory, "give the run more memory, or run fewer tools at a time"),
        Entry(nil, "Cannot allocate memory", .memory, "give the run more memory, or run fewer tools at a time"),
        Entry(
            nil, " Killed  ", .memory,
            "the system killed the tool: give the run more memory, or run fewer tools at a time"),
        Entry(
            nil, "Abnormal program termination", .crash,
            "the tool crashed: run it again; its hs_err_pid file says where"),
        Entry(nil, "An unexpected error has occurred", .crash, "the tool crashed: run it again"),
        Entry(nil, "no stack trace available", .crash, "the tool crashed: run it again"),
        Entry(nil, "FATAL_ERROR", .crash, "the simulator failed inside: run it again, then reduce the design"),
        Entry(nil, "segfault in", .crash, "the tool crashed: run it again"),
        Entry(nil, "Stack dump", .crash, "the compiler crashed: run it again, then reduce the design"),
        Entry(nil, "SIGSEGV", .crash, "the test bench crashed: run it under a debugger"),
        Entry(nil, "Segmentation fault", .crash, "a program crashed: run it again, then under a debugger"),
        Entry(nil, "received a signal", .crash, "a program was ended by a signal"),
        Entry(nil, "Timing not met", .timing, "raise the clock period or the reuse factor; the run itself went well"),
        Entry(nil, "permission denied", .notWritable, "a file is open elsewhere or write-protected"),
        Entry(nil, "Permission denied", .notWritable, "a file is open elsewhere or write-protected"),
        Entry(nil, "not writable", .notWritable, "make the folder writable, or run in a folder of its own"),
        Entry(nil, "license", .licence, "check XILINXD_LICENSE_FILE, or wait for a seat"),
        Entry(nil, "timed out", .timeOut, "give the run more time, or reduce the design"),
        Entry(nil, "Timeout", .timeOut, "give the run more time, or reduce the design"),
        Entry(nil, "No such file or directory", .missingFile, "the file that is named does not exist"),
        Entry(nil, "does not exist", .missingFile, "the file that is named does not exist"),
        Entry(nil, "command not found", .missingFile, "a program that the tool needs is not installed"),
        Entry(nil, "undefined reference to", .frontEnd, "a function is declared and nowhere defined"),
        Entry(nil, "Could not read script", .missingFile, "the script that the command names does not exist"),
        Entry(
            nil, "Top function not found", .topNotFound, "the name of the top function and that in the sources differ"),
        Entry(nil, "problem with 'part=", .part, "check the part's spelling, or install its device family"),
        Entry(nil, "invalid command name", .option, "this release does not have the command"),
        Entry(nil, "Problem running csim", .csim, "the C simulation failed: read its output above"),
        Entry(nil, "_design failed", .implementation, "the reason went to the tool's error stream: keep both streams"),
        Entry(nil, "' returned error code", .script, "see the messages before this one"),
    ]
}
