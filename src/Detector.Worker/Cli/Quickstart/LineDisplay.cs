using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The display off a terminal: a line for each change of a series' state and for each alert.</summary>
internal sealed class LineDisplay(TextWriter output) : IQuickstartDisplay
{
    public void Run(QuickstartSession session, CancellationToken stop)
    {
        var phases = new Dictionary<string, SlotPhase>(StringComparer.Ordinal);
        int alerts = 0;
        bool stopping;
        do
        {
            stopping = stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(100));
            foreach (SeriesState series in session.Series)
            {
                SlotPhase phase = series.Slot.Phase;
                if (phases.TryGetValue(series.Key, out SlotPhase known) && known == phase)
                    continue;
                phases[series.Key] = phase;
                output.WriteLine($"{session.Elapsed:mm\\:ss} {series.Key}: {Words(phase, series)}");
            }

            IReadOnlyList<Alert> all = session.Alerts.All;
            for (; alerts < all.Count; alerts++)
                output.WriteLine($"{session.Elapsed:mm\\:ss} {Line(all[alerts])}");
        }
        while (!stopping);
    }

    /// <summary>An alert in one line.</summary>
    public static string Line(Alert alert) => alert.State switch
    {
        AlertState.Resolved => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"RESOLVED {alert.Series} after {(alert.EndedAt - alert.StartedAt)?.TotalSeconds:F0} s, peak {alert.Peak.Score:F2}"),
        _ => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{alert.State.ToString().ToUpperInvariant()} {alert.Series} {alert.Severity.ToString().ToLowerInvariant()} at {alert.UpdatedAt:yyyy-MM-dd HH:mm:ss}: " +
            $"score {alert.Score:F2} > {alert.Threshold:F2}; {SeriesView.Explain(alert)}"),
    };

    private static string Words(SlotPhase phase, SeriesState series) => phase switch
    {
        SlotPhase.Warming => $"warming up, {series.Slot.Remaining():mm\\:ss} of its own time left",
        SlotPhase.Training => "training",
        _ => "watching",
    };
}
