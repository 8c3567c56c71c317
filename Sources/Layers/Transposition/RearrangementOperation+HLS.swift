internal import Basics
import FixedPoint
public import LayerKit
import Options
public import Streams

extension RearrangementOperation {
    /// How a stream is rearranged.
    private enum Way: String {
        /// Groups pass or are dropped as they come.
        case passing
        /// All groups are kept in a memory, and read in another order.
        case stored
        /// All elements are kept in registers.
        case held
    }

    public func hls(_ site: OperationSite) -> HLSForm {
        let places = places
        if places == Array(0..<site.input.count), resultType.storage == site.input.type { return .view }
        var members: [HLSCall.Member] = [
            .size("n_in", site.input.count), .size("n_out", site.output.count),
        ]
        switch (site.io, way(site)) {
        case (.parallel, _), (.stream, .held): members.append(.index("place", IndexMap(places)))
        case (.stream, .passing), (.stream, .stored):
            members += [.index("group", IndexMap(groups(site))), .index("channel", IndexMap(channels))]
        }
        if site.io == .stream { members.append(.policy("way", "nnet::rearrange_\(way(site).rawValue)")) }
        return .call(HLSCall("rearrange", header: "nnet_rearrange", members: members, schedule: .loops(site)))
    }

    private var channels: [Int] { offsets.last ?? [0] }

    /// Which group of the input each one of the output is made of, where it is made of one.
    private func groups(_ site: OperationSite) -> [Int] {
        let places = Self.places(Array(offsets.dropLast()))
        return places.map { $0 / site.input.channels }
    }

    private func way(_ site: OperationSite) -> Way {
        let size = site.input.channels
        let leads = Self.places(Array(offsets.dropLast()))
        guard channels.allSatisfy((0..<size).contains), leads.allSatisfy({ $0 >= 0 && $0 % size == 0 }) else {
            return .held
        }
        return zip(leads, leads.dropFirst()).allSatisfy { $0 < $1 } ? .passing : .stored
    }

    /// What passes does so as it comes; else all comes in before anything goes out.
    public func tokens(_ site: OperationSite) -> TokenSchedule {
        let all = site.input.groups
        guard way(site) == .passing else {
            return TokenSchedule([
                .init(
                    1, [.init(all, reads: .all), .init(1, slack: 8), .init(site.output.groups, writes: .all)])
            ])
        }
        let kept = Set(groups(site))
        var steps: [TokenSchedule.Steps] = []
        for group in 0..<all {
            let next = TokenSchedule.Steps(1, reads: .all, writes: kept.contains(group) ? .all : .none)
            if let last = steps.last, last.writes == next.writes {
                steps[steps.count - 1].count += 1
            } else {
                steps.append(next)
            }
        }
        return TokenSchedule([.init(1, steps)], pipeline: 4)
    }
}

extension HLSCall.Schedule {
    /// Of a kernel that is straight-line code on arrays, and loops of its own on streams.
    static func loops(_ site: OperationSite) -> HLSCall.Schedule {
        site.io == .parallel ? .pipelined(interval: 1, multipliers: nil) : .loops
    }
}
