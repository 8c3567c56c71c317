import Testing

@testable import Basics

@Suite struct DigestTests {
    @Test func knownAnswers() {
        #expect(Digest(of: "").hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest(of: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func hexRoundTrip() {
        let digest = Digest(of: "hlsbuild")
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(hex: digest.hex.uppercased()) == nil)
        #expect(Digest(hex: digest.hex.dropLast()) == nil)
    }

    @Test func fieldsAreLengthPrefixed() {
        func digest(_ fields: [String]) -> Digest {
            var hasher = DigestHasher()
            for field in fields { hasher.update(field: field) }
            return hasher.finish()
        }
        #expect(digest(["ab", "c"]) != digest(["a", "bc"]))
    }
}
