namespace Detector.Models.Training;

/// <summary>Times of samples that are not to be learned from, by series.</summary>
/// <param name="rowTicks">Time between two rows of a window; a row closer than one and a half of it to a suspicious sample is not learned from either.</param>
/// <param name="of">Samples that were looked at.</param>
internal sealed class SuspiciousTimes(long rowTicks, int of)
{
    private readonly Dictionary<int, List<long>> _times = [];

    /// <summary>Time between two rows of a window.</summary>
    public long RowTicks { get; } = rowTicks;

    /// <summary>Samples that were looked at.</summary>
    public int Of { get; } = of;

    /// <summary>Suspicious ones among them.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a sample; those of one series in time order.</summary>
    public void Add(int segment, long ticks)
    {
        if (!_times.TryGetValue(segment, out List<long>? times))
            _times.Add(segment, times = []);
        times.Add(ticks);
        Count++;
    }

    /// <summary>Whether a row is, or lies beside, a suspicious sample.</summary>
    public bool Holds(int segment, long ticks)
    {
        if (!_times.TryGetValue(segment, out List<long>? times))
            return false;
        int after = times.BinarySearch(ticks);
        after = after < 0 ? ~after : after;
        long reach = RowTicks + RowTicks / 2;
        return (after < times.Count && times[after] - ticks < reach) || (after > 0 && ticks - times[after - 1] < reach);
    }

    /// <summary>Suspicious samples in a row, as ranges in order of series and time.</summary>
    public IReadOnlyList<ExcludedRange> Ranges()
    {
        var ranges = new List<ExcludedRange>();
        foreach ((int segment, List<long> times) in _times.OrderBy(pair => pair.Key))
        {
            int start = 0;
            for (int i = 1; i <= times.Count; i++)
            {
                if (i < times.Count && times[i] - times[i - 1] <= 2 * RowTicks)
                    continue;
                ranges.Add(new ExcludedRange(segment, new(times[start], TimeSpan.Zero), new(times[i - 1], TimeSpan.Zero), i - start));
                start = i;
            }
        }

        return ranges;
    }
}
