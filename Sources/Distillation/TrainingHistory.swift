/// What a training run went through, epoch by epoch.
public struct TrainingHistory: Sendable, Hashable, Codable {
    /// One pass over the training examples.
    public struct Epoch: Sendable, Hashable, Codable {
        /// 1 for the first epoch.
        public let number: Int
        /// How many epochs the run has.
        public let total: Int
        /// The mean of the objective over the epoch's samples, each taken before its batch's step.
        public let trainingLoss: Double
        /// The mean negative log-likelihood of the validation examples after the epoch.
        public let validationLoss: Double?
        /// The share of the validation examples whose class is right after the epoch.
        public let validationAccuracy: Double?
    }

    /// The epochs, in order.
    public internal(set) var epochs: [Epoch] = []
}
