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
final class TrainingRun {
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
    private var ownParameters: LossParameters

    init(
        _ network: Network, examples: Examples, objective: PreparedObjective, optimizer: Optimizer,
        schedule: LearningRateSchedule, epochs: Int, batchSize: Int, seed: UInt64, jitter: Int
    ) {
        schedule.check()
        let layout = network.layout
        let drops = layout.inputDropout > 0 || layout.stages.contains { $0.dropout > 0 }
        ownInput = jitter > 0 || layout.inputDropout > 0 || layout.startsWithConvolution || !examples.areImages
        workspace = Workspace(network, capacity: batchSize, training: true, ownInput: ownInput)
        self.examples = examples
        self.objective = objective
        self.schedule = schedule
        self.epochs = epochs
        self.optimizer = OptimizerState(optimizer, count: workspace.layout.alignedCount)
        ownParameters = LossParameters(objective.initialParameters, optimizer: optimizer)
        self.batchSize = batchSize
        self.seed = seed
        self.jitter = jitter
        self.drops = drops
    }

    var parameters: [Float] { workspace.parameters(in: workspace.weights) }

    /// One pass over the examples; returns the mean loss.
    func epoch(_ epoch: Int) -> Double {
        var loss = 0.0
        forEachBatch(ofEpoch: epoch) { loss += train(on: $0, following: $1, epoch: epoch, step: $2) }
        return loss / Double(max(examples.count, 1))
    }

    /// Calls `body` with the samples of each batch, how many samples follow them in memory, and the batch's number.
    func forEachBatch(
        ofEpoch epoch: Int, _ body: (_ batch: UnsafeBufferPointer<Int32>, _ following: Int, _ step: Int) -> Void
    ) {
        var stream = RandomStream(seed: seed, purpose: .shuffle, epoch: epoch)
        let order = stream.permutation(of: examples.count).map(Int32.init)
        order.withUnsafeBufferPointer { order in
            for (step, start) in stride(from: 0, to: order.count, by: batchSize).enumerated() {
                let end = min(start + batchSize, order.count)
                body(UnsafeBufferPointer(rebasing: order[start..<end]), order.count - end, step)
            }
        }
    }

    /// The logits of a batch as the weights are now, nothing dropped.
    func logits(of batch: UnsafeBufferPointer<Int32>) -> Matrix {
        workspace.forward(batch, of: examples)
        let view = workspace.logits(rows: batch.count)
        return Matrix(rows: view.rows, columns: view.columns) {
            $0.base.update(from: view.base, count: view.rows * view.columns)
        }
    }

    /// One step along the gradient of a batch; returns the sum of its losses.
    func train(on batch: UnsafeBufferPointer<Int32>, following: Int, epoch: Int, step: Int) -> Double {
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
        let outcome = objective.evaluate(
            PreparedObjective.Pass(
                logits: workspace.logits(rows: x.rows), order: batch.baseAddress,
                gradient: workspace.logitGradient(rows: x.rows), progress: Double(epoch) / Double(max(epochs - 1, 1)),
                parameters: ownParameters.values, hidden: { [workspace] in workspace.hidden($0, rows: x.rows) }))
        let steps = (examples.count + batchSize - 1) / batchSize
        let rateFactor = schedule.factor(step: epoch * steps + step, of: epochs * steps, epoch: epoch)
        optimizer.advance(rateFactor: rateFactor)
        workspace.backward(x, dropout: dropout, into: .update(optimizer), hiddenGradients: outcome.hidden)
        ownParameters.update(by: outcome.parameters, rateFactor: rateFactor)
        return outcome.lossSum
    }
}

/// The parameters that an objective learns for itself, with the state of their optimiser.
private struct LossParameters {
    private let arena: Arena
    private var optimizer: OptimizerState

    init(_ initial: [Float], optimizer: Optimizer) {
        arena = Arena(count: initial.count)
        for (place, value) in initial.enumerated() { arena.base[place] = value }
        self.optimizer = OptimizerState(optimizer, count: initial.count)
    }

    var values: [Float] { arena.count == 0 ? [] : Array(UnsafeBufferPointer(start: arena.base, count: arena.count)) }

    mutating func update(by gradient: [Float], rateFactor: Double) {
        guard arena.count > 0 else { return }
        precondition(gradient.count == arena.count, "\(gradient.count) gradients of \(arena.count) parameters")
        optimizer.advance(rateFactor: rateFactor)
        gradient.withUnsafeBufferPointer { gradient in
            guard let base = gradient.baseAddress else { return }
            Kernels.update(
                arena.base, gradient: base, state: optimizer.state(at: 0), count: arena.count, by: optimizer.step)
        }
    }
}
