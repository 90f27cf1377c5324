internal import CKernels

/// One step of an optimiser, as plain numbers.
package struct UpdateStep: Sendable {
    let update: kd_update

    /// w − rate · (g + weightDecay·w); with a momentum that is not 0, m = momentum·m + g and w − rate · m.
    package static func descent(rate: Double, momentum: Double, weightDecay: Double) -> UpdateStep {
        var update = kd_update()
        update.rule = momentum == 0 ? KD_DESCENT : KD_MOMENTUM
        update.rate = Float(rate)
        update.first_decay = Float(momentum)
        update.weight_decay = Float(weightDecay)
        return UpdateStep(update: update)
    }

    /// Adam at the step for which `power1` is β₁ᵗ and `power2` is β₂ᵗ.
    package static func adam(
        rate: Double, beta1: Double, beta2: Double, power1: Double, power2: Double, epsilon: Double,
        weightDecay: Double
    ) -> UpdateStep {
        var update = kd_update()
        update.rule = KD_ADAM
        update.rate = Float(rate / (1 - power1))
        update.first_decay = Float(beta1)
        update.first_share = Float(1 - beta1)
        update.second_decay = Float(beta2)
        update.second_share = Float(1 - beta2)
        update.second_correction = Float(1 / (1 - power2).squareRoot())
        update.epsilon = Float(epsilon)
        update.weight_decay = Float(weightDecay)
        return UpdateStep(update: update)
    }

    /// The same step without weight decay, as biases take it.
    package var withoutWeightDecay: UpdateStep {
        var update = update
        update.weight_decay = 0
        return UpdateStep(update: update)
    }
}
