/// The tree of instances below `RTLDesignHierarchy/TopModule`.
struct HierarchyXML {
    struct Place {
        var instance: String
        var parent: String?
        var depth: Int
    }

    private var places: [String: [Place]] = [:]
    private var open: [(instance: String, module: String)] = []
    private var top = ""

    init() {}

    func instances(of module: String) -> [Place] { places[module] ?? [] }

    mutating func opened(_ path: [String]) {
        if path.last == "Instance" { open.append(("", "")) }
    }

    mutating func closed(_ path: [String], _ text: String) {
        switch path.last {
        case "InstName": if !open.isEmpty { open[open.count - 1].instance = text }
        case "ModuleName":
            if open.isEmpty { top = text } else { open[open.count - 1].module = text }
        case "Instance":
            guard let frame = open.popLast() else { return }
            let place = Place(instance: frame.instance, parent: open.last?.module ?? top, depth: open.count + 1)
            places[frame.module, default: []].append(place)
        default: break
        }
    }
}
