using Detector.Models.Evaluation;
using Detector.Models.Thresholds;

namespace Detector.Benchmarks.Accuracy;

/// <summary>
/// The figures of a set, by name: rankings averaged over the series that have an anomaly, rows and events of all series pooled.
/// Several of them, one for each seed, are averaged.
/// </summary>
internal sealed class SetFigures
{
    public const string VusPr = "VUS-PR", VusRoc = "VUS-ROC", AucPr = "AUC-PR", BestF1 = "best F1", F1 = "F1", FalseAlarmShare = "FAR %", MissRate = "MAR %",
        EventF1 = "event F1", FalseAlarms = "false alarms", Stated = "stated", Train = "train s", Score = "score s", Metrics = "metrics s";

    private readonly Dictionary<string, double> _figures;

    private SetFigures(Dictionary<string, double> figures, IReadOnlyList<string> own)
    {
        _figures = figures;
        Own = own;
    }

    /// <summary>Names of the figures that only this set has.</summary>
    public IReadOnlyList<string> Own { get; }

    public double this[string name] => _figures[name];

    public static SetFigures Of(IPublicSet set, IReadOnlyList<CaseOutcome> outcomes, IReadOnlyList<TestFigures> tests, double metricSeconds)
    {
        ScoredTest[] scored = [.. outcomes.SelectMany(outcome => outcome.Tests)];
        TestFigures[] ranked = [.. tests.Where(test => !double.IsNaN(test.Ranking.AucPr))];
        Confusion rows = tests.Aggregate(default(Confusion), (sum, test) => sum + test.Rows);
        EventOutcomes events = tests.Aggregate(EventOutcomes.None, (sum, test) => sum.Add(test.Events));
        EventOutcomes after = tests.Aggregate(EventOutcomes.None, (sum, test) => sum.Add(test.AfterTraining));
        var figures = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [VusPr] = Mean(ranked, test => test.Volume.Pr),
            [VusRoc] = Mean(ranked, test => test.Volume.Roc),
            [AucPr] = Mean(ranked, test => test.Ranking.AucPr),
            [BestF1] = Mean(ranked, test => test.Ranking.BestF1),
            [F1] = rows.F1,
            [FalseAlarmShare] = 100 * rows.FalseAlarmRate,
            [MissRate] = 100 * rows.MissRate,
            [EventF1] = events.F1,
            [FalseAlarms] = after.FalseAlarms,
            [Stated] = outcomes[0].StatedPerDay * after.NormalTime.TotalDays,
            [Train] = outcomes.Sum(outcome => outcome.TrainSeconds),
            [Score] = outcomes.Sum(outcome => outcome.ScoreSeconds),
            [Metrics] = metricSeconds,
        };
        foreach ((string name, FalseAlarmRate rate) in StatedRates.All)
            (figures[name + Stated], figures[name], figures[name + FalseAlarmShare]) = StatedRates.Count(outcomes, rate);
        (string Name, double Value)[] own = [.. set.OwnFigures(scored)];
        foreach ((string name, double value) in own)
            figures[name] = value;
        return new SetFigures(figures, [.. own.Select(figure => figure.Name)]);
    }

    /// <summary>VUS-PR of each seed, the only one when there was but one.</summary>
    public IReadOnlyList<double> Seeds { get; private init; } = [];

    /// <summary>The mean of each figure.</summary>
    public static SetFigures Mean(IReadOnlyList<SetFigures> seeds) =>
        new(seeds[0]._figures.Keys.ToDictionary(name => name, name => seeds.Average(seed => seed[name]), StringComparer.Ordinal), seeds[0].Own)
        {
            Seeds = [.. seeds.Select(seed => seed[VusPr])],
        };

    private static double Mean(TestFigures[] tests, Func<TestFigures, double> figure) => tests.Length == 0 ? double.NaN : tests.Average(figure);
}
