public import Basics
internal import LayerKit

extension Model {
    /// An error for each layer that is read and computed as trained, but of which nothing says yet what the firmware
    /// computes.
    public var unwritten: [Diagnostic] {
        nodes.filter(\.layer.definition.isUnwritten)
            .map { LoweringSite.unwritten($0.name, $0.layer.definition.typeName) }.bounded
    }
}
