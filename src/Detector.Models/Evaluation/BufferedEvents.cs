using System.Numerics.Tensors;

namespace Detector.Models.Evaluation;

/// <summary>
/// Events with a buffer on either side that is widened step by step, counted by the level (the first threshold) at which each row is called
/// anomalous. Rows near an event are sorted once by level and distance, so that one more width costs a weighted sum over distances instead of a
/// pass over all rows.
/// </summary>
internal sealed class BufferedEvents
{
    private readonly IReadOnlyList<RowRange> _events;
    private readonly int[] _levelOfRow;
    private readonly int _levels;
    private readonly int[] _firstLevel;
    private readonly double[] _inside;
    private readonly double[] _solid;
    private readonly double[][] _ramp;
    private readonly List<(int Level, int Distance)>[] _crowded;
    private int _half;

    /// <param name="levelOfRow">(N) level at which each row is called anomalous.</param>
    /// <param name="half">Rows that a buffer will have on one side at most.</param>
    public BufferedEvents(IReadOnlyList<RowRange> events, int[] levelOfRow, int levels, int half)
    {
        _events = events;
        _levelOfRow = levelOfRow;
        _levels = levels;
        _firstLevel = new int[events.Count];
        _inside = new double[levels];
        _ramp = [.. Enumerable.Range(0, half + 1).Select(_ => new double[levels])];
        _crowded = [.. Enumerable.Range(0, half + 1).Select(_ => new List<(int, int)>())];
        Weights = new double[levels];
        Existence = new double[levels];
        CountEvents();
        _solid = [.. _inside];
        CountNeighbours(half);
        VolumeUnderSurface.Accumulate(_inside);
    }

    /// <summary>(levels) event rows called anomalous at each level.</summary>
    public ReadOnlySpan<double> Inside => _inside;

    /// <summary>(levels) what all rows called anomalous count at each level, event rows and ramps.</summary>
    public double[] Weights { get; }

    /// <summary>(levels) share of the buffered events in which a row is called anomalous.</summary>
    public double[] Existence { get; }

    /// <summary>Goes on to a buffer of <paramref name="width"/> rows, the same as before or one more.</summary>
    public void Widen(int width)
    {
        for (; _half < width / 2; _half++)
            Reach(_half + 1);
        _solid.CopyTo(Weights, 0);
        for (int distance = 1; distance <= _half; distance++)
            TensorPrimitives.MultiplyAdd(_ramp[distance], Math.Sqrt(1 - ((double)distance / width)), Weights, Weights);
        VolumeUnderSurface.Accumulate(Weights);
        FindExistence();
    }

    private void CountEvents()
    {
        for (int e = 0; e < _events.Count; e++)
        {
            _firstLevel[e] = _levels;
            for (int row = _events[e].First; row <= _events[e].Last; row++)
            {
                _inside[_levelOfRow[row]]++;
                _firstLevel[e] = Math.Min(_firstLevel[e], _levelOfRow[row]);
            }
        }
    }

    /// <summary>Sorts the rows near events by their distance to the nearest one, and those near a second one by the distance to that as well.</summary>
    private void CountNeighbours(int half)
    {
        var near = new Dictionary<int, (int First, int Second)>();
        foreach (RowRange range in _events)
        {
            for (int distance = 1; distance <= half; distance++)
            {
                Note(near, range.First - distance, distance);
                Note(near, range.Last + distance, distance);
            }
        }

        foreach (RowRange range in _events)
        {
            for (int row = range.First; row <= range.Last; row++)
                near.Remove(row);
        }

        foreach ((int row, (int first, int second)) in near)
        {
            _ramp[first][_levelOfRow[row]]++;
            if (second <= half)
                _crowded[second].Add((_levelOfRow[row], first));
        }
    }

    private void Note(Dictionary<int, (int First, int Second)> near, int row, int distance)
    {
        if (row < 0 || row >= _levelOfRow.Length)
            return;
        (int first, int second) = near.GetValueOrDefault(row, (int.MaxValue, int.MaxValue));
        near[row] = distance < first ? (distance, first) : (first, Math.Min(second, distance));
    }

    /// <summary>Takes in the rows at this distance. Two ramps on one row make it count fully: each is at least √½ where it ends.</summary>
    private void Reach(int distance)
    {
        foreach ((int level, int nearest) in _crowded[distance])
        {
            _ramp[nearest][level]--;
            _solid[level]++;
        }

        for (int e = 0; e < _events.Count; e++)
        {
            int before = _events[e].First - distance;
            int after = _events[e].Last + distance;
            if (before >= 0)
                _firstLevel[e] = Math.Min(_firstLevel[e], _levelOfRow[before]);
            if (after < _levelOfRow.Length)
                _firstLevel[e] = Math.Min(_firstLevel[e], _levelOfRow[after]);
        }
    }

    private void FindExistence()
    {
        Array.Clear(Existence);
        int groups = 0;
        for (int e = 0; e < _events.Count; groups++)
        {
            int level = _firstLevel[e++];
            for (; e < _events.Count && _events[e - 1].Last + _half >= _events[e].First - _half; e++)
                level = Math.Min(level, _firstLevel[e]);
            Existence[level]++;
        }

        VolumeUnderSurface.Accumulate(Existence);
        TensorPrimitives.Divide(Existence, groups, Existence);
    }
}
