import Basics
import LayerKit
import Layers
import Testing
import TestSupport

@testable import Frontends

/// Networks of packages that train quantized ones, as the packages save them, against what these compute
/// (`Tests/Peer/pack_networks.py` says how the fixtures were made).
struct QuantizedNetworkTests {
    private static let networks: [String] = {
        let names = (try? Files.list(fixturePath("quantized"))) ?? []
        return names.sorted().compactMap { $0.rest(before: ".keras") }
    }()

    @Test func thereAreNetworks() {
        #expect(Self.networks.count > 20)
    }

    @Test(arguments: networks) func aNetworkGivesWhatItsPackageGives(name: String) throws {
        let model = try ModelReader.read(.whole(try modelFile("quantized/\(name).keras")))
        #expect(try FrameworkOutputs.difference(of: model, "quantized/\(name)") < 1e-6)
    }
}
