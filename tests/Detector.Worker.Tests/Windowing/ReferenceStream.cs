using Detector.Worker.Contracts;
using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Windowing;

/// <summary>Order and duplicates as their description says them: every sample ever seen in one list, searched anew each time.</summary>
internal sealed class ReferenceStream(long lateness)
{
    private readonly List<(long Ticks, double[] Values)> _held = [];
    private readonly List<(long Ticks, double[] Values)> _released = [];
    private long _newest = long.MinValue;

    public DropReason Add(long ticks, double[] values)
    {
        if (_released.Count > 0 && ticks < _released.Max(sample => sample.Ticks))
            return DropReason.Late;
        (long Ticks, double[] Values)[] same = [.. _released.Concat(_held).Where(sample => sample.Ticks == ticks)];
        bool Known(int feature) => same.Any(sample => feature < sample.Values.Length && !double.IsNaN(sample.Values[feature]));
        if (same.Length > 0 && Enumerable.Range(0, values.Length).All(feature => double.IsNaN(values[feature]) || Known(feature)))
            return DropReason.Duplicate;
        _held.Add((ticks, values));
        _newest = Math.Max(_newest, ticks);
        return DropReason.None;
    }

    /// <summary>What is due now, in order of event time and, at the same time, of arrival.</summary>
    public List<(long Ticks, double[] Values)> Take(bool end = false)
    {
        List<(long Ticks, double[] Values)> due = [.. _held.Where(sample => end || sample.Ticks <= _newest - lateness).OrderBy(sample => sample.Ticks)];
        _held.RemoveAll(due.Contains);
        _released.AddRange(due);
        return due;
    }
}
