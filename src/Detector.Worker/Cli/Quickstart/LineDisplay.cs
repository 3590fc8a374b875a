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
                output.WriteLine($"{session.Elapsed:mm\\:ss} {AlertText.Line(all[alerts])}");
        }
        while (!stopping);
    }

    private static string Words(SlotPhase phase, SeriesState series) => phase switch
    {
        SlotPhase.Warming => $"warming up, {series.Slot.Remaining():mm\\:ss} of its own time left",
        SlotPhase.Training => "training",
        _ => "watching",
    };
}
