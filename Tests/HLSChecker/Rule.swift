/// What a written project must keep so that the vendor's tools synthesise it as it is meant. Most of it the tools do not
/// enforce, or only after hours.
///
/// Rule 29, that what a run reports agrees with the estimate recorded before, is no rule of the C++: reports and budgets
/// keep it.
enum Rule: Int, CaseIterable, Sendable {
    /// Every word, option and value of a pragma is one that the target's front end knows. It ignores a pragma with any
    /// other word, with a mere warning, and the design is slow or huge.
    case knownWord = 1
    /// ALLOCATION: what is limited stands first.
    case allocationKind = 2
    /// INTERFACE: the mode stands first, in a function, for one of its arguments.
    case interface = 3
    /// Exactly one of block, cyclic (both with a factor that divides the dimension) and complete (without one).
    case partition = 4
    /// No word beyond what the tools take: 65 536 bits reshaped, 4 096 bits of a stream at the top.
    case widestWord = 5
    /// Vivado HLS: no more elements become registers than its script allows.
    case elements = 6
    /// No more products are unrolled in a function than the tool gets through.
    case products = 7
    /// What is unrolled, also below a PIPELINE, is counted up to a constant.
    case bound = 8
    /// A PIPELINE states its interval, and a loop says what it is to be: else the tool chooses.
    case interval = 9
    /// `rewind` on the only loop of a function, where kernels are inlined into it, and on no other.
    case rewind = 10
    /// No PIPELINE below a PIPELINE, none on a loop that runs once.
    case nesting = 11
    /// A region of processes: declarations and calls, each tensor written by one process and then read by one, none led
    /// past a process.
    case dataflow = 12
    /// A region is not inlined and neither are functions whose row in the report is wanted.
    case inlining = 13
    /// Every stream inside has a stated depth, deep enough where it bypasses processes.
    case depth = 14
    /// Streams are passed by reference.
    case reference = 15
    /// A function that has a result returns one on every path.
    case returns = 16
    /// No heap, exceptions, recursion, virtual functions, pointers to functions, casts of pointers, `goto`, arrays of
    /// run-time size, containers, `long double`.
    case language = 17
    /// No number wider than the vendor's headers take, exact intermediates included.
    case width = 18
    /// One definition of everything over the project, and sizes that agree.
    case definition = 19
    /// Constant bit ranges; no remainder, and no quotient but by powers of two, computed in hardware.
    case division = 20
    /// No element of a large array of registers is chosen at run time: a multiplexer of that size.
    case multiplexer = 21
    /// Names that Verilog and VHDL take and that stay different when cut at 80 characters; the top function is a plain
    /// one.
    case name = 22
    /// No words of the other target.
    case target = 23
    /// Only pairs of storage and memory that there are, not on arguments of the top function.
    case storage = 24
    /// DEPENDENCE false only where the line above says why: `// disjoint: ...`.
    case dependence = 25
    /// No state but in variables that RESET names.
    case state = 26
    /// The top function takes arrays of fixed size, streams and numbers, each to read or to write.
    case arguments = 27
    /// The scripts ask for the language that the target takes, for every source once.
    case dialect = 28
    /// Bursts on a memory bus are powers of two up to 256.
    case burst = 30
    /// All symbols and guards of a project begin with its name, the kernels' apart, and a tensor has one type from its
    /// writer to its readers, with one name.
    case symbol = 31
    /// A layer that computes by additions alone has no product of two values, which would take a multiplier.
    case adders = 32
    /// Multipliers are limited to what needs one, over the reuse factor: neither are those for shifts and single
    /// additions asked for, nor fewer than the interval takes.
    case sharing = 33
    /// The functions over which a layer is divided compute all of its outputs, each once and each in its place.
    case parts = 34
    /// Straight-line code on streams is a pipeline, which empties itself where a function is one.
    case throughput = 35
    /// No element of a stream becomes a memory: variables that hold one are packed, or partitioned.
    case element = 36
    /// What joins a sum from step to step is one addition, wherever the order does not show.
    case recurrence = 37
    /// Weights are read word by word without a division, and a few words are no block RAM.
    case memory = 38
    /// Layers of a pipeline have its interval.
    case pace = 39
    /// Constants have no modes of rounding or overflow: each is exactly a value of its type.
    case plain = 40
    /// No process regroups a stream for a layer that gathers vectors from the tokens that come in.
    case regroup = 43
    /// Straight-line kernels that are called in turns, position by position, are a pipeline of the layer's interval.
    case turns = 44
    /// The test bench compares every output with the integers that must come out, and its exit status says so.
    case verdict = 41
    /// A script that is run finds all else beside itself, whatever the current folder is.
    case folder = 42
}
