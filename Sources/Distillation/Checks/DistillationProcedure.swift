public import Datasets
public import Tensors

/// A way to distil, in the three parts that published code gets wrong, so that each can be checked; see ``problems(of:)``.
public struct DistillationProcedure {
    /// The mean over a batch of (1 − α)·CE(y, softmax z) + α·T²·KL(softmax(v/T) ‖ softmax(z/T)), and its gradient in the student's
    /// logits z; v are the teacher's.
    public typealias Loss = (
        _ student: Matrix, _ teacher: Matrix, _ labels: [Int], _ temperature: Double, _ softWeight: Double
    ) -> (loss: Double, gradient: Matrix)

    /// How the student is trained: by plain descent, all images in one batch.
    public struct Setting: Sendable {
        /// T, by which both sides' logits are divided.
        public var temperature = 4.0
        /// α, the soft loss's share.
        public var softWeight = 0.5
        /// The factor of the gradient in a step.
        public var learningRate = 0.5
        /// How often the images are learned from.
        public var epochs = 1

        /// One epoch at T = 4, α = ½ and a rate of ½.
        public init() {}

        /// Plain descent at ``learningRate``.
        public var optimizer: Optimizer { .sgd(learningRate: learningRate) }
    }

    /// The loss of a batch, and its gradient.
    public var loss: Loss
    /// The teacher's logits for each of the images `wanted`, of which it was asked when it saw `asked`.
    public var softLabels: (_ teacher: Network, _ asked: LabelledImages, _ wanted: LabelledImages) throws -> Matrix
    /// The student after its training by the teacher.
    public var train:
        (
            _ student: Network, _ teacher: Network, _ images: LabelledImages, _ setting: Setting
        ) throws -> Network

    /// A procedure of these three parts.
    public init(
        loss: @escaping Loss,
        softLabels: @escaping (_ teacher: Network, _ asked: LabelledImages, _ wanted: LabelledImages) throws -> Matrix,
        train:
            @escaping (
                _ student: Network, _ teacher: Network, _ images: LabelledImages, _ setting: Setting
            ) throws -> Network
    ) {
        self.loss = loss
        self.softLabels = softLabels
        self.train = train
    }

    /// The procedure as this library has it.
    public static var library: DistillationProcedure {
        DistillationProcedure(
            loss: { student, teacher, labels, temperature, softWeight in
                Objective.distillation(teacherLogits: teacher, temperature: temperature, softWeight: softWeight)
                    .evaluate(logits: student, labels: labels)
            },
            softLabels: { teacher, asked, wanted in try SoftLabels(of: teacher, on: asked).logits(for: wanted) },
            train: { student, teacher, images, setting in
                let softLabels = SoftLabels(of: teacher, on: images)
                var student = student
                student.train(
                    on: images,
                    objective: .distillation(
                        teacherLogits: try softLabels.logits(for: images), temperature: setting.temperature,
                        softWeight: setting.softWeight),
                    optimizer: setting.optimizer, epochs: setting.epochs, batchSize: images.count, seed: 1)
                return student
            })
    }
}
