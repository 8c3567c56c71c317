import LayerKit

/// The member of a config struct that says where element `i` finds what it is made of. Where `i` is known, as in
/// unrolled code, nothing of a table is left.
struct IndexText {
    let name: String
    let map: IndexMap

    var text: String {
        let table: String, value: String
        switch map {
        case .identity: (table, value) = ("", "i")
        case .repeating(let period): (table, value) = ("", period == 1 ? "0" : "i % \(period)")
        case .spreading(let count): (table, value) = ("", "i / \(count)")
        case .table(let places):
            let largest = places.max() ?? 0
            let word = largest <= 255 ? "char" : largest <= 65_535 ? "short" : "int"
            let list = places.map(String.init).joined(separator: ", ")
            (table, value) = ("static const unsigned \(word) place[\(places.count)] = {\(list)};\n        ", "place[i]")
        }
        let unused = map == .repeating(1) ? "" : " i"
        return """
            static unsigned \(name)(unsigned\(unused)) {
            #pragma HLS INLINE
                    \(table)return \(value);
                }
            """
    }
}
