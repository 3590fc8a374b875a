namespace Detector.Models.Evaluation;

/// <summary>
/// Verdicts counted by event, as an operator sees them (Hundman et al., "Detecting Spacecraft Anomalies Using LSTMs", KDD 2018): an event is found
/// if one of its rows is called anomalous; an episode of which no row lies in an event is a false alarm.
/// </summary>
/// <param name="Found">Events found.</param>
/// <param name="Missed">Events not found.</param>
/// <param name="FalseAlarms">Episodes outside of every event.</param>
/// <param name="Delays">For each event found, the time from its first row to the first of its rows that was called anomalous.</param>
/// <param name="NormalTime">Time that the normal rows stand for: their number times the sampling period.</param>
public sealed record EventOutcomes(int Found, int Missed, int FalseAlarms, IReadOnlyList<TimeSpan> Delays, TimeSpan NormalTime)
{
    /// <summary>Nothing counted yet.</summary>
    public static EventOutcomes None { get; } = new(0, 0, 0, [], TimeSpan.Zero);

    /// <summary>2 found / (2 found + missed + false alarms); NaN without events and alarms.</summary>
    public double F1 => Found + Missed + FalseAlarms == 0 ? double.NaN : 2.0 * Found / ((2 * Found) + Missed + FalseAlarms);

    /// <summary>Episodes outside of events for each day of normal operation; NaN without any normal row.</summary>
    public double FalseAlarmsPerDay => NormalTime > TimeSpan.Zero ? FalseAlarms / NormalTime.TotalDays : double.NaN;

    /// <summary>Median of <see cref="Delays"/> in seconds; NaN when nothing was found.</summary>
    public double MedianDelaySeconds =>
        Delays.Count == 0 ? double.NaN : Statistics.Quantiles.Median([.. Delays.Select(delay => delay.TotalSeconds)]);

    /// <param name="ticks">(N) UTC ticks of the rows, ascending.</param>
    /// <param name="verdicts">(N) rows called anomalous.</param>
    /// <param name="labels">(N) rows that are.</param>
    /// <param name="mergeGap">Anomalous rows no further apart than this are one episode; neighbouring rows always are.</param>
    /// <exception cref="ArgumentException">Lengths that differ, or times that do not ascend.</exception>
    public static EventOutcomes Of(ReadOnlySpan<long> ticks, ReadOnlySpan<bool> verdicts, ReadOnlySpan<bool> labels, TimeSpan mergeGap)
    {
        if (ticks.Length != labels.Length || verdicts.Length != labels.Length)
            throw new ArgumentException($"There are {ticks.Length} times, {verdicts.Length} verdicts and {labels.Length} labels; each row needs one of all.", nameof(labels));
        for (int i = 1; i < ticks.Length; i++)
        {
            if (ticks[i] <= ticks[i - 1])
                throw new ArgumentException($"The time of row {i} is not after that of the row before; give rows in order of time, one for each.", nameof(ticks));
        }

        var delays = new List<TimeSpan>();
        IReadOnlyList<RowRange> events = RowRange.Of(labels);
        foreach (RowRange range in events)
        {
            int hit = verdicts.Slice(range.First, range.Length).IndexOf(true);
            if (hit >= 0)
                delays.Add(TimeSpan.FromTicks(ticks[range.First + hit] - ticks[range.First]));
        }

        int normal = labels.Length - events.Sum(range => range.Length);
        return new EventOutcomes(
            delays.Count, events.Count - delays.Count, CountFalse(ticks, verdicts, labels, mergeGap), delays, normal * SamplingPeriod(ticks));
    }

    /// <summary>Both together: events of several series pooled.</summary>
    public EventOutcomes Add(EventOutcomes other) => new(
        Found + other.Found, Missed + other.Missed, FalseAlarms + other.FalseAlarms, [.. Delays, .. other.Delays], NormalTime + other.NormalTime);

    private static int CountFalse(ReadOnlySpan<long> ticks, ReadOnlySpan<bool> verdicts, ReadOnlySpan<bool> labels, TimeSpan mergeGap)
    {
        int count = 0;
        int last = -1;
        bool touches = true;
        for (int i = 0; i < ticks.Length; i++)
        {
            if (!verdicts[i])
                continue;
            bool goesOn = last >= 0 && (last == i - 1 || ticks[i] - ticks[last] <= mergeGap.Ticks);
            count += goesOn || touches ? 0 : 1;
            touches = labels[i] || (goesOn && touches);
            last = i;
        }

        return count + (touches ? 0 : 1);
    }

    private static TimeSpan SamplingPeriod(ReadOnlySpan<long> ticks)
    {
        if (ticks.Length < 2)
            return TimeSpan.Zero;
        double[] steps = new double[ticks.Length - 1];
        for (int i = 0; i < steps.Length; i++)
            steps[i] = ticks[i + 1] - ticks[i];
        return TimeSpan.FromTicks((long)Statistics.Quantiles.Median(steps));
    }
}
