"""Values of scipy and statsmodels for the tests of Evidence, written as Swift."""

import itertools

import numpy
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

SAMPLES = {
    "few": [1.5, 0.25, -0.5, 4, 2.25, 0.75],
    "skewed": [0.1, 0.2, 0.05, 0.4, 3.1, 0.3, 0.9, 0.15],
    "tied": [1, 1, 0, 2, 1, 0, -1, 1, 2, 1],
    "small": [0.0031, -0.0012, 0.0044, 0.0027, 0.0005, -0.0008, 0.0061],
}


def number(value):
    return repr(float(value))


def numbers(values):
    return "[" + ", ".join(number(value) for value in values) + "]"


def table(rows):
    return "[" + ", ".join(numbers(row) for row in rows) + "]"


def entries(name, kind, rows):
    print(f"    static let {name}: [{kind}] = [")
    for row in rows:
        print(f"        ({', '.join(row)}),")
    print("    ]")


def t_rows():
    degrees = [0.5, 1, 2, 2.7, 5, 7, 19, 39.5, 200, 5000]
    for v in degrees:
        for t in [-40, -6, -2.5, -1, -0.01, 0, 0.3, 2, 4.5]:
            yield number(v), number(t), number(stats.t.cdf(t, v))


def quantile_rows():
    for v in [0.5, 1, 2, 2.7, 5, 7, 19, 39.5, 200, 5000]:
        for p in [1e-6, 0.005, 0.025, 0.05, 0.4, 0.75, 0.975, 0.995]:
            yield number(v), number(p), number(stats.t.ppf(p, v))


def mean_rows():
    for values in SAMPLES.values():
        for confidence in [0.9, 0.95]:
            result = stats.ttest_1samp(values, 0)
            interval = result.confidence_interval(confidence)
            ps = [stats.ttest_1samp(values, 0.2, alternative=a).pvalue for a in ["two-sided", "greater", "less"]]
            margin = 1.5
            tost = DescrStatsW(values).ttost_mean(-margin, margin)[0]
            yield (
                numbers(values), number(confidence), number(interval.low), number(interval.high), numbers(ps),
                number(tost),
            )


def corrected_rows():
    """Nadeau and Bengio's: a t of the mean over sqrt((1/J + n2/n1) s^2), written out."""
    for values in SAMPLES.values():
        for ratio in [1 / 9, 0.5, 1]:
            mean = numpy.mean(values)
            error = numpy.sqrt(numpy.var(values, ddof=1) * (1 / len(values) + ratio))
            low, high = stats.t.interval(0.95, len(values) - 1, mean, error)
            p = 2 * stats.t.sf(abs(mean / error), len(values) - 1)
            yield numbers(values), number(ratio), number(low), number(high), number(p)


def two_way_rows():
    """Mean squares from least squares with dummies, not from the formulas that the library uses."""
    generator = numpy.random.default_rng(1)
    for starts, items, between in [(4, 7, 1), (6, 5, 0.3), (8, 12, 3)]:
        values = numpy.round(
            0.4 + between * generator.normal(size=(starts, 1)) + 1.5 * generator.normal(size=(1, items))
            + 0.5 * generator.normal(size=(starts, items)), 3)
        a, b = values.shape
        row, column = [index.ravel() for index in numpy.indices(values.shape)]

        def residual(*factors):
            design = numpy.column_stack([numpy.ones(a * b)] + [f == level for f in factors for level in set(f)])
            fit = design @ numpy.linalg.lstsq(design, values.ravel(), rcond=None)[0]
            return ((values.ravel() - fit) ** 2).sum()

        rest = residual(row, column)
        ms_rest = rest / ((a - 1) * (b - 1))
        ms_starts = (residual(column) - rest) / (a - 1)
        ms_items = (residual(row) - rest) / (b - 1)
        combined = ms_starts + ms_items - ms_rest
        assert combined > ms_starts
        degrees = combined**2 / (
            ms_starts**2 / (a - 1) + ms_items**2 / (b - 1) + ms_rest**2 / ((a - 1) * (b - 1)))
        low, high = stats.t.interval(0.95, degrees, values.mean(), numpy.sqrt(combined / (a * b)))
        yield table(values), number(degrees), number(low), number(high)


def cluster_rows():
    for groups in [[[1, 2], [0.5], [3, 2.5, 2], [-1, 0]], [[0.2, 0.3], [0.1, 0.4], [0.6, 0.5], [0.9, 0.2], [0.3, 0.3]]]:
        interval = stats.ttest_1samp([numpy.mean(group) for group in groups], 0).confidence_interval(0.95)
        yield table(groups), number(interval.low), number(interval.high)


def studentized_rows():
    """The quantiles of t* over all n^n resamples, those without spread at the ends."""
    for values in [[1.5, 0.25, -0.5, 4, 2.25], [3, 1, -2, 4, 9], [1.37, 0.21, -0.52, 3.96, 2.11]]:
        values = numpy.array(values)
        resamples = numpy.array(list(itertools.product(values, repeat=len(values))))
        errors = resamples.std(axis=1, ddof=1) / numpy.sqrt(len(values))
        same = (resamples == resamples[:, :1]).all(axis=1)
        deviations = resamples.mean(axis=1) - values.mean()
        deviations[abs(deviations) < 1e-12] = 0
        statistic = numpy.where(
            same, numpy.where(deviations == 0, 0, numpy.copysign(numpy.inf, deviations)),
            deviations / numpy.where(same, 1, errors))
        error = values.std(ddof=1) / numpy.sqrt(len(values))
        low, high = values.mean() - error * numpy.quantile(statistic, [0.95, 0.05])
        yield numbers(values), number(low), number(high)


print(f"// Made by script/record-evidence-references: scipy {scipy.__version__}, statsmodels {statsmodels.__version__}.")
print("// swift-format-ignore-file")
print()
print("enum EvidenceReferences {")
print("    /// Degrees of freedom, t, `stats.t.cdf(t, v)`.")
entries("cumulative", "(Double, Double, Double)", t_rows())
print("    /// Degrees of freedom, p, `stats.t.ppf(p, v)`.")
entries("quantiles", "(Double, Double, Double)", quantile_rows())
print("    /// Values, confidence, `ttest_1samp(values, 0).confidence_interval`; p at 0.2, two-sided, greater and less;")
print("    /// `DescrStatsW(values).ttost_mean(-1.5, 1.5)`.")
entries("means", "([Double], Double, Double, Double, [Double], Double)", mean_rows())
print("    /// Values, n2/n1, the corrected interval at 95 % and p at 0.")
entries("corrected", "([Double], Double, Double, Double, Double)", corrected_rows())
print("    /// Starts × items, degrees of freedom, interval at 95 %.")
entries("startsAndItems", "([[Double]], Double, Double, Double)", two_way_rows())
print("    /// Clusters, `ttest_1samp(means, 0).confidence_interval(0.95)`.")
entries("clusters", "([[Double]], Double, Double)", cluster_rows())
print("    /// Values, the studentised interval at 90 % from all resamples.")
entries("studentized", "([Double], Double, Double)", studentized_rows())
print("}")
