using Detector.Worker.Contracts;
using Detector.Worker.Deciding;

namespace Detector.Worker.Pipeline.History;

/// <summary>
/// The past of one series in a ring of points at equal distances of event time: of each stretch the sample with the highest score, since that is what
/// a picture must not lose. Written by the deciding thread, read by any; allocates nothing while it is written.
/// </summary>
internal sealed class SeriesHistory
{
    private readonly Lock _lock = new();
    private readonly int _features;
    private readonly long _slotTicks;
    private readonly long[] _ticks;
    private readonly float[] _scores;
    private readonly float[] _thresholds;
    private readonly float[] _rows;
    private long _slot = long.MinValue;
    private int _count;
    private int _last = -1;

    /// <param name="slotTicks">Event time between two points.</param>
    public SeriesHistory(int features, int points, long slotTicks)
    {
        _features = features;
        _slotTicks = Math.Max(1, slotTicks);
        _ticks = new long[points];
        _scores = new float[points];
        _thresholds = new float[points];
        _rows = new float[points * 3 * features];
    }

    public static long BytesPerPoint(int features) => sizeof(long) + sizeof(float) * (2 + 3L * features);

    /// <summary>The same past, with other features.</summary>
    /// <param name="places">For each feature its place here, −1 for one that has no past.</param>
    public SeriesHistory Rearranged(int[] places)
    {
        lock (_lock)
        {
            var other = new SeriesHistory(places.Length, _ticks.Length, _slotTicks) { _slot = _slot, _count = _count, _last = _last };
            _ticks.CopyTo(other._ticks, 0);
            _scores.CopyTo(other._scores, 0);
            _thresholds.CopyTo(other._thresholds, 0);
            for (int i = 0; i < 3 * _ticks.Length; i++)
            {
                // Values, expected values and contributions of a point, one after the other.
                for (int f = 0; f < places.Length; f++)
                    other._rows[(i * places.Length) + f] = places[f] < 0 ? float.NaN : _rows[(i * _features) + places[f]];
            }

            return other;
        }
    }

    public void Add(in Evidence evidence, in Verdict verdict)
    {
        lock (_lock)
        {
            long slot = evidence.Ticks / _slotTicks;
            if (slot == _slot && _scores[_last] >= verdict.Score)
                return;
            if (slot != _slot)
            {
                _slot = slot;
                _last = (_last + 1) % _ticks.Length;
                _count = Math.Min(_count + 1, _ticks.Length);
            }

            _ticks[_last] = evidence.Ticks;
            _scores[_last] = (float)verdict.Score;
            _thresholds[_last] = (float)verdict.Threshold;
            Span<float> row = Row(_last);
            for (int f = 0; f < _features; f++)
                row[f] = (float)evidence.Values[f];
            evidence.Expected.CopyTo(row[_features..]);
            evidence.Contributions.CopyTo(row[(2 * _features)..]);
        }
    }

    /// <summary>The points after a time, oldest first.</summary>
    public IReadOnlyList<HistoryPoint> Since(long ticks)
    {
        var points = new List<HistoryPoint>();
        lock (_lock)
        {
            for (int i = _count - 1; i >= 0; i--)
            {
                int at = (_last - i + _ticks.Length) % _ticks.Length;
                if (_ticks[at] <= ticks)
                    continue;
                Span<float> row = Row(at);
                points.Add(new HistoryPoint(
                    _ticks[at], _scores[at], _thresholds[at], [.. row[.._features]], [.. row.Slice(_features, _features)], [.. row[(2 * _features)..]]));
            }
        }

        return points;
    }

    private Span<float> Row(int index) => _rows.AsSpan(index * 3 * _features, 3 * _features);
}
