import Basics
import Emulator
import FixedPoint
import LayerKit
import Layers
import Options
import TestSupport
import Testing

@testable import Steps

/// Numbers that enter with hls4ml's numbers, held against what its simulation's headers make of them.
@Suite struct EnteringTests {
    /// For each type the numbers and the integers that stand for them. `Tests/Peer/entering.py` writes the file.
    private static let vectors: [(type: FixedType, values: [Double], raw: [Int64])] = {
        var found: [(type: FixedType, values: [Double], raw: [Int64])] = []
        let text = (try? Files.text(Repository.fixtures + "/entering.tsv")) ?? ""
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            guard parts.count == 3, let type = try? FixedType(parsing: String(parts[0])),
                let bits = UInt64(parts[1], radix: 16),
                let raw = Int64(parts[2])
            else { return [] }
            if found.last?.type != type { found.append((type, [], [])) }
            found[found.count - 1].values.append(Double(bitPattern: bits))
            found[found.count - 1].raw.append(raw)
        }
        return found
    }()

    private func design(_ type: FixedType, _ count: Int, _ compat: Compat) -> Design {
        let input = Design.Input(name: "x", shape: [count], type: type)
        return Design(io: .parallel, compat: compat, inputs: [input], nodes: [], outputs: [input.id])
    }

    @Test func asTheHeadersOfHLS4ML() throws {
        #expect(Self.vectors.count == 40)
        for (type, values, raw) in Self.vectors {
            let design = design(type, values.count, .hls4ml)
            #expect(try Emulator(design).predictRaw([values], samples: 1) == [raw], "\(type)")
            #expect(try RawFile.words(of: RawFile.input(design, [values], samples: 1)) == raw, "\(type)")
        }
    }

    /// Natively a number of less than a half is nothing, and what is no number is none.
    @Test func natively() throws {
        let values = [-0.3, 0.3, .nan, -.nan, .infinity, -.infinity]
        for (type, raw) in [
            (FixedType.int(8), [0, 0, 0, 0, 0, 0]), (.fixed(8, 8, .trnZero, .sat), [0, 0, 0, 0, 127, -128]),
            (.ufixed(8, 8, .trnZero, .sat), [0, 0, 0, 0, 255, 0]), (.fixed(8, 8, .rnd, .wrap), [0, 0, 0, 0, 0, 0]),
        ] {
            #expect(try Emulator(design(type, 6, .native)).predictRaw([values], samples: 1) == [raw.map(Int64.init)])
        }
    }
}
