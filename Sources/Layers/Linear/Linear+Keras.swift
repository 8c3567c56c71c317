internal import Basics
internal import LayerKit

extension Linear {
    /// Class `Activation`, where it names no function: no activation at all. Any other has become the op of its
    /// function before it is read.
    static func fromKerasActivation(_ site: ImportSite) throws(LayerError) -> Linear {
        try site.expectAttributes("activation")
        let activation = site.attributes["activation"] ?? .null
        guard activation == .null else { throw site.wrong("activation", activation, "the name of an activation") }
        return Linear()
    }
}
