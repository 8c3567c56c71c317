/// Which values of a program share their numbers, so that changing one in place changes the others.
struct ATenAliases {
    /// For each value what it is a view of, in the end, and which of the values that are the same it is.
    private var places: [String: Place] = [:]

    private struct Place {
        var base: String
        var same: String
    }

    /// A value with numbers of its own.
    mutating func add(_ name: String) { places[name] = Place(base: name, same: name) }

    /// A value that shows the numbers of another in a way of its own.
    mutating func add(_ name: String, viewOf other: String) {
        places[name] = Place(base: places[other]?.base ?? other, same: name)
    }

    /// Another name of a value.
    mutating func add(_ name: String, sameAs other: String) {
        places[name] = places[other] ?? Place(base: other, same: other)
    }

    /// The names of a value.
    func same(as name: String) -> Set<String> {
        let same = places[name]?.same ?? name
        return Set(places.filter { $0.value.same == same }.keys).union([name])
    }

    /// Other values that share numbers with this one.
    func others(than name: String) -> Set<String> {
        let base = places[name]?.base ?? name
        return Set(places.filter { $0.value.base == base }.keys).union([base]).subtracting(same(as: name))
    }
}
