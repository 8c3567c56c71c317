/// Which program wrote a log, and in which release: its banner, or failing that the names in its messages.
struct LogBanner {
    private(set) var tool: Report.Tool?
    private(set) var version: String?
    /// What the driver was asked to run, for example `csynth`.
    private(set) var mode: String?
    /// The text begins as only logs (and journals) do.
    private(set) var isLog = false
    /// The kind of log that ends with a line of its own when the tool leaves.
    private(set) var printsEnd = false
    /// How sure `tool` is: a banner beats a path, and the HLS tool beats the Vivado and the driver it runs in.
    private var rank = 0

    init() {}

    mutating func note(_ line: Line, _ number: Int) {
        if rank < 4, line.contains("High-Level Synthesis from C") {
            let ours: Report.Tool = line.contains("Vivado(TM) HLS") ? .vivadoHLS : .vitisHLS
            // A solution's own log begins with a frame of `=` and has no end line.
            set(ours, line, 4, end: line.trimmed.starts(with: "****"))
        } else if rank < 4, line.contains("**** HLS Build v") {
            set(.vitisHLS, line, 4, end: true)
        } else if rank < 3, line.contains("Running '"), line.contains("_hls"), line.starts(with: "INFO: [HLS 200-10]") {
            set(line.contains("vivado_hls") ? .vivadoHLS : .vitisHLS, line, 3, end: false)
        } else if rank < 2, number <= 40, line.contains("Vivado v20") {
            set(.vivado, line, 2, end: true)
        } else if rank < 1, line.contains("[v++ 60-") {
            set(.vpp, nil, 1, end: false)
        } else if rank < 1, line.contains("[vitis-run ") {
            set(.vitisRun, nil, 1, end: false)
        }
        guard mode == nil, number <= 60, let start = line.index(of: "vitis_hls -nolog -run ") else { return }
        mode = Line.text(line.bytes[(start + 22)...]).words.first
    }

    private mutating func set(_ tool: Report.Tool, _ line: Line?, _ rank: Int, end: Bool) {
        self.tool = tool
        self.rank = rank
        if let found = line.flatMap({ Number.version($0.text) }) { version = found }
        printsEnd = end
        if rank == 4 { isLog = true }
    }
}
