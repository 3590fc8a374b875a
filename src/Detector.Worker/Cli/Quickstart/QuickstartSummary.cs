using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>What is known to have happened, held against the alerts that were published.</summary>
internal sealed class QuickstartSummary
{
    /// <summary>After a fault the process settles and windows still hold its samples: an alert so soon after it is no false one.</summary>
    private static readonly TimeSpan s_aftermath = TimeSpan.FromMinutes(5);

    private QuickstartSummary(IReadOnlyList<FaultReport> faults, IReadOnlyList<Alert> falseAlarms)
    {
        Faults = faults;
        FalseAlarms = falseAlarms;
    }

    /// <summary>Every event that was found, or could have been, in order.</summary>
    public IReadOnlyList<FaultReport> Faults { get; }

    /// <summary>Alerts that fired when nothing was wrong.</summary>
    public IReadOnlyList<Alert> FalseAlarms { get; }

    public int Found => Faults.Count(fault => fault.Alert is not null);

    public int Missed => Faults.Count - Found;

    /// <summary>Median event time from an event's first sample to its alert; null when none was found.</summary>
    public TimeSpan? MedianDelay
    {
        get
        {
            TimeSpan[] delays = [.. Faults.Select(fault => fault.Delay).OfType<TimeSpan>().Order()];
            return delays.Length == 0 ? null : delays[delays.Length / 2];
        }
    }

    /// <param name="events">What went wrong, as far as samples of it were read.</param>
    /// <param name="firing">The alerts of state firing.</param>
    public static QuickstartSummary Of(IReadOnlyList<KnownEvent> events, IReadOnlyList<Alert> firing)
    {
        var faults = new List<FaultReport>();
        foreach (KnownEvent known in events)
        {
            Alert? alert = firing.FirstOrDefault(candidate => Falls(candidate, known, TimeSpan.Zero));
            if (alert is null && !known.Counts)
                continue;
            bool? explained = alert is null || known.Features.Count == 0
                ? null
                : known.Features.Contains(alert.Features[0].Name, StringComparer.Ordinal);
            faults.Add(new FaultReport($"{known.Series}: {known.Title}", known.Start, alert, explained));
        }

        return new QuickstartSummary(faults, [.. firing.Where(alert => !events.Any(known => Falls(alert, known, s_aftermath)))]);
    }

    private static bool Falls(Alert alert, KnownEvent known, TimeSpan aftermath) =>
        alert.Series == known.Series && alert.UpdatedAt >= known.Start && alert.StartedAt <= known.End + aftermath;
}
