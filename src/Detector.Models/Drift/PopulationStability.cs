namespace Detector.Models.Drift;

/// <summary>
/// Population stability index of each feature: how far its recent values are spread otherwise over the tenths of a reference than the reference is,
/// Σ (p − q) ln(p/q) (Siddiqi, "Credit Risk Scorecards", 2006; 0.25 counts as changed). Recent values fade with a time constant. One thread.
/// </summary>
public sealed class PopulationStability
{
    /// <summary>From here on a feature counts as changed.</summary>
    public const double Changed = 0.25;

    private const int Bins = 10;
    private const double Least = 1e-3; // share that an empty bin is given
    private readonly int _features;
    private readonly long _memory;
    private double[] _edges; // (F, Bins − 1)
    private double[] _reference; // (F, Bins)
    private readonly double[] _recent; // (F, Bins)
    private long _first;
    private long _last;

    /// <param name="features">F.</param>
    /// <param name="memory">Time constant of what is recent.</param>
    public PopulationStability(int features, TimeSpan memory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(memory, TimeSpan.Zero);
        (_features, _memory) = (features, memory.Ticks);
        (_edges, _reference, _recent) = ([], [], new double[features * Bins]);
    }

    /// <summary>Whether there is a reference, and as much time as the memory since.</summary>
    public bool IsReady => _reference.Length > 0 && _last - _first >= _memory;

    /// <summary>Takes a reference and forgets what is recent.</summary>
    /// <param name="rows">N × F raw values, NaN where missing.</param>
    public void Fit(ReadOnlySpan<double> rows)
    {
        (_edges, _reference) = (new double[_features * (Bins - 1)], new double[_features * Bins]);
        for (int f = 0; f < _features; f++)
        {
            var column = new List<double>(rows.Length / _features);
            for (int i = f; i < rows.Length; i += _features)
            {
                if (double.IsFinite(rows[i]))
                    column.Add(rows[i]);
            }

            double[] sorted = [.. column.Order()];
            for (int bin = 1; bin < Bins; bin++)
                _edges[f * (Bins - 1) + bin - 1] = sorted.Length == 0 ? 0 : sorted[(int)((long)bin * (sorted.Length - 1) / Bins)];
            foreach (double value in sorted)
                _reference[f * Bins + Bin(f, value)] += 1.0 / sorted.Length;
        }

        Array.Clear(_recent);
        (_first, _last) = (0, 0);
    }

    /// <summary>Takes up a row.</summary>
    /// <param name="row">(F) raw values, NaN where missing.</param>
    public void Add(long ticks, ReadOnlySpan<double> row)
    {
        if (_reference.Length == 0)
            return;
        if (_first == 0)
            _first = _last = ticks;
        double kept = Math.Exp(-(double)Math.Max(0, ticks - _last) / _memory);
        _last = Math.Max(_last, ticks);
        for (int f = 0; f < _features; f++)
        {
            if (!double.IsFinite(row[f]))
                continue;
            Span<double> recent = _recent.AsSpan(f * Bins, Bins);
            foreach (ref double count in recent)
                count *= kept;
            recent[Bin(f, row[f])]++;
        }
    }

    /// <summary>The index of a feature; 0 while nothing can be said.</summary>
    public double Of(int feature)
    {
        double total = _recent.AsSpan(feature * Bins, Bins).ToArray().Sum();
        if (!IsReady || total <= 0)
            return 0;
        double index = 0;
        for (int bin = feature * Bins; bin < (feature + 1) * Bins; bin++)
        {
            double p = Math.Max(Least, _recent[bin] / total), q = Math.Max(Least, _reference[bin]);
            index += (p - q) * Math.Log(p / q);
        }

        return index;
    }

    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Plain.Write(writer, _edges);
        Plain.Write(writer, _reference);
        Plain.Write(writer, _recent);
        writer.Write(_first);
        writer.Write(_last);
    }

    /// <exception cref="InvalidDataException">It was saved of another number of features.</exception>
    public void Load(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (_edges, _reference) = (Plain.Read(reader), Plain.Read(reader));
        Plain.ReadInto(reader, _recent);
        (_first, _last) = (reader.ReadInt64(), reader.ReadInt64());
    }

    private int Bin(int feature, double value)
    {
        ReadOnlySpan<double> edges = _edges.AsSpan(feature * (Bins - 1), Bins - 1);
        int bin = 0;
        while (bin < edges.Length && value > edges[bin])
            bin++;
        return bin;
    }
}
