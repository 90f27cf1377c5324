public import Datasets
internal import Synchronization
internal import Tensors

/// Trains networks together, each with labels and with what the others say at the time (deep mutual learning): network k
/// makes CE(y, softmax z_k) + Σ_{l ≠ k} w/(m − 1)·KL(softmax z_l ‖ softmax z_k) small for m networks.
///
/// All take the same batches, in the order that ``Network/train`` takes them for
/// of `seed` does. In each batch they step one after the other, each against what the others say after their last step, nothing of
/// it dropped. Where networks drop, all draw the same random numbers.
/// Source: Zhang, Xiang, Hospedales, Lu, CVPR 2018, equations 5–7 and algorithm 1.
/// - Parameter peerWeight: w.
/// - Returns: The networks, trained.
/// - Precondition: there are at least two networks, all with the images' inputs and as many outputs.
public func trainMutually(
    _ networks: [Network], on images: LabelledImages, peerWeight: Double = 1, optimizer: Optimizer = .adam(),
    schedule: LearningRateSchedule = .constant, epochs: Int, batchSize: Int = 128, seed: UInt64
) -> [Network] {
    precondition(networks.count > 1, "mutual learning needs at least two networks, not \(networks.count)")
    let examples = Examples(images)
    let peers = networks.map { _ in PeerLogits() }
    let runs = zip(networks, peers).map { network, peers in
        network.checkInputs(of: examples)
        precondition(
            network.outputs == networks[0].outputs, "networks of \(networks[0].outputs) and \(network.outputs) outputs")
        let objective = Objective.crossEntropy + peerWeight * .batch(PeerLoss(peers: peers))
        return TrainingRun(
            network, examples: examples,
            objective: PreparedObjective(
                objective, labels: examples.labels, count: examples.count, classes: network.outputs),
            optimizer: optimizer, schedule: schedule, epochs: epochs,
            batchSize: min(batchSize, max(examples.count, 1)), seed: seed, jitter: 0)
    }
    for epoch in 0..<epochs {
        runs[0].forEachBatch(ofEpoch: epoch) { batch, _, step in
            var logits = runs.map { $0.logits(of: batch) }
            for (index, run) in runs.enumerated() {
                peers[index].set(logits.indices.filter { $0 != index }.map { logits[$0] })
                _ = run.train(on: batch, following: 0, epoch: epoch, step: step)
                logits[index] = run.logits(of: batch)
            }
        }
    }
    return zip(networks, runs).map { network, run in
        var trained = network
        trained.setParameters(run.parameters)
        return trained
    }
}

/// What the other networks say of the batch at hand.
final class PeerLogits: Sendable {
    private let logits = Mutex<[Matrix]>([])

    func set(_ logits: [Matrix]) { self.logits.withLock { $0 = logits } }
    var current: [Matrix] { logits.withLock { $0 } }
}

/// The mean over the peers of KL(softmax z_l ‖ softmax z); gradient (softmax z − mean over l of softmax z_l)/N.
struct PeerLoss: BatchLoss {
    let peers: PeerLogits

    func evaluate(_ batch: Batch, parameters: [Float]) -> LossGradients {
        let others = peers.current
        let share = 1 / Double(max(others.count, 1))
        return meanOverRows(batch) { r, z in
            let logQ = logSoftmax(z)
            var loss = 0.0
            var mean = Array(repeating: 0.0, count: z.count)
            for other in others {
                let logP = logSoftmax(other.doubles(r))
                let p = logP.map(ReproducibleMath.exp)
                loss += share * divergenceOfLogs(p, logP, logQ)
                for i in z.indices { mean[i] += share * p[i] }
            }
            return (loss, difference(logQ, mean))
        }
    }
}
