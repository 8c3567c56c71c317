import Config
import Testing

@Suite struct RatioTests {
    @Test(arguments: [
        ("5", "5"), ("-0.25", "-0.25"), ("1e-3", "0.001"), ("1.5e2", "150"), ("+7", "7"), (".5", "0.5"), ("2.", "2"),
        ("0", "0"), ("-0", "0"),
    ])
    func decimalsAreExact(text: String, expected: String) { #expect(Ratio(decimal: text)?.description == expected) }

    @Test(arguments: ["", ".", "-", "1e", "1e99", "0x1", "1 2", "١", "1.2.3", "99999999999999999999", "1e-19", "nan"])
    func whatIsNoNumber(text: String) { #expect(Ratio(decimal: text) == nil) }

    @Test func roundingIsHalfUp() throws {
        let third = try #require(Ratio(10, 3))
        #expect(third.decimal(places: 3) == "3.333")
        #expect(third.decimal(places: 0) == "3")
        #expect(third.description == "10/3")
        #expect(Ratio(1999, 1000)?.decimal(places: 2) == "2")
        #expect(Ratio(-1, 8)?.decimal(places: 2) == "-0.13")
        #expect(Ratio(-1, 8000)?.decimal(places: 2) == "0")
    }

    @Test func limitsDoNotTrap() throws {
        #expect(Ratio(.min, 1) == nil)
        #expect(Ratio(1, 0) == nil)
        let large = try #require(Ratio((1 << 62) - 1))
        #expect(large.times(large) == nil)
        #expect(Ratio.zero.inverse == nil)
        #expect(large.decimal(places: 18).isEmpty == false)
        let small = try #require(large.inverse)
        #expect(small < large)
        #expect(Ratio.zero < small)
    }

    @Test func wholeNumbersAreShownAsSuch() {
        #expect(Ratio(1_000_000_000_000_000_000)?.description == "1000000000000000000")
        #expect(Ratio(-5)?.description == "-5" && Ratio(10, 3)?.description == "10/3")
    }
}
