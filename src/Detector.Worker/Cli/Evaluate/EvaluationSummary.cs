using Detector.Models.Evaluation;

namespace Detector.Worker.Cli.Evaluate;

/// <summary>What an evaluation found, for machines. A figure that is not defined is null. Times are in seconds, shares between 0 and 1.</summary>
internal sealed record EvaluationSummary
{
    public double? AucRoc { get; init; }

    public double? AucPr { get; init; }

    public double? VusRoc { get; init; }

    public double? VusPr { get; init; }

    public double? F1 { get; init; }

    public double? Far { get; init; }

    public double? Mar { get; init; }

    public double? EventF1 { get; init; }

    public double? AffiliationF1 { get; init; }

    /// <summary>Median over the events found.</summary>
    public double? DetectionDelaySeconds { get; init; }

    public double? FalseAlarmsPerDay { get; init; }

    public double? Precision { get; init; }

    public double? Recall { get; init; }

    /// <summary>F1 at the best threshold there is: chosen with the labels in view.</summary>
    public double? BestF1 { get; init; }

    public double? AffiliationPrecision { get; init; }

    public double? AffiliationRecall { get; init; }

    public int? Events { get; init; }

    public int? EventsFound { get; init; }

    public int? FalseAlarms { get; init; }

    public int Files { get; init; }

    public int Rows { get; init; }

    public int AnomalousRows { get; init; }

    public int UnscoredRows { get; init; }

    /// <summary>Rows of scores without a label, left out.</summary>
    public int UnlabelledRows { get; init; }

    /// <summary>Buffer of the volumes in rows, one for each file.</summary>
    public required IReadOnlyList<int> VusWindow { get; init; }

    /// <summary>Names of figures that say little, since chance gets high ones.</summary>
    public IReadOnlyList<string> Inflated { get; } = ["pa_f1"];

    /// <summary>What chance gets for <see cref="PaF1"/>.</summary>
    public double? PaF1Random { get; init; }

    public double? PaF1 { get; init; }

    public static EvaluationSummary Of(IReadOnlyList<SeriesEvaluation> series, int unlabelled)
    {
        var pooled = new PooledEvaluation(series);
        VerdictEvaluation? verdicts = pooled.ByVerdict;
        return new EvaluationSummary
        {
            AucRoc = Defined(pooled.Mean(one => one.Ranking.AucRoc)),
            AucPr = Defined(pooled.Mean(one => one.Ranking.AucPr)),
            VusRoc = Defined(pooled.Mean(one => one.Volume.Roc)),
            VusPr = Defined(pooled.Mean(one => one.Volume.Pr)),
            F1 = Defined(verdicts?.Rows.F1),
            Far = Defined(verdicts?.Rows.FalseAlarmRate),
            Mar = Defined(verdicts?.Rows.MissRate),
            EventF1 = Defined(verdicts?.Events.F1),
            AffiliationF1 = Defined(verdicts?.Affiliation.F1),
            DetectionDelaySeconds = Defined(verdicts?.Events.MedianDelaySeconds),
            FalseAlarmsPerDay = Defined(verdicts?.Events.FalseAlarmsPerDay),
            Precision = Defined(verdicts?.Rows.Precision),
            Recall = Defined(verdicts?.Rows.Recall),
            BestF1 = Defined(pooled.Mean(one => one.Ranking.BestF1)),
            AffiliationPrecision = Defined(verdicts?.Affiliation.Precision),
            AffiliationRecall = Defined(verdicts?.Affiliation.Recall),
            Events = verdicts?.Events.Found + verdicts?.Events.Missed,
            EventsFound = verdicts?.Events.Found,
            FalseAlarms = verdicts?.Events.FalseAlarms,
            Files = series.Count,
            Rows = pooled.Rows,
            AnomalousRows = pooled.Anomalous,
            UnscoredRows = pooled.Unscored,
            UnlabelledRows = unlabelled,
            VusWindow = [.. series.Select(one => one.BufferWidth)],
            PaF1Random = Defined(verdicts?.AdjustedF1AtRandom),
            PaF1 = Defined(verdicts?.AdjustedF1),
        };
    }

    private static double? Defined(double? value) => value is { } number && !double.IsNaN(number) ? number : null;
}
