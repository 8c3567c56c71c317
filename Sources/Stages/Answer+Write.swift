internal import Arrays
public import Basics
internal import Steps

extension Predictor.Answer {
    /// Writes one output as `.npy`: float32 numbers or int64 raw values, shaped (samples, ...).
    public func write(_ index: Int, to place: OutputPlace) throws {
        let shape = [samples] + shapes[index]
        let array: NpyArray? =
            switch values {
            case .numbers(let numbers): NpyArray(shape: shape, values: .float32(numbers[index].map(Float.init)))
            case .raw(let raw): NpyArray(shape: shape, values: .int64(raw[index]))
            }
        guard let array else {
            throw DiagnosticError(.error("output '\(names[index])' does not have the shape \(shape)"))
        }
        do {
            try place.write(array.encoded)
        } catch let error as FileError {
            throw DiagnosticError(error.diagnostic)
        }
    }
}

extension Predictor.Answer {
    /// The answer in a layout; the engines give the firmware's.
    /// - Parameter axes: where the model file has the channels of each output.
    func arranged(as layout: DataLayout?, channelsOf axes: [ChannelAxis]) -> Self {
        guard layout == .model else { return self }
        var answer = self
        answer.values =
            switch values {
            case .numbers(let numbers): .numbers(axes.indices.map { axes[$0].toModel(numbers[$0], shapes[$0]) })
            case .raw(let raw): .raw(axes.indices.map { axes[$0].toModel(raw[$0], shapes[$0]) })
            }
        answer.shapes = axes.indices.map { axes[$0].modelShape(shapes[$0]) }
        return answer
    }
}
