/// A number, or numbers, kept through JSON to the last bit: what JSON has no number for is written as "nan", "inf" or
/// "-inf", and equality is that of the bits, so that a figure with a gap equals itself.
///
/// ```swift
/// struct Sample: Codable { @Exact var losses: [Double] }
/// ```
@propertyWrapper
public struct Exact<Value: ExactlyCodable>: Codable, Hashable, Sendable {
    /// The number or numbers.
    public var wrappedValue: Value

    /// Wraps `wrappedValue`.
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

    init(_ value: Value) { wrappedValue = value }

    /// Reads what `encode(to:)` wrote.
    public init(from decoder: any Decoder) throws { wrappedValue = try Value(exactlyFrom: decoder) }

    /// Writes the value, non-finite numbers as strings.
    public func encode(to encoder: any Encoder) throws { try wrappedValue.encodeExactly(to: encoder) }

    /// Whether both have the same bits.
    public static func == (left: Self, right: Self) -> Bool { left.wrappedValue.hasSameBits(as: right.wrappedValue) }

    /// Hashes the bits.
    public func hash(into hasher: inout Hasher) { wrappedValue.hashBits(into: &hasher) }
}

/// What `Exact` can hold: `Double`, and optionals and arrays of it.
public protocol ExactlyCodable: Sendable {
    /// Reads the value.
    init(exactlyFrom decoder: any Decoder) throws
    /// Writes the value.
    func encodeExactly(to encoder: any Encoder) throws
    /// Whether every number has the same bits.
    func hasSameBits(as other: Self) -> Bool
    /// Hashes the bits of every number.
    func hashBits(into hasher: inout Hasher)
}

extension Double: ExactlyCodable {
    /// Reads a number, "nan", "inf" or "-inf".
    public init(exactlyFrom decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = number
            return
        }
        let text = try container.decode(String.self)
        guard let number = Double(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” is not a number, nan, inf or -inf")
        }
        self = number
    }

    /// Writes a number; as a string where JSON has none, or where a reader could round it to zero.
    public func encodeExactly(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if isFinite && !isSubnormal && !(self == 0 && sign == .minus) {
            try container.encode(self)
        } else {
            try container.encode(isNaN ? "nan" : description)
        }
    }

    /// Whether the bits are the same, all NaN being one.
    public func hasSameBits(as other: Double) -> Bool { bitPattern == other.bitPattern || (isNaN && other.isNaN) }

    /// Hashes the bits.
    public func hashBits(into hasher: inout Hasher) { hasher.combine(isNaN ? Double.nan.bitPattern : bitPattern) }
}

extension Optional: ExactlyCodable where Wrapped: ExactlyCodable {
    /// Reads null or a value.
    public init(exactlyFrom decoder: any Decoder) throws {
        self = try decoder.singleValueContainer().decodeNil() ? nil : Wrapped(exactlyFrom: decoder)
    }

    /// Writes null or the value.
    public func encodeExactly(to encoder: any Encoder) throws {
        guard let self else {
            var container = encoder.singleValueContainer()
            return try container.encodeNil()
        }
        try self.encodeExactly(to: encoder)
    }

    /// Whether both are nil or have the same bits.
    public func hasSameBits(as other: Self) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let left?, let right?): left.hasSameBits(as: right)
        default: false
        }
    }

    /// Hashes the value, if any.
    public func hashBits(into hasher: inout Hasher) {
        hasher.combine(self == nil)
        self?.hashBits(into: &hasher)
    }
}

extension Array: ExactlyCodable where Element: ExactlyCodable {
    /// Reads every element.
    public init(exactlyFrom decoder: any Decoder) throws {
        self = try [Exact<Element>](from: decoder).map(\.wrappedValue)
    }

    /// Writes every element.
    public func encodeExactly(to encoder: any Encoder) throws {
        try map { Exact($0) }.encode(to: encoder)
    }

    /// Whether all elements have the same bits.
    public func hasSameBits(as other: Self) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.hasSameBits(as: $1) }
    }

    /// Hashes all elements.
    public func hashBits(into hasher: inout Hasher) {
        hasher.combine(count)
        for element in self { element.hashBits(into: &hasher) }
    }
}
