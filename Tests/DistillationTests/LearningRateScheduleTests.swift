import Distillation
import Tensors
import Testing

@Suite struct LearningRateScheduleTests {
    private static let schedules: [LearningRateSchedule] = [
        .constant, .linear(), .linear(to: 0.1), .cosine(), .cosine(to: 0.1), .exponential(factor: 0.9),
        .step(epochs: 3, factor: 0.5),
    ]

    /// The factor at each of `epochs` × `perEpoch` steps.
    private func factors(_ schedule: LearningRateSchedule, epochs: Int = 10, perEpoch: Int = 7) -> [Double] {
        (0..<epochs * perEpoch).map { schedule.factor(step: $0, of: epochs * perEpoch, epoch: $0 / perEpoch) }
    }

    @Test(arguments: schedules) func aScheduleStartsAtTheOptimisersRateAndNeverRises(schedule: LearningRateSchedule) {
        let factors = factors(schedule)
        #expect(factors[0] == 1)
        #expect(zip(factors, factors.dropFirst()).allSatisfy { $0 >= $1 && $1 > 0 })
    }

    @Test func schedulesFollowTheirFormulas() {
        #expect(factors(.linear(to: 0.2))[35] == 0.6)
        #expect(abs(factors(.cosine())[35] - 0.5) < 1e-12)
        #expect(abs(factors(.cosine(to: 0.2))[35] - 0.6) < 1e-12)
        // (1 + cos π/4)/2
        #expect(abs(LearningRateSchedule.cosine().factor(step: 1, of: 4, epoch: 0) - 0.853_553_390_593) < 1e-12)
        #expect(abs(factors(.exponential(factor: 0.5))[69] - 1 / 512) < 1e-12)
        #expect(factors(.step(epochs: 4, factor: 0.5))[27] == 1)
        #expect(factors(.step(epochs: 4, factor: 0.5))[28] == 0.5)
        #expect(factors(.step(epochs: 4, factor: 0.5))[69] == 0.25)
    }

    /// One epoch of one batch: the first step of a run has the optimiser's own rate.
    @Test(arguments: schedules) func theFirstStepIsThatOfAConstantRate(schedule: LearningRateSchedule) {
        let images = bars(count: 32, seed: 1)
        func stepped(_ schedule: LearningRateSchedule) -> [Float] {
            var network = Network(inputs: 784, seed: 3) { Dense(10) }
            network.train(on: images, schedule: schedule, epochs: 1, batchSize: 32, seed: 1)
            return network.parameters
        }
        #expect(stepped(schedule) == stepped(.constant))
    }

    /// Without momentum, a run in which the rate is halved after the first epoch is two runs.
    @Test func eachStepTakesItsOwnRate() {
        let x = Matrix.normal(rows: 8, columns: 5, seed: 1)
        let targets = Matrix.normal(rows: 8, columns: 2, seed: 2)
        func trained(_ network: Network, rate: Double, _ schedule: LearningRateSchedule, epochs: Int) -> Network {
            var network = network
            network.train(
                on: Examples(features: x), objective: .squaredError(targets: targets),
                optimizer: .sgd(learningRate: rate), schedule: schedule, epochs: epochs, batchSize: 8, seed: 1)
            return network
        }
        let start = Network(inputs: 5, seed: 1) { Dense(2) }
        let half = LearningRateSchedule.step(epochs: 1, factor: 0.5)
        let inOne = trained(start, rate: 0.125, half, epochs: 2).parameters
        let first = trained(start, rate: 0.125, .constant, epochs: 1)
        // The order within the only batch of the second epoch differs, and with it the rounding.
        let second = trained(first, rate: 0.0625, .constant, epochs: 1).parameters
        #expect(zip(inOne, second).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(
            zip(inOne, trained(start, rate: 0.125, .constant, epochs: 2).parameters).contains { abs($0 - $1) > 1e-3 })
    }
}
