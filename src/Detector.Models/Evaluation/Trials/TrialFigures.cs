namespace Detector.Models.Evaluation.Trials;

/// <summary>How a model did on held-out normal rows and on made-up anomalies in them.</summary>
/// <param name="Days">Time that the normal rows stand for, days.</param>
/// <param name="FalseAlarms">Episodes on the normal rows, by the model's own threshold.</param>
/// <param name="Flagged">Share of the normal rows above the threshold, 0…1.</param>
/// <param name="Expected">Episodes that the stated rate of false alarms allows in that time.</param>
/// <param name="Events">Made-up anomalies there were.</param>
/// <param name="Found">Of those, how many had a row above the threshold.</param>
/// <param name="Seen">Of those, how many had a row that scores above all but <see cref="ModelTrial.EqualShare"/> of the model's own normal rows: what both
/// models would find if they gave equally many false alarms.</param>
/// <param name="AucPr">How well scores rank the rows of events above normal ones, 0…1; mean over the kinds.</param>
public sealed record TrialFigures(double Days, int FalseAlarms, double Flagged, double Expected, int Events, int Found, int Seen, double AucPr)
{
    /// <summary>Those of several series together: numbers are added, shares and areas are means by the days and events of each.</summary>
    /// <param name="series">At least one.</param>
    public static TrialFigures Of(IReadOnlyList<TrialFigures> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Count == 1)
            return series[0];
        double days = series.Sum(one => one.Days);
        int events = series.Sum(one => one.Events);
        return new TrialFigures(
            days, series.Sum(one => one.FalseAlarms), days > 0 ? series.Sum(one => one.Flagged * one.Days) / days : 0, series.Sum(one => one.Expected), events,
            series.Sum(one => one.Found), series.Sum(one => one.Seen), events > 0 ? series.Sum(one => one.AucPr * one.Events) / events : 0);
    }
}
