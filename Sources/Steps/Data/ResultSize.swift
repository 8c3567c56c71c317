public import Basics
public import LayerKit

/// How much a run gives for its samples, told before any of it is made: a few bytes of samples and a wide layer ask for
/// any amount of memory.
public enum ResultSize {
    /// Bytes that a number takes on its way from the firmware's words to a file.
    private static let bytesOfNumber = 48

    /// Throws where tensors of these shapes are, for so many samples, more than one run gives, or do not fit into memory.
    public static func check(_ shapes: [Shape], samples: Int) throws(DiagnosticError) {
        let ofSample = shapes.reduce(0) { Count.plus($0, $1.elementCount) }
        let count = Count.times(ofSample, samples), limit = InputLimit.results.elements
        guard count <= limit else {
            throw fault(samples, count, "more than the \(limit) of one run", "")
        }
        guard AddressSpace.hasRoom(for: Count.times(bytesOfNumber, count)) else {
            throw fault(
                samples, count, "which do not fit into the memory that this process may take",
                ", or allow more address space ('ulimit -v')")
        }
    }

    private static func fault(_ samples: Int, _ count: Int, _ why: String, _ help: String) -> DiagnosticError {
        DiagnosticError(
            .error(
                "\(samples) samples give \(count) numbers, \(why)", subject: ["data", "input"],
                help: "give fewer samples at a time" + help))
    }
}
