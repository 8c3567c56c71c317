extension FailureCatalogue {
    /// Warnings by which a tool says that it drops what the sources ask for. Vitis HLS has codes for them; Vivado HLS
    /// has words, some of them from a compiler that knows no codes.
    static let pragmaEntries: [Entry] =
        ["HLS 207-5566", "HLS 207-5590", "HLS 207-5570", "HLS 207-5562", "HLS 207-5542"].map {
            Entry($0, nil, .pragma, dropped)
        } + [
            // Harmless where a loop has one step only, or stands in a pipeline already: nothing is lost.
            Entry("XFORM 203-505", "parent loop or function is pipelined", .deprecated, "remove the inner pragma"),
            Entry("XFORM 203-505", "tripcount is only", .deprecated, "remove the pragma: the loop has one step"),
            Entry("XFORM 203-505", nil, .pragma, dropped),
            Entry("XFORM 203-1103", nil, .pragma, dropped),
            Entry("XFORM 203-803", "will be discarded", .pragma, dropped),
        ]
        + [
            "unknown HLS pragma", "unknown pragma ignored", "unexpected pragma argument", "unexpected pragma parameter",
            "HLS pragma ignored", "pragma directive ignored", "ignored pragma",
        ].map { Entry(nil, $0, .pragma, dropped) }

    private static let dropped =
        "the hardware has another shape than was asked for: correct the pragma; if no template was edited, this is a fault "
        + "of hlsbuild"
}
