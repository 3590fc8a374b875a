using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>
/// Features of a series that its model does not know yet. Each has a column behind those of the model, so that its values reach the pool and a challenger can
/// learn it. Names are made up by bugs and attackers: only one that comes a second time gets a column, there are few, and one passes to another name once its
/// own has stayed away. Owned by the source's thread; allocates only when a name is new.
/// </summary>
/// <param name="maxFeatures">Features that a series may have, those of the model among them.</param>
/// <param name="forgetTicks">Event time without a value after which a column is given to another name.</param>
internal sealed partial class NewFeatures(int maxFeatures, long forgetTicks)
{
    /// <summary>Features that are collected of one series at most: as many as are told of.</summary>
    public const int Most = QualityWatch.MaxNewFeatures;

    private const int MostOnce = 64;

    private long[] _once = []; // hashes of the latest names that have come once
    private int _next;
    private byte[][] _keys = [];
    private long[] _seen = []; // newest event time with a value
    private WindowBuffer? _rows; // beside the window of the model, on the same grid

    /// <summary>Their names, in the order of the columns; replaced as a whole when one changes.</summary>
    public string[] Names { get; private set; } = [];

    public int Count => Names.Length;

    /// <summary>The newest row of the grid, NaN where missing; may lack the last columns, which have no value yet.</summary>
    public ReadOnlySpan<double> Values => _rows is null ? [] : _rows.Window[^_rows.Features..];

    /// <summary>Puts the values of a sample that the model has no place for behind the others.</summary>
    /// <param name="known">The features of the model.</param>
    /// <param name="row">Grown at need.</param>
    /// <param name="mayPassOn">Whether a column may be given to another name: no row waits that has a value of its own.</param>
    /// <returns>Whether there is one.</returns>
    public bool Bind(DecodedSample sample, FeatureSchema known, ref double[] row, bool mayPassOn = true)
    {
        int first = known.Count;
        Grow(ref row, first + Count);
        row.AsSpan(first, Count).Fill(double.NaN);
        bool any = false;
        for (int i = 0; i < sample.Count; i++)
        {
            ReadOnlySpan<byte> name = sample.Name(i);
            if (double.IsNaN(sample.Value(i)) || known.IndexOf(name) >= 0)
                continue;
            int column = Find(name);
            if (column < 0 && (column = Add(name, sample.Ticks, Math.Min(Most, maxFeatures - first), mayPassOn)) < 0)
                continue;
            Grow(ref row, first + Count);
            row[first + column] = sample.Value(i);
            _seen[column] = Math.Max(_seen[column], sample.Ticks);
            any = true;
        }

        return any;
    }

    /// <summary>Lays a sample on the grid; to be called before the model's own window has it.</summary>
    /// <param name="window">That window.</param>
    /// <param name="values">Behind those of the model's features.</param>
    public void Lay(WindowBuffer window, long ticks, ReadOnlySpan<double> values)
    {
        if (_rows is null || _rows.Features < values.Length)
            _rows = Widened(window, values.Length);
        _rows?.Add(ticks, values);
    }

    /// <summary>The model is another one: the window and the columns for what it knows, and for what it does not.</summary>
    /// <param name="window">The present window of the model.</param>
    /// <param name="before">The features of that model.</param>
    /// <param name="now">Those of the next one.</param>
    /// <returns>Its window.</returns>
    public WindowBuffer Change(WindowBuffer window, IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        string[] known = [.. before, .. Names];
        int[] columns = FeaturePlaces.Find(now, known);
        // What the next model does not know is new again, if it is there at all.
        int[] left = [.. Enumerable.Range(0, known.Length).Where(i => !columns.Contains(i) && (i >= before.Count || IsThere(window, i))).Take(Math.Min(Most, maxFeatures - now.Count))];
        WindowBuffer next = window.Rearranged(columns, _rows);
        long[] seen = [.. left.Select(i => i < before.Count ? window.NewestTicks : _seen[i - before.Count])];
        _rows = left.Length == 0 ? null : window.Rearranged(left, _rows);
        Hold([.. left.Select(i => known[i])], seen);
        return next;
    }

    /// <summary>What is collected knows these by now.</summary>
    public void Forget(IReadOnlyList<string> known)
    {
        int[] left = [.. Enumerable.Range(0, Count).Where(i => !known.Contains(Names[i]))];
        if (left.Length < Count)
            Hold([.. left.Select(i => Names[i])], [.. left.Select(i => _seen[i])]);
    }

    /// <summary>The window begins anew.</summary>
    public void Restart() => _rows = null;

    private void Hold(string[] names, long[] seen) => (Names, _seen, _keys) = (names, seen, [.. names.Select(Encoding.UTF8.GetBytes)]);

    private WindowBuffer? Widened(WindowBuffer window, int columns)
    {
        if (columns == 0)
            return null;
        int own = _rows?.Features ?? 0;
        return window.Rearranged([.. Enumerable.Range(0, columns).Select(c => c < own ? window.Features + c : -1)], _rows);
    }

    private int Add(ReadOnlySpan<byte> name, long ticks, int most, bool mayPassOn)
    {
        if (!HasCome(name))
            return -1;
        int column = Count;
        if (column >= most)
        {
            column = Array.IndexOf(_seen, _seen.DefaultIfEmpty().Min());
            if (column < 0 || !mayPassOn || ticks - _seen[column] <= forgetTicks)
                return -1;
            _rows = _rows?.Rearranged([.. Enumerable.Range(0, _rows.Features).Select(c => c == column ? -1 : c)]);
        }
        else
        {
            (_keys, _seen) = ([.. _keys, []], [.. _seen, 0]);
        }

        _keys[column] = name.ToArray();
        _seen[column] = ticks;
        Names = [.. _keys.Select(Encoding.UTF8.GetString)];
        return column;
    }

    /// <summary>Whether a name is among the latest that have come; it is from now on.</summary>
    private bool HasCome(ReadOnlySpan<byte> name)
    {
        ulong hash = 14695981039346656037; // FNV-1a
        foreach (byte b in name)
            hash = unchecked((hash ^ b) * 1099511628211);
        if (Array.IndexOf(_once, (long)hash) >= 0)
            return true;
        if (_once.Length == 0)
            _once = new long[MostOnce];
        _once[_next] = (long)hash;
        _next = (_next + 1) % MostOnce;
        return false;
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _keys.Length; i++)
        {
            if (name.SequenceEqual(_keys[i]))
                return i;
        }

        return -1;
    }

    private static bool IsThere(WindowBuffer window, int column)
    {
        for (int at = column; at < window.Window.Length; at += window.Features)
        {
            if (!double.IsNaN(window.Window[at]))
                return true;
        }

        return false;
    }

    private static void Grow(ref double[] row, int length)
    {
        if (row.Length < length)
            Array.Resize(ref row, length);
    }
}
