public import Datasets

/// Images to learn from, with some of them held out to judge the learning by.
///
/// It is made from one set by splitting it, so that what training is stopped on is not what it is judged by in the end, unless
/// one goes out of one's way.
public struct HeldOut: Sendable {
    /// What is learned from.
    public let training: LabelledImages
    /// What is held out; never learned from.
    public let validation: LabelledImages

    fileprivate init(training: LabelledImages, validation: LabelledImages) {
        self.training = training
        self.validation = validation
    }
}

extension LabelledImages {
    /// The images without the last `count`, and those.
    /// - Precondition: something is left on both sides.
    public func holdingOut(_ count: Int) -> HeldOut {
        precondition(0 < count && count < self.count, "\(count) of \(self.count) images cannot be held out")
        let (training, validation) = split(trainingCount: self.count - count)
        return HeldOut(training: training, validation: validation)
    }
}

extension Network {
    /// Trains until the loss on held-out images has not fallen for `patience` epochs, at most `epochs`, and keeps the weights of
    /// the epoch with the least such loss (the first of equals).
    ///
    /// There is no such method that takes the images and what to stop on apart: a test set cannot be stopped on by mistake.
    /// - Parameter split: The objective's matrices have a row for each of its `training` images.
    /// - Returns: What each epoch's losses were, up to the last that was run.
    @discardableResult
    public mutating func train(
        on split: HeldOut, patience: Int, objective: Objective = .crossEntropy, optimizer: Optimizer = .adam(),
        schedule: LearningRateSchedule = .constant, epochs: Int, batchSize: Int = 128, seed: UInt64, jitter: Int = 0,
        progress: (TrainingHistory.Epoch) -> Void = { _ in }
    ) -> TrainingHistory {
        precondition(patience > 0, "patience must be at least 1 epoch, not \(patience)")
        let examples = Examples(split.training)
        checkInputs(of: examples)
        let run = TrainingRun(
            self, examples: examples,
            objective: PreparedObjective(
                objective, labels: examples.labels, count: examples.count, classes: outputs),
            optimizer: optimizer, schedule: schedule, epochs: epochs,
            batchSize: min(batchSize, max(examples.count, 1)), seed: seed, jitter: jitter)
        var history = TrainingHistory()
        var best = (loss: Double.infinity, epoch: 0, parameters: parameters)
        for index in 0..<epochs {
            let loss = run.epoch(index)
            parameters = run.parameters
            let scores = evaluate(on: split.validation)
            let epoch = TrainingHistory.Epoch(
                number: index + 1, total: epochs, trainingLoss: loss, validationLoss: scores.nll,
                validationAccuracy: scores.accuracy)
            history.epochs.append(epoch)
            progress(epoch)
            if scores.nll < best.loss { best = (scores.nll, index, parameters) }
            if index - best.epoch >= patience { break }
        }
        parameters = best.parameters
        return history
    }
}
