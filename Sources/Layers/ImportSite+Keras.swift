internal import Basics
internal import LayerKit

/// What the attributes of many classes of Keras have in common.
extension ImportSite {
    /// Axes that count the batch, or count from the last, as those of the first input without the batch. Empty where its
    /// shape is not known: the refusal that stands before it is said anyway.
    func axes(_ name: String, default standard: [Int]) throws(LayerError) -> [Int] {
        let stated = try integers(name) ?? standard
        guard let input else { return [] }
        var axes: [Int] = []
        for axis in stated {
            guard let found = Self.axis(axis, of: input) else {
                throw LayerError(
                    "\(name) \(axis) is no axis of its input (shape \(input); the batch, axis 0, is none)",
                    attribute: name)
            }
            axes.append(found)
        }
        return axes
    }

    /// An axis that counts the batch, or counts from the last, without the batch; nil where the shape has none such.
    static func axis(_ axis: Int, of shape: Shape) -> Int? {
        let found = axis < 0 ? shape.count + axis : axis - 1
        return shape.indices.contains(found) ? found : nil
    }

    /// One number for each of `rank` axes; one alone is that of all.
    func perAxis(_ name: String, _ rank: Int, default standard: [Int]? = nil) throws(LayerError) -> [Int] {
        let stated = try integers(name)
        guard let numbers = stated ?? standard else { throw LayerError("\(name) is missing", attribute: name) }
        let all = numbers.count == 1 ? [Int](repeating: numbers[0], count: rank) : numbers
        guard all.count == rank, all.allSatisfy({ $0 > 0 }) else {
            throw LayerError("\(name) is \(numbers), expected \(rank) positive numbers", attribute: name)
        }
        return all
    }

    /// Refuses channels that do not come last. Where they can be moved there, they have been by now.
    func expectChannelsLast() throws(LayerError) {
        let format = try text("data_format") ?? "channels_last"
        // Behind a refusal nobody knows where they can be moved.
        guard input == nil || format == "channels_last" else {
            throw LayerError(
                "data_format '\(format)' is not supported", attribute: "data_format",
                help: "build the model with data_format='channels_last'")
        }
    }

    /// The padding that windows of these sizes have by the name of Keras: `valid`, `same`, or `causal`.
    func pads(_ window: [Int], _ strides: [Int], _ dilations: [Int], causal: Bool = false) throws(LayerError) -> [Pad] {
        let name = try text("padding") ?? "valid"
        switch name {
        case "valid": return window.map { _ in Pad.none }
        case "same":
            guard let input, input.count > window.count else { return window.map { _ in Pad.none } }
            return window.indices.map {
                Pad.same(size: input[$0], window: window[$0], stride: strides[$0], dilation: dilations[$0])
            }
        case "causal" where causal: return [Pad.causal(window: window[0], dilation: dilations[0])]
        default:
            throw LayerError(
                "padding '\(name)' is not known", attribute: "padding",
                help: "those that are: 'valid', 'same'" + (causal ? ", 'causal'" : ""))
        }
    }

    /// Refuses a count that the attribute states and the weights do not have.
    func expectCount(_ name: String, _ found: Int, _ what: String) throws(LayerError) {
        guard let stated = try integers(name), stated != [found] else { return }
        throw LayerError(
            "\(name) is \(stated.map(String.init).joined(separator: ", ")), but the \(what) has \(found)",
            attribute: name, help: "do the weights belong to this model?")
    }
}
