internal import Basics
internal import LayerKit
internal import Layers

/// Words that no layer may be called in the written code, in lower case.
enum ReservedWords {
    static let all: Set<String> = [cpp, verilog, vhdl, library, policies, locals, types].reduce(kernels) {
        $0.union(words($1))
    }

    /// Whether a name is one of the words, or the type that is called after one: `size_t` for `size`.
    static func hold(_ name: String) -> Bool {
        let folded = name.lowercased()
        if all.contains(folded) || macros.contains(name) || macroPrefixes.contains(where: { name.begins(with: $0) }) {
            return true
        }
        return folded.rest(before: "_t").map(typed.contains) ?? false
    }

    /// Words that are the name of a type with `_t` behind.
    private static let typed = words(library).union(words(stems)).union(["float", "double"])

    private static let cpp = """
        alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class compl
        concept const const_cast consteval constexpr constinit continue co_await co_return co_yield decltype default delete
        do double dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable
        namespace new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast
        requires return short signed sizeof static static_assert static_cast struct switch template this thread_local throw
        true try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq
        """

    private static let verilog = """
        accept_on alias always always_comb always_ff always_latch assert assign assume automatic before begin bind bins
        binsof bit buf bufif0 bufif1 byte casex casez cell chandle checker clocking cmos config constraint context cover
        covergroup coverpoint cross deassign defparam design disable dist edge end endcase endchecker endclass endclocking
        endconfig endfunction endgenerate endgroup endinterface endmodule endpackage endprimitive endprogram endproperty
        endsequence endspecify endtable endtask event eventually expect extends final first_match force foreach forever
        fork forkjoin function generate genvar global highz0 highz1 iff ifnone ignore_bins illegal_bins implements implies
        import incdir include initial inout input inside instance integer interconnect interface intersect join join_any
        join_none large let liblist library local localparam logic longint macromodule matches medium modport module nand
        negedge nettype nexttime nmos nor noshowcancelled notif0 notif1 null output package packed parameter pmos posedge
        primitive priority program property protect pull0 pull1 pulldown pullup pulsestyle_ondetect pulsestyle_onevent pure
        rand randc randcase randsequence rcmos real realtime ref reg reject_on release repeat restrict rnmos rpmos rtran
        rtranif0 rtranif1 s_always s_eventually s_nexttime s_until s_until_with scalared sequence shortint shortreal
        showcancelled small soft solve specify specparam string strong strong0 strong1 super supply0 supply1 sync_accept_on
        sync_reject_on table tagged task throughout time timeprecision timeunit tran tranif0 tranif1 tri tri0 tri1 triand
        trior trireg type unique unique0 until until_with untyped use uwire var vectored wait wait_order wand weak weak0
        weak1 wildcard wire with within wor xnor
        """

    private static let vhdl = """
        abs access after all architecture array assume_guarantee attribute block body buffer bus component
        configuration constant disconnect downto elsif entity exit fairness file generic group guarded impure in
        inertial is label linkage literal loop map mod next of on open others out port postponed procedure process
        pure range record reject rem report restrict_guarantee rol ror select severity shared signal sla sll sra srl
        subtype then to transport unaffected units variable vmode vprop vunit when
        """

    /// Names that the C library, the vendor's headers and the written code use (also with `_t` behind), and ports that
    /// every module has.
    private static let library = """
        main std hls nnet ap_int ap_uint ap_fixed ap_ufixed apx stream printf stdin stdout stderr exp log sin cos tan sinh
        cosh tanh asin acos atan sqrt pow floor ceil round abs div exit abort signal time clock read write open close
        input_t result_t ap_clk ap_rst ap_rst_n ap_start ap_done ap_idle ap_ready ap_return ap_continue ap_ce
        linux unix eof
        """

    /// Words that are names of the C library only with `_t` behind.
    private static let stems = """
        size ssize ptrdiff wchar intptr uintptr intmax uintmax int8 int16 int32 int64 uint8 uint16 uint32 uint64 id key
        mode dev ino nlink loff off pid uid gid blksize blkcnt fsblkcnt fsfilcnt daddr caddr quad fsid sigset suseconds
        useconds clockid timer fd locale ldiv lldiv fpos max_align mbstate wint wctype wctrans sig_atomic
        """

    /// What the written code calls its own variables where arguments of the top function have their names, too.
    private static let locals = "i k c group in out"

    /// Types and values of the headers of numbers, ours and the vendor's, that lie in no namespace.
    private static let types = """
        ap_int_base ap_fixed_base ap_q_mode ap_o_mode ap_bit_ref ap_range_ref ap_concat_ref af_bit_ref af_range_ref
        ap_private ap_shift_reg ap_axis ap_axiu ap_rnd ap_rnd_conv ap_rnd_inf ap_rnd_min_inf ap_rnd_zero ap_trn
        ap_trn_zero ap_sat ap_sat_sym ap_sat_zero ap_wrap ap_wrap_sm
        """

    /// How the macros of the kernels' and numbers' headers begin; unlike all else, macros are told by their capitals.
    private static let macroPrefixes = ["APX_", "NNET_", "HLSBUILD_", "AESL_"]

    /// Other macros of the templates, and those that the vendor's tools define.
    private static let macros = words("AP_INT_MAX_W RTL_SIM RESULTS INPUTS OUTPUTS SYNTHESIS")

    /// What the written code uses of the kernels' headers without calling it.
    private static let policies = "multiply array tree feed product scaled in_order at_once"

    /// The kernels' own names, so that a report shows which of the two is meant: every function of nnet_utils that
    /// gives its result through an argument.
    private static let kernels: Set<String> = Catalog.layers.flatMap { $0.operations }
        .reduce(ownKernels) { $0.union($1.kernels) }

    /// Kernels that stand for no operation: what several of them are made of, and activations that no layer becomes.
    static let ownKernels: Set<String> = words(
        """
        shift read_tensor write_element make_element pass_element
        hard_tanh binary_tanh ternary_tanh unary_lut
        """)

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
