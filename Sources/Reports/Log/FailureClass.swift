/// What kind of trouble a message is, in terms of what a user or a scheduler does about it.
public enum FailureClass: String, Hashable, Sendable, CaseIterable {
    case licence
    case part
    case option
    case script
    case missingFile = "missing_file"
    case notWritable = "not_writable"
    case diskFull = "disk_full"
    case memory
    case crash
    case timeOut = "time_out"
    case cutOff = "cut_off"
    case frontEnd = "cpp"
    case unsynthesisable
    case topNotFound = "top_not_found"
    case testBench = "test_bench"
    case csim
    case cosim
    case unrollLimit = "unroll_limit"
    case partitionLimit = "partition_limit"
    case interval = "ii_missed"
    case timing
    case fit = "does_not_fit"
    case rtl
    case ip
    case y2k22
    case board
    case blockDesign = "block_design"
    case implementation
    case power
    case link
    case childTool = "child_tool"
    case dataflow
    /// Processes that wait for each other in a simulation of the RTL.
    case deadlock
    case pragma = "pragma_dropped"
    case deprecated
    case unknown

    /// True where the same inputs may succeed on another try: such a failure is retried and never recorded.
    public var isRetryable: Bool {
        switch self {
        case .licence, .memory, .crash, .timeOut, .cutOff, .diskFull: true
        case .part, .option, .script, .missingFile, .notWritable, .frontEnd, .unsynthesisable, .topNotFound, .testBench,
            .csim, .cosim, .unrollLimit, .partitionLimit, .interval, .timing, .fit, .rtl, .ip, .y2k22, .board,
            .blockDesign, .implementation, .power, .link, .childTool, .dataflow, .deadlock, .pragma, .deprecated,
            .unknown:
            false
        }
    }
}
