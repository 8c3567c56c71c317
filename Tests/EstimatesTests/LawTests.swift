import Testing

@testable import Estimates

@Suite struct LawTests {
    /// The least number of powers of two, added or subtracted, by search: the definition of the digits.
    @Test func digitsAreTheFewestSignedPowersOfTwo() {
        var fewest = [Int: Int]()
        var front: Set<Int> = [0]
        for count in 0...5 {
            for value in front where fewest[value] == nil { fewest[value] = count }
            var next: Set<Int> = []
            for value in front {
                for bit in 0...9 {
                    for sum in [value + 1 << bit, value - 1 << bit] where abs(sum) <= 1024 { next.insert(sum) }
                }
            }
            front = next
        }
        for value in -256...256 {
            #expect(Multiplier.digits(Int64(value)) == fewest[value], "\(value)")
        }
    }

    @Test(arguments: [(0, 1), (1, 2), (-1, 1), (3, 3), (4, 4), (-4, 3), (-5, 4), (127, 8), (-128, 8)])
    func bitsAreThoseOfTwosComplement(constant: Int64, bits: Int) { #expect(Multiplier.bits(constant) == bits) }

    @Test func extremesDoNotTrap() {
        for constant in [Int64.min, .max, .min + 1] {
            #expect(Multiplier.digits(constant) >= 1)
            #expect(Multiplier.bits(constant) >= 63)
        }
        #expect(Memory.changingBits([.min, .max], outputs: 1, depth: 2, width: 64) == 64)
        #expect(Memory.blocks(depth: .max, bits: .max) == .max)
        let law = DenseLaw(
            inputs: .max, outputs: .max, reuse: 1, nonZero: .max, dataBits: 64, weightBits: 64, accumBits: 128)
        let target = Target(tool: .vitis, family: .series7, period: 0)
        #expect(law.unrolled(target).lut == .max)
        #expect(law.loop(target, wordBits: .max, rewinds: true, inBlocks: false).dsp == .max)
    }

    @Test(arguments: [
        (16, 16, 1), (9, 9, 0), (16, 10, 1), (32, 32, 4), (25, 18, 1), (26, 18, 2), (18, 25, 1), (8, 8, 0),
    ])
    func blocksOfAProduct(a: Int, b: Int, blocks: Int) { #expect(Multiplier.blocks(a, b, .series7) == blocks) }

    @Test(arguments: [(30, 800, 23), (25, 80, 3), (30, 4, 0), (72, 32, 1), (36, 128, 4), (1024, 18, 1), (2049, 4, 1)])
    func blocksOfAMemory(depth: Int, bits: Int, blocks: Int) {
        #expect(Memory.blocks(depth: depth, bits: bits) == blocks)
    }

    /// Two lanes of three weights: in the first only the lowest bit changes, in the second nothing does.
    @Test func whatNeverChangesIsNoMemory() {
        #expect(Memory.changingBits([4, 5, 4, 7, 7, 7], outputs: 1, depth: 3, width: 8) == 1)
        #expect(Memory.changingBits([-1, 0], outputs: 1, depth: 2, width: 8) == 8)
        // The same weights of three inputs and two outputs, as they lie in a matrix.
        #expect(Memory.changingBits([4, 7, 5, 7, 4, 7], outputs: 2, depth: 3, width: 8) == 1)
        // Lanes that end within an output: 4 5 | 4 7 | 7 7.
        #expect(Memory.changingBits([4, 7, 5, 7, 4, 7], outputs: 2, depth: 2, width: 8) == 3)
    }

    @Test func partsAreFoundByTheirNames() throws {
        let u250 = try #require(Part.named("xcu250-figd2104-2L-e"))
        #expect((u250.device, u250.lut, u250.dsp) == ("xcu250", 1_728_000, 12_288))
        #expect(Part.named("xc7a200tfbg676-2")?.device == "xc7a200t")
        #expect(Part.named("xc7z010-clg400-1")?.device == "xc7z010")
        #expect(Part.named("nothing") == nil)
        for part in Part.all {
            #expect(part.lut > 0 && part.ff >= part.lut && part.bram18 > 0, "\(part.device)")
        }
        #expect(Part.all.count == 109)
    }

    @Test(arguments: [
        ("xc7z020-clg400-1", Target.Family.series7), ("xcku115-flvb2104-2-i", .ultraScale),
        ("xcvu13p-flga2577-2-e", .ultraScalePlus), ("xcu250-figd2104-2L-e", .ultraScalePlus),
        ("xcvc1902-vsva2197-2MP-e-S", .versal), ("XCKU040-FFVA1156-2-E", .ultraScale),
        ("xcku5p-ffvb676-2-e", .ultraScalePlus),
    ])
    func familiesAreToldFromNames(part: String, family: Target.Family) {
        #expect(Target.Family(part: part) == family)
    }
}
