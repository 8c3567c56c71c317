public import LayerKit
public import Layers

/// How the axes of an array of samples lie where a model file and the firmware do not agree.
public enum DataLayout: String, Sendable, Encodable, CaseIterable {
    /// As the model file has them.
    case model
    /// As the firmware has them: channels last.
    case firmware
}

/// Where a model file has the channels of a tensor: before the other axes or behind them. The firmware has them last.
public enum ChannelAxis: Sendable {
    case first, last

    /// Where the model file has the channels of an input or output of the model.
    public init(_ tensor: TensorID, in model: Model) { self = model.channelsFirst.contains(tensor) ? .first : .last }

    /// Where the model file has the channels of an input or output of the firmware.
    public init(_ tensor: TensorID, in design: Design) { self = design.channelsFirst.contains(tensor) ? .first : .last }

    /// A shape of the firmware as the model file has it.
    public func modelShape(_ shape: Shape) -> Shape {
        switch self {
        case .last: shape
        case .first: Array(shape.suffix(1) + shape.dropLast())
        }
    }

    /// The layout of an array whose samples have a shape: the shape tells. Where it fits both or none, the array has
    /// the layout that is stated, else the firmware's.
    public func layout(of shape: Shape, for firmware: Shape, stated: DataLayout?) -> DataLayout {
        let isModel = shape == modelShape(firmware), isFirmware = shape == firmware
        if isModel == isFirmware { return stated ?? .firmware }
        return isModel ? .model : .firmware
    }

    /// Whether samples have the axes of the firmware in an order that neither it nor the model file has.
    func isTurned(_ shape: some Sequence<Int>, _ firmware: Shape) -> Bool {
        let shape = Array(shape)
        return SampleShape.isTurned(shape, firmware) && SampleShape.isTurned(shape, modelShape(firmware))
    }

    /// Samples of the model file in the order of the firmware.
    /// - Parameter shape: of one sample, the firmware's.
    public func toFirmware<Number>(_ values: [Number], _ shape: Shape) -> [Number] {
        switch self {
        case .last: values
        case .first: Self.transposed(values, rows: shape.last ?? 1, of: shape.elementCount)
        }
    }

    /// Samples of the firmware in the order of the model file.
    public func toModel<Number>(_ values: [Number], _ shape: Shape) -> [Number] {
        switch self {
        case .last: values
        case .first: Self.transposed(values, rows: shape.elementCount / max(1, shape.last ?? 1), of: shape.elementCount)
        }
    }

    /// Each sample as a matrix with so many rows, and its columns read one after the other.
    private static func transposed<Number>(_ values: [Number], rows: Int, of count: Int) -> [Number] {
        guard rows > 0, count > 0, values.count % count == 0 else { return values }
        let columns = count / rows
        var result: [Number] = []
        result.reserveCapacity(values.count)
        for sample in stride(from: 0, to: values.count, by: count) {
            for column in 0..<columns {
                for row in 0..<rows { result.append(values[sample + row * columns + column]) }
            }
        }
        return result
    }
}
