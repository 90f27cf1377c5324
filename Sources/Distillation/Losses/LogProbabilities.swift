import Tensors

/// −Σ pᵢ·ln qᵢ for logarithms ln q; 0·ln q = 0.
func crossEntropyOfLogs(_ p: [Double], _ logQ: [Double]) -> Double {
    -sum(p.count) { p[$0] == 0 ? 0 : p[$0] * logQ[$0] }
}

/// q − p for logarithms ln q.
func difference(_ logQ: [Double], _ p: [Double]) -> [Double] {
    zip(logQ, p).map { ReproducibleMath.exp($0) - $1 }
}

/// Σ pᵢ·(ln pᵢ − ln qᵢ) for logarithms; 0·ln 0 = 0.
func divergenceOfLogs(_ p: [Double], _ logP: [Double], _ logQ: [Double]) -> Double {
    sum(p.count) { p[$0] == 0 ? 0 : p[$0] * (logP[$0] - logQ[$0]) }
}
