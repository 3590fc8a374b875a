namespace Detector.Models.Evaluation.Injection;

/// <summary>How a model did on made-up anomalies of one kind.</summary>
/// <param name="Events">Events there were.</param>
/// <param name="Found">Of those, how many had a row that was called anomalous.</param>
/// <param name="AucPr">How well its scores rank the rows of the events above normal ones, 0…1; NaN without any event.</param>
public readonly record struct InjectionOutcome(InjectedKind Kind, int Events, int Found, double AucPr)
{
    /// <summary>Share of the events that were found, 0…1; NaN without any.</summary>
    public double Detection => Events == 0 ? double.NaN : (double)Found / Events;

    /// <param name="scores">(N) higher = more anomalous; negative infinity for a row that could not be scored.</param>
    /// <param name="verdicts">(N) rows called anomalous.</param>
    /// <param name="wake">Rows behind an event that count neither as normal nor as anomalous: a window that still holds some of it may well say so.</param>
    public static InjectionOutcome Of(InjectedKind kind, InjectedSeries series, ReadOnlySpan<double> scores, ReadOnlySpan<bool> verdicts, int wake)
    {
        int found = 0;
        foreach (InjectedEvent injected in series.Events)
            found += verdicts.Slice(injected.Rows.First, injected.Rows.Length).Contains(true) ? 1 : 0;
        var ranked = new List<(double Score, bool Label)>(scores.Length);
        int last = int.MinValue / 2; // row of an event
        for (int row = 0; row < scores.Length; row++)
        {
            last = series.Labels[row] ? row : last;
            if (row == last || row - last > wake)
                ranked.Add((scores[row], series.Labels[row]));
        }

        double area = Ranking.Of(new LabelledScores([.. ranked.Select(row => row.Score)], [.. ranked.Select(row => row.Label)])).AucPr;
        return new InjectionOutcome(kind, series.Events.Count, found, area);
    }

    /// <summary>Both together: events added up, rankings averaged by events.</summary>
    public InjectionOutcome Add(InjectionOutcome other)
    {
        int events = Events + other.Events;
        double area = Events == 0 ? other.AucPr : other.Events == 0 ? AucPr : ((Events * AucPr) + (other.Events * other.AucPr)) / events;
        return new InjectionOutcome(Kind, events, Found + other.Found, area);
    }
}
