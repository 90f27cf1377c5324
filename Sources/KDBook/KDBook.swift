// What `import KDBook` brings into a cell.
@_exported public import Charts
@_exported public import Datasets
@_exported public import Distillation
@_exported public import Evidence
@_exported public import Features
@_exported public import Frames
@_exported public import LocalTime
@_exported public import LossDiagnosis
@_exported public import Regression
@_exported public import Sequences
@_exported public import Tensors
