import FixedPoint
import Testing

@Suite struct TypeParsingTests {
    @Test(arguments: [
        ("ap_fixed<16,6>", "fixed<16,6>"), ("fixed<18,8,RND,SAT,0>", "fixed<18,8,RND,SAT>"),
        ("ap_ufixed<9, 4, AP_RND, AP_SAT>", "ufixed<9,4,RND,SAT>"), ("ap_uint<1>", "uint<1>"),
        ("ac_fixed<10,2,false>", "ufixed<10,2>"), ("fixed<8,-2>", "fixed<8,-2>"),
    ])
    func reads(written: String, meaning: String) throws {
        #expect(try FixedType(parsing: written).description == meaning)
    }

    @Test(arguments: ["fixed<16>", "fixed<0,0>", "fixd<16,6>", "fixed<16,6,ROUND>", "fixed<16,6", "", "<>", "int<8,3>"])
    func refuses(written: String) {
        #expect(throws: TypeSyntaxError.self) { try FixedType(parsing: written) }
    }

    /// Sums and products have points further out than what can be stated.
    @Test func designsHoldMoreThanCanBeStated() throws {
        #expect(try FixedType(inferred: "fixed<16,-5000>").integer == -5000)
        #expect(try FixedType(inferred: "fixed<16,-5000>").fault != nil)
        #expect(throws: TypeSyntaxError.self) { try FixedType(parsing: "fixed<16,-5000>") }
        #expect(throws: TypeSyntaxError.self) { try FixedType(inferred: "fixed<16,-9223372036854775808>") }
        #expect(FixedType(width: -7, integer: 1).fault != nil && FixedType.fixed(1024, 2048).fault == nil)
    }
}
