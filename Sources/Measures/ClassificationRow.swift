/// How well one output tells classes apart: the firmware's numbers and those of the model as trained, side by side.
public struct ClassificationRow: Hashable, Sendable, Decodable {
    /// One measure of both.
    public struct Pair: Hashable, Sendable, Decodable {
        public var firmware: Double
        /// Of the model as trained.
        public var float: Double

        public init(firmware: Double, float: Double) {
            self.firmware = firmware
            self.float = float
        }
    }

    /// One class against all others.
    public struct Class: Hashable, Sendable, Decodable {
        public var index: Int
        /// Labels that are this class, and those that are another.
        public var positives: Int
        public var negatives: Int
        /// Areas under the ROC curve; nil: not defined, for `undefined`.
        public var firmware: Double?
        public var float: Double?

        private enum CodingKeys: String, CodingKey {
            case positives = "samples"
            case negatives = "others"
            case index = "class"
            case firmware, float
        }

        /// Why the area of some scores is not defined.
        public var undefined: String {
            if positives == 0 { return "no sample is of this class" }
            if negatives == 0 { return "all samples are of this class" }
            return "outputs are no numbers"
        }
    }

    public var accuracy: Pair
    public var classes: [Class]

    private enum CodingKeys: String, CodingKey {
        case accuracy
        case classes = "roc_auc"
    }

    /// - Parameters:
    ///   - firmware, float: samples x `width`.
    ///   - width: numbers of a sample, one a class; a single one is the probability of class 1.
    ///   - labels: the class of each sample.
    public init(firmware: [Double], float: [Double], width: Int, labels: [Int]) {
        accuracy = Pair(
            firmware: Classification.accuracy(firmware, width: width, labels: labels),
            float: Classification.accuracy(float, width: width, labels: labels))
        classes = (0..<max(1, width)).map { column in
            let index = width < 2 ? 1 : column
            let isPositive = labels.map { $0 == index }
            func area(_ scores: [Double]) -> Double? {
                let own = width < 2 ? scores : stride(from: column, to: scores.count, by: width).map { scores[$0] }
                return Classification.rocAUC(own, isPositive: isPositive)
            }
            let positives = isPositive.count { $0 }
            return Class(
                index: index, positives: positives, negatives: labels.count - positives, firmware: area(firmware),
                float: area(float))
        }
    }
}
