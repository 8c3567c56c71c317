internal import Basics
internal import LayerKit

extension Padding {
    static var kerasImports: [ImportRule] {
        [1, 2, 3].map { rank in
            ImportRule(.keras, "ZeroPadding\(rank)D") { site throws(LayerError) in
                try site.expectAttributes("padding", "data_format")
                try site.expectChannelsLast()
                return Padding(pads: try site.kerasMargins("padding", rank) + [Pad.none])
            }
        }
    }
}

extension ImportSite {
    /// What `ZeroPadding` adds and `Cropping` takes at the ends of each axis: a number for all, one for each axis, or a
    /// pair for each axis; of one axis a pair as well.
    func kerasMargins(_ name: String, _ rank: Int) throws(LayerError) -> [Pad] {
        let value = attributes[name] ?? .int(1)
        var margins: [Pad] = []
        func add(_ item: JSONValue) -> Bool {
            if let both = item.integerValue {
                margins.append(Pad(both, both))
            } else if let ends = item.arrayValue?.compactMap(\.integerValue), ends.count == 2 {
                margins.append(Pad(ends[0], ends[1]))
            } else {
                return false
            }
            return true
        }
        let items = value.arrayValue
        let isPair = rank == 1 && items?.count == 2
        let understood = isPair ? add(value) : (items ?? [value]).allSatisfy(add)
        if items == nil, margins.count == 1 { margins = [Pad](repeating: margins[0], count: rank) }
        let limit = 0...ImportSite.elementLimit
        guard understood, margins.count == rank,
            margins.allSatisfy({ limit.contains($0.before) && limit.contains($0.after) })
        else { throw wrong(name, value, "numbers for \(rank) axes, or pairs of them") }
        return margins
    }
}
