internal import Basics

// Names: identifiers, parts.

extension Kind where Value == String {
    /// A name that is legal, and no keyword, in C++ and in Verilog.
    static var identifier: Kind<String> {
        Kind(.text(pattern: "^[A-Za-z][A-Za-z0-9_]*$")) { node, reading in
            guard let text = node.text, !node.isNull else {
                reading.mismatch("a name", node, help: "write, for example, 'jet_tagger'")
                return nil
            }
            if let problem = Identifier.problem(text) {
                let proposal = Identifier.made(from: text)
                reading.error(
                    "'\(Node.shortened(text))' cannot be the project's name: \(problem)", at: node,
                    help: "it begins every symbol and file that is made; write, for example, '\(proposal)'")
                return nil
            }
            return text
        }
    }

    /// A device with package and speed grade, in the one spelling that all spellings of it are read as.
    static var part: Kind<String> {
        Kind(.text(pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$")) { node, reading in
            guard let text = node.text, !node.isNull else {
                reading.mismatch("the name of a part", node, help: "write, for example, \(PartName.example)")
                return nil
            }
            switch PartName.read(text) {
            case .part(let name): return name
            case .problem(let problem, let help):
                reading.error("'\(Node.shortened(text))' is not a part: \(problem)", at: node, help: help)
                return nil
            }
        }
    }
}

/// Names for C++ and Verilog.
enum Identifier {
    /// Longer names meet limits of file systems and tools.
    static let lengthLimit = 64

    static func problem(_ text: String) -> String? {
        if text.isEmpty { return "it is empty" }
        if text.utf8.count > lengthLimit { return "it has more than \(lengthLimit) characters" }
        if let bad = text.unicodeScalars.first(where: { !isWord($0) }) {
            return bad == " " ? "a space is not allowed in it" : "'\(bad)' is not allowed in it"
        }
        if let first = text.unicodeScalars.first, first.value < 65 || first == "_" {
            return "it must begin with a letter"
        }
        if text.contains("__") { return "two underscores in a row are reserved in C++" }
        if keywords.contains(text) { return "it is a keyword of C++ or Verilog" }
        return nil
    }

    /// The nearest legal name.
    static func made(from text: String) -> String {
        var name = ""
        for scalar in text.unicodeScalars.prefix(lengthLimit - 8) {
            if isWord(scalar), scalar != "_" {
                name.unicodeScalars.append(scalar)
            } else if !name.isEmpty, !name.ends(with: "_") {
                name += "_"
            }
        }
        while name.ends(with: "_") { name.removeLast() }
        if name.isEmpty { return "my_project" }
        if name.first?.isNumber == true { name = "net_" + name }
        return problem(name) == nil ? name : name + "_net"
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
    }

    private static let keywords = Set(
        """
        alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl concept const consteval \
        constexpr constinit const_cast continue co_await co_return co_yield decltype default delete do double \
        dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace \
        new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires \
        return short signed sizeof static static_assert static_cast struct switch template this thread_local throw true \
        try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq main std nnet \
        always always_comb always_ff always_latch assert assign automatic begin bit buf byte casex casez cell cmos \
        config cover deassign defparam design disable edge end endcase endconfig endfunction endgenerate endmodule \
        endprimitive endspecify endtable endtask event final force forever fork function generate genvar highz0 highz1 \
        ifnone initial inout input instance interface integer join large liblist library localparam logic macromodule \
        medium modport module nand negedge nmos none nor noshowcancelled notif0 notif1 output package packed parameter \
        pmos posedge primitive priority program property pull0 pull1 pulldown pullup rcmos real realtime ref reg \
        release repeat rnmos rpmos rtran scalared sequence showcancelled small specify specparam string strong0 strong1 \
        supply0 supply1 table task time tran tri tri0 tri1 triand trior trireg type unique use uwire var vectored wait \
        wand weak0 weak1 wire wor xnor
        """.split(separator: " ").map(String.init))
}
