import Engine
import Notebook

/// A run of a notebook at another value of its controls.
struct ControlledRun {
    let setting: ControlSetting
    let plan: Plan
    let record: Record
}
