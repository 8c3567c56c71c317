import Basics
import FixedPoint
import Testing
import TestSupport

@testable import HLSWriter

@Suite struct TextTests {
    @Test(arguments: [
        (0, 5, "0"), (1, 1, "0.5"), (-3, 3, "-0.375"), (96, 5, "3"), (5, 0, "5"), (5, -3, "40"),
        (-1, -33, "-8589934592.0"),
        (1, 20, "0.00000095367431640625"), (Int64.min, 63, "-1"), (Int64.min, 62, "-2"),
        (3, -70, "3541774862152233910272.0"),
        (1, 64, "0.0000000000000000000542101086242752217003726400434970855712890625"),
    ])
    func decimal(_ raw: Int64, _ fraction: Int, _ text: String) {
        #expect(Decimal.text(raw, fraction: fraction) == text)
    }

    /// Whatever is written is read back as the same double.
    @Test func decimalIsExact() {
        var dice = Dice(state: 11)
        for _ in 0..<2000 {
            let raw = Int64.random(in: -(1 << 52)...(1 << 52), using: &dice) >> Int64.random(in: 0..<50, using: &dice)
            let fraction = Int.random(in: -40...90, using: &dice)
            let value = Double(raw) * Double(sign: .plus, exponent: -fraction, significand: 1)
            #expect(Double(Decimal.text(raw, fraction: fraction)) == value)
        }
    }

    @Test func literals() {
        #expect(Decimal.fitsLiteral(1 << 60) && Decimal.fitsLiteral(Int64.min) && Decimal.fitsLiteral((1 << 53) - 1))
        #expect(!Decimal.fitsLiteral((1 << 53) + 1))
    }

    @Test(arguments: [
        ("fc1", "fc1"), ("block/conv 1:0", "block_conv_1_0"), ("2fc", "layer_2fc"), ("signal", "signal_layer"),
        ("Entity", "Entity_layer"), ("__x__y_", "x_y"), ("größe", "gr_e"), ("***", "layer"), ("relu", "relu_layer"),
        ("size", "size"), ("size_t", "size_t_layer"),
    ])
    func identifier(_ name: String, _ expected: String) {
        #expect(Identifiers.sanitized(name) == expected)
    }

    @Test func identifiersAreUnique() {
        var names = Identifiers(project: "net", reserved: ["net"])
        #expect(names.claim("a.b", suffixes: ["_t"]) == "a_b")
        #expect(names.claim("a_b", suffixes: ["_t"]) == "a_b_2")
        #expect(names.claim("A_B", suffixes: ["_t"]) == "A_B_3")
        #expect(names.claim("a_b_t") == "a_b_t_2")
        #expect(names.claim("net") == "net_2")
        #expect(names.claim("net_a_b") == "net_a_b_4", "the symbols of those before")
        let long = String(repeating: "layer", count: 40)
        let first = names.claim(long + "1"), second = names.claim(long + "2")
        #expect(first != second)
        #expect(first.utf8.count == names.limit && second.utf8.count == names.limit)
    }

    /// Whatever the project is called, no symbol is cut by the tools.
    @Test(arguments: [1, 2, 3, 10, 30, Identifiers.longestProject]) func symbolsAreNotCut(_ count: Int) {
        let project = String(repeating: "p", count: count)
        var names = Identifiers(project: project, reserved: [project])
        let long = String(repeating: "layer", count: 40)
        for name in [long, long + "2"] {
            let id = names.claim(name)
            #expect(id.utf8.count == names.limit && id.utf8.count > 15)
            #expect("\(project)_\(id)_recurrent_weight".utf8.count < 80)
        }
        #expect(HLSProject.fault(inProject: project) == nil)
        let fault = HLSProject.fault(inProject: String(repeating: "p", count: Identifiers.longestProject + 1))
        #expect(fault?.help?.hasPrefix("write at most \(Identifiers.longestProject) characters") == true)
    }

    @Test func types() {
        #expect(FixedType.fixed(16, 6).cText == "ap_fixed<16,6>")
        #expect(FixedType.ufixed(9, 4, .rndConv, .satSym).cText == "ap_ufixed<9,4,AP_RND_CONV,AP_SAT_SYM>")
        #expect(FixedType.int(7).cText == "ap_int<7>")
    }
}

@Suite struct TemplateTests {
    private func render(_ text: String, _ values: [String: TemplateValue] = [:]) throws -> String {
        try Template(name: "a.h", Array(text.utf8)).render(values)
    }

    @Test func fills() throws {
        #expect(try render("a {{ x }} b", ["x": "1"]) == "a 1 b")
        let list: [String: TemplateValue] = ["l": .list([.record(["n": "p"]), .record(["n": "q"])])]
        #expect(try render("{% for i in l %}{{ i.n }}{% if not last %}, {% endif %}{% endfor %}", list) == "p, q")
        #expect(try render("[\n  {% for i in l %}\n  {{ i.n }};\n  {% endfor %}\n]\n", list) == "[\n  p;\n  q;\n]\n")
        #expect(try render("{% if x %}1{% else %}2{% endif %}", ["x": false]) == "2")
        #expect(try render("{ {x} } % }", [:]) == "{ {x} } % }")
    }

    @Test(arguments: [
        ("\n\n{{ nam }}", 3, "'nam' is not known here"), ("{{ name", 1, "'}}' is missing on this line"),
        ("\n{% for x in name %}\n", 2, "this 'for' has no 'endfor'"),
        ("\n{% if name %}\n{% endfor %}", 2, "this 'if' has no 'endif'"),
        ("{% endif %}", 1, "a closing tag without its opening one"), ("{{ name.x }}", 1, "'x' is not known here"),
        ("a\n{% while x %}", 2, "'{% while x %}' is not a tag"),
        ("{% for x in name %}{% endfor %}", 1, "'name' is not a list"),
        ("{{ }}", 1, "'{{ }}' holds one name"),
    ])
    func errors(_ text: String, _ line: Int, _ message: String) throws {
        let error = #expect(throws: DiagnosticError.self) { try render(text, ["name": "fc1"]) }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(diagnostic.message == message)
        #expect(diagnostic.location == SourceLocation(file: "a.h", line: line, column: 1))
    }

    @Test func misspeltNameIsHelped() throws {
        let error = #expect(throws: DiagnosticError.self) { try render("{{ nmae }}", ["name": "fc1"]) }
        #expect(error?.diagnostics.first?.help == "did you mean 'name'? known are: name")
    }
}
