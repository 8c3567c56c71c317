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

    /// A device with package and speed grade.
    static var part: Kind<String> {
        Kind(.text(pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$")) { node, reading in
            guard let text = node.text, !node.isNull else {
                reading.mismatch("the name of a part", node, help: "write, for example, \(PartName.example)")
                return nil
            }
            if let (problem, help) = PartName.problem(text) {
                reading.error("'\(Node.shortened(text))' is not a part: \(problem)", at: node, help: help)
                return nil
            }
            return text
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

/// How parts are spelt. Whether a part exists, only the tool knows.
enum PartName {
    static let example = "xcu250-figd2104-2L-e"

    static func problem(_ text: String) -> (problem: String, help: String)? {
        let form = "write device-package-speed as the vendor's tools do, for example \(example)"
        let lower = text.lowercased()
        if let part = boards[lower.filter { $0 != "-" && $0 != "_" && $0 != " " }] {
            return ("it is a board", "the part on that board is \(part)")
        }
        let legal = text.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789-._".unicodeScalars.contains($0))
        }
        guard legal, text.first?.isLetter == true || text.first?.isNumber == true, text.contains(where: \.isNumber)
        else {
            return ("a part is made of letters, digits and '-'", form)
        }
        guard ["xc", "xq", "xa"].contains(where: lower.hasPrefix) else { return nil }
        // AMD: device and package (glued together for the 7 series), then a speed grade that begins with a digit.
        let pieces = lower.split(separator: "-", omittingEmptySubsequences: false)
        let glued = pieces[0].dropFirst(2).first == "7"
        if pieces.contains(where: \.isEmpty) { return ("a piece between two '-' is empty", form) }
        guard pieces.count >= (glued ? 2 : 3) else {
            return (glued ? "the speed grade is missing" : "the package or the speed grade is missing", form)
        }
        let speed = pieces[glued ? 1 : 2]
        guard speed.first?.isNumber == true else {
            return ("'\(speed)' is not a speed grade", "a speed grade begins with a digit: -1, -2, -2L; \(form)")
        }
        return nil
    }

    /// Boards that people name where a part is asked for.
    private static let boards = [
        "pynqz1": "xc7z020clg400-1", "pynqz2": "xc7z020clg400-1", "zcu102": "xczu9eg-ffvb1156-2-e",
        "zcu104": "xczu7ev-ffvc1156-2-e", "zcu106": "xczu7ev-ffvc1156-2-e", "zcu111": "xczu28dr-ffvg1517-2-e",
        "vcu118": "xcvu9p-flga2104-2L-e", "kv260": "xck26-sfvc784-2LV-c", "ultra96": "xczu3eg-sbva484-1-e",
        "alveou50": "xcu50-fsvh2104-2-e", "alveou200": "xcu200-fsgd2104-2-e", "alveou250": "xcu250-figd2104-2L-e",
        "alveou280": "xcu280-fsvh2892-2L-e",
    ]
}
