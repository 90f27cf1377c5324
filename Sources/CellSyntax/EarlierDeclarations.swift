import SwiftSyntax

/// What the cells before a cell declare, as far as it decides how the cell is written.
public struct EarlierDeclarations: Sendable {
    /// Their imports, as source.
    public internal(set) var imports: Set<String>
    /// Their property wrappers that are visible for testing only.
    public internal(set) var internalWrappers: Set<String> = []
    /// Their protocols that refine `Sendable`.
    var sendableProtocols: Set<String> = []
    /// Their protocols that ask for an initializer.
    var initializingProtocols: Set<String> = []
    /// Their types, by name.
    var types: [String: EarlierType] = [:]

    /// The declarations of a program that has only imported `imports`.
    public init(imports: Set<String> = []) { self.imports = imports }
}

/// A type of an earlier cell, as far as it decides whether it can be said to be `Sendable`.
struct EarlierType: Sendable {
    /// The stored properties of its values, by name; `nil` where it is generic.
    let properties: [String]?
    /// Why it cannot be `Sendable`, as Swift says it.
    let obstacleToSendable: String?
}
