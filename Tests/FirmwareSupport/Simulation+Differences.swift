internal import FixedPoint
package import HLSWriter
internal import LayerKit
package import Layers
internal import TestSupport

extension Simulation {
    /// Compiles a design, runs it on the extremes of its inputs' types and on random numbers, and compares every raw
    /// output with the operations' own kernels.
    /// - Returns: the outputs of which samples differ, and how many; empty where all are equal.
    package static func differences(
        of design: Design, samples: Int = 60, settings: WriterSettings = settings(),
        templates: [String: [UInt8]] = Repository.templateFiles
    ) async throws -> [String: Int] {
        let simulation = try Simulation(design, settings, templates: templates)
        try await simulation.compile()
        var dice = Dice(state: 7)
        let all = (0..<samples).map { sample in
            design.inputs.flatMap { input -> [Int64] in
                (0..<input.shape.elementCount).map { _ in
                    let type = input.spec.type
                    let special = [Int64(type.rawMin), Int64(type.rawMax), 0, 1, type.signed ? -1 : 1]
                    return sample % 4 == 0 ? special[Int.random(in: 0..<5, using: &dice)] : dice.raw(type)
                }
            }
        }
        let results = try await simulation.run(all.flatMap { $0 })
        let reference = try Reference(design)
        let placed = try PlacedDesign(design)
        let size = placed.outputs.reduce(0) { $0 + $1.count }
        guard results.count == samples * size else {
            throw TestFailure("\(results.count) numbers came out instead of \(samples * size)")
        }
        var wrong: [String: Int] = [:]
        for (index, sample) in all.enumerated() {
            let expected = reference.run(sample), actual = Array(results[index * size..<(index + 1) * size])
            var at = 0
            for (id, spec) in zip(design.outputs, placed.outputs) {
                let count = spec.count, name = design.name(of: id)
                if expected[at..<at + count] != actual[at..<at + count] { wrong[name, default: 0] += 1 }
                at += count
            }
        }
        return wrong
    }
}
