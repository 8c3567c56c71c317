public import Basics

extension SimulationRow: Decodable {
    private enum Field: String, CodingKey {
        case name, samples, elements, mismatches, worst, reference
        case maxError = "max_error"
        case meanError = "mean_error"
        case argmaxAgreement = "argmax_agreement"
    }

    /// What `members` writes. JSON has no infinity and no NaN: they are written as null.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        self.init(
            name: try fields.decode(String.self, forKey: .name),
            samples: try fields.decode(Int.self, forKey: .samples),
            elements: try fields.decode(Int.self, forKey: .elements),
            maxError: try fields.decodeIfPresent(Double.self, forKey: .maxError) ?? .infinity,
            meanError: try fields.decodeIfPresent(Double.self, forKey: .meanError) ?? .infinity,
            mismatches: try fields.decode(Int.self, forKey: .mismatches),
            argmaxAgreement: try fields.decodeIfPresent(Double.self, forKey: .argmaxAgreement),
            worst: try fields.decodeIfPresent(Worst.self, forKey: .worst),
            reference: try fields.decodeIfPresent(Reference.self, forKey: .reference) ?? .expected,
            // Its members stand beside the others.
            classification: try? ClassificationRow(from: decoder))
    }

    /// As JSON, in the order in which people read it.
    public var members: [JSONValue.Member] {
        [
            JSONValue.Member("name", .string(name)), JSONValue.Member("samples", .int(samples)),
            JSONValue.Member("elements", .int(elements)), JSONValue.Member("max_error", .double(maxError)),
            JSONValue.Member("mean_error", .double(meanError)), JSONValue.Member("mismatches", .int(mismatches)),
            JSONValue.Member("argmax_agreement", argmaxAgreement.map(JSONValue.double) ?? .null),
            JSONValue.Member("worst", worst?.json ?? .null),
            JSONValue.Member("reference", .string(reference.rawValue)),
            JSONValue.Member("accuracy", classification?.accuracy.json ?? .null),
            JSONValue.Member("roc_auc", classification.map { .array($0.classes.map(\.json)) } ?? .null),
        ]
    }
}

extension SimulationRow.Worst: Decodable {
    private enum Field: String, CodingKey { case sample, element, got, want }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        self.init(
            sample: try fields.decode(Int.self, forKey: .sample),
            element: try fields.decode(Int.self, forKey: .element),
            got: try fields.decodeIfPresent(Double.self, forKey: .got) ?? .nan,
            want: try fields.decodeIfPresent(Double.self, forKey: .want) ?? .nan)
    }

    fileprivate var json: JSONValue {
        .object([
            "sample": .int(sample), "element": .int(element), "got": .double(got), "want": .double(want),
        ])
    }
}

extension ClassificationRow.Pair {
    fileprivate var json: JSONValue { .object(["firmware": .double(firmware), "float": .double(float)]) }
}

extension ClassificationRow.Class {
    fileprivate var json: JSONValue {
        .object([
            "class": .int(index), "samples": .int(positives), "others": .int(negatives),
            "firmware": firmware.map(JSONValue.double) ?? .null, "float": float.map(JSONValue.double) ?? .null,
        ])
    }
}
