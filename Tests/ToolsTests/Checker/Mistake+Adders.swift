@testable import HLSChecker

extension Mistake {
    private static let adderKernel = "firmware/nnet_utils/nnet_adders.h"

    /// A multiplier where only adders are meant to be.
    static let adders: [Mistake] = [
        Mistake(.adders, config, " + n", " * n", in: .adders),
        Mistake(.adders, config, " + n", " * n", in: .streamAdders, for: .vivado),
        Mistake(.adders, "firmware/layers/fc2_config.h", "y[0] = Y(", "y[0] = Y(3 * ", in: .adders),
        Mistake(.adders, adderKernel, "y.range(W - 1, 0) = x.range(W - 1, 0);", "y = x * 2;", in: .adders),
    ]
}
