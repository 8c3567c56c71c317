internal import Arrays
internal import Basics
internal import LayerKit

/// The class that each sample of an output belongs to, as a file of the user states it.
struct ClassLabels {
    /// Numbers of the output that tell the classes of one label apart: those along its last axis.
    let width: Int
    /// One a sample; of an output with several positions, one a position of every sample.
    let indices: [Int]

    /// Class indices, one a label, or one-hot rows with a one at the class and zeros elsewhere: the number of numbers
    /// tells which. An output of one number has the classes 0 and 1, and takes indices.
    /// - Parameters:
    ///   - file: what the user calls the file.
    ///   - output: the name of the output, and `shape` that of one sample of it.
    init(_ array: NpyArray, file: String, output: String, _ shape: Shape, samples: Int) throws(DiagnosticError) {
        let width = max(1, shape.last ?? 1), count = samples * (max(1, shape.elementCount) / width)
        let values = array.doubles
        func fault(_ what: String, _ help: String) -> DiagnosticError {
            DiagnosticError(.error("'\(file)': \(what)", subject: ["data", "labels"], help: help))
        }
        let classes = max(2, width)
        let forms =
            "write the index of each sample's class, 0 to \(classes - 1)"
            + (width > 1 ? ", or rows of \(width) numbers that are 1 for the class and 0 for all others" : "")
        if values.count == count {
            var indices: [Int] = []
            for (place, value) in values.enumerated() {
                guard let index = Int(exactly: value), (0..<classes).contains(index) else {
                    throw fault("label \(place) is \(value), which is no class of output '\(output)'", forms)
                }
                indices.append(index)
            }
            self.indices = indices
        } else if values.count == Count.times(count, width) {
            var indices: [Int] = []
            for place in 0..<count {
                let row = values[place * width..<(place + 1) * width]
                guard let one = row.firstIndex(of: 1), row.count(where: { $0 != 0 }) == 1 else {
                    throw fault("row \(place) is not one-hot", forms)
                }
                indices.append(one - row.startIndex)
            }
            self.indices = indices
        } else {
            throw fault(
                "\(values.count) numbers of shape \(array.shape) are no labels of the \(samples) samples of output "
                    + "'\(output)'", forms)
        }
        self.width = width
    }
}
