import Foundation

// What the modules of cells call. No author chooses such names, so that none of theirs stands in the way: a type that is
// called `KDBook`, a function `show`.

/// Shows the value of a cell's last expression.
public func _kdbookShow<each Value>(_ value: repeat each Value) { show(repeat each value) }

/// Shows a value in the midst of prose.
public func _kdbookShowInline<Value>(_ value: Value) { showInline(value) }

/// Comes last in every cell that waits for something, and never returns.
@MainActor public func _kdbookEndCell() async { await endCell() }

/// The function that one file would name where modules name `caller`: the top is `main` there.
public func _kdbookCaller(_ caller: String) -> String {
    caller.wholeMatch(of: /(Cell|Values)\d+/) == nil ? caller : "main"
}

/// Compiles only where the value's type is `Sendable`.
public func _kdbookRequireSendable<Value: Sendable>(_ value: Value) {}

/// What cells have deferred to the program's end, in the order they did.
@MainActor private var deferred: [() -> Void] = []

/// Has something done at the end of the notebook's last cell, as `defer` at the top of one file does.
@MainActor public func _kdbookAtEnd(_ body: @escaping () -> Void) { deferred.append(body) }

/// Does what was deferred, the last first.
@MainActor public func _kdbookRunDeferred() { while let body = deferred.popLast() { body() } }

/// Leaves undone what was deferred so far.
@MainActor func forgetDeferred() { deferred.removeAll() }
