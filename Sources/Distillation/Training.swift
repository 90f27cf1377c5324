public import Datasets
internal import Tensors

extension Network {
    /// Trains on labelled images; as the method on ``Examples``, which says how.
    @discardableResult
    public mutating func train(
        on images: LabelledImages, objective: Objective = .crossEntropy, optimizer: Optimizer = .adam(),
        schedule: LearningRateSchedule = .constant, epochs: Int, batchSize: Int = 128, seed: UInt64,
        validation: LabelledImages? = nil, jitter: Int = 0,
        progress: (TrainingHistory.Epoch) -> Void = { _ in }
    ) -> TrainingHistory {
        train(
            on: Examples(images), objective: objective, optimizer: optimizer, schedule: schedule, epochs: epochs,
            batchSize: batchSize, seed: seed, validation: validation.map { Examples($0) }, jitter: jitter,
            progress: progress)
    }

    /// Makes the objective small on `examples` by steps over shuffled batches; dropout is on in every step.
    ///
    /// Epoch e (from 0) takes the samples in the order of `permutation(of: examples.count)` of the stream
    /// (seed, shuffle, e, 0), `batchSize` at a time, the last batch having what is left. The result depends on
    /// the arguments alone, not on the processor nor on the number of threads.
    /// - Parameters:
    ///   - schedule: How the optimiser's learning rate changes from the first step to the last.
    ///   - validation: Examples to judge the network by after each epoch.
    ///   - jitter: The most pixels by which each training image is moved, drawn anew in each epoch.
    ///   - progress: Called after each epoch.
    /// - Returns: What each epoch's losses were.
    /// - Precondition: the examples have the network's inputs, and the objective's matrices a row a sample.
    @discardableResult
    public mutating func train(
        on examples: Examples, objective: Objective = .crossEntropy, optimizer: Optimizer = .adam(),
        schedule: LearningRateSchedule = .constant, epochs: Int, batchSize: Int = 128, seed: UInt64,
        validation: Examples? = nil, jitter: Int = 0,
        progress: (TrainingHistory.Epoch) -> Void = { _ in }
    ) -> TrainingHistory {
        precondition(batchSize > 0, "a batch needs at least one sample, not \(batchSize)")
        checkInputs(of: examples)
        let run = TrainingRun(
            self, examples: examples,
            objective: PreparedObjective(
                objective, labels: examples.labels, count: examples.count, classes: outputs),
            optimizer: optimizer, schedule: schedule, epochs: epochs,
            batchSize: min(batchSize, max(examples.count, 1)), seed: seed, jitter: jitter)
        var history = TrainingHistory()
        for index in 0..<epochs {
            let loss = run.epoch(index)
            if validation != nil || index == epochs - 1 { parameters = run.parameters }
            let scores = validation.map { evaluate(on: $0) }
            let epoch = TrainingHistory.Epoch(
                number: index + 1, total: epochs, trainingLoss: loss, validationLoss: scores?.nll,
                validationAccuracy: scores?.accuracy)
            history.epochs.append(epoch)
            progress(epoch)
        }
        return history
    }

    func checkInputs(of examples: Examples) {
        precondition(
            examples.inputCount == inputs,
            "examples of \(examples.count)×\(examples.inputCount) for a network of \(inputs) inputs")
    }
}

/// The loop over the batches of an epoch, with the memory it works in.
private final class TrainingRun {
    private let workspace: Workspace
    private let examples: Examples
    private let objective: PreparedObjective
    private let schedule: LearningRateSchedule
    private let epochs: Int
    private let batchSize: Int
    private let seed: UInt64
    private let jitter: Int
    private let drops: Bool
    /// Whether the batches are numbers rather than the images' bytes.
    private let ownInput: Bool
    private var optimizer: OptimizerState

    init(
        _ network: Network, examples: Examples, objective: PreparedObjective, optimizer: Optimizer,
        schedule: LearningRateSchedule, epochs: Int, batchSize: Int, seed: UInt64, jitter: Int
    ) {
        schedule.check()
        let drops = network.layout.inputDropout > 0 || network.layout.stages.contains { $0.dropout > 0 }
        ownInput = jitter > 0 || network.layout.inputDropout > 0 || !examples.areImages
        workspace = Workspace(network, capacity: batchSize, training: true, ownInput: ownInput)
        self.examples = examples
        self.objective = objective
        self.schedule = schedule
        self.epochs = epochs
        self.optimizer = OptimizerState(optimizer, count: workspace.layout.alignedCount)
        self.batchSize = batchSize
        self.seed = seed
        self.jitter = jitter
        self.drops = drops
    }

    var parameters: [Float] { workspace.parameters(in: workspace.weights) }

    /// One pass over the examples; returns the mean loss.
    func epoch(_ epoch: Int) -> Double {
        var stream = RandomStream(seed: seed, purpose: .shuffle, epoch: epoch)
        let order = stream.permutation(of: examples.count).map(Int32.init)
        var loss = 0.0
        order.withUnsafeBufferPointer { order in
            for (step, start) in stride(from: 0, to: order.count, by: batchSize).enumerated() {
                let end = min(start + batchSize, order.count)
                let batch = UnsafeBufferPointer(rebasing: order[start..<end])
                loss += train(on: batch, following: order.count - end, epoch: epoch, step: step)
            }
        }
        return loss / Double(max(order.count, 1))
    }

    private func train(on batch: UnsafeBufferPointer<Int32>, following: Int, epoch: Int, step: Int) -> Double {
        let input = workspace.input.base
        let own = Factor.numbers(workspace.inputView(rows: batch.count))
        var loss = 0.0
        if jitter > 0 {
            let stream = RandomStream(seed: seed, purpose: .jitter, epoch: epoch, step: step)
            examples.fill(input, with: batch, jitter: jitter, stream: stream)
            loss = self.step(own, batch, epoch: epoch, step: step)
        } else if ownInput {
            examples.fill(input, with: batch)
            loss = self.step(own, batch, epoch: epoch, step: step)
        } else {
            examples.withBatch(batch, following: following, room: input) {
                loss = self.step($0, batch, epoch: epoch, step: step)
            }
        }
        return loss
    }

    /// One step along the gradient of the batch `x`; returns the sum of its losses.
    private func step(_ x: Factor, _ batch: UnsafeBufferPointer<Int32>, epoch: Int, step: Int) -> Double {
        let dropout = drops ? Workspace.DropoutKey(seed: seed, epoch: epoch, step: step) : nil
        workspace.forward(x, dropout: dropout)
        let loss = objective.evaluate(
            workspace.logits(rows: x.rows), order: batch.baseAddress, gradient: workspace.logitGradient(rows: x.rows))
        let steps = (examples.count + batchSize - 1) / batchSize
        optimizer.advance(
            rateFactor: schedule.factor(step: epoch * steps + step, of: epochs * steps, epoch: epoch))
        workspace.backward(x, dropout: dropout, into: .update(optimizer))
        return loss
    }
}
