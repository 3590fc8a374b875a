using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>
/// A bounded sample of a series' normal operation, in blocks of consecutive samples. A block's chance to stay fades with time (forward decay: Cormode et al.,
/// "Forward Decay", 2009: the draw's key is age-free, so that nothing is drawn again), and the part of the week that has the most blocks gives one up first,
/// so that nights and Sundays are not crowded out. The draws follow from the series and the block's time. One thread.
/// </summary>
/// <param name="features">F.</param>
/// <param name="blockRows">Samples in a block.</param>
/// <param name="maxRows">Samples that are kept at most.</param>
/// <param name="memory">Time constant of the fading.</param>
/// <param name="seed">Of the draws.</param>
/// <param name="leastRows">Samples that a block has at least.</param>
internal sealed partial class NormalPool(int features, int blockRows, int maxRows, TimeSpan memory, int seed, int leastRows)
{
    private const int PartsOfDay = 8;

    /// <summary>Parts of a week that a pool covers.</summary>
    public const int Cells = 7 * PartsOfDay;

    private readonly List<PoolBlock> _blocks = []; // in order of time
    private readonly List<long> _ticks = []; // of the open block
    private readonly List<double> _values = [];
    private PoolBlock? _given; // the block given up last, for the next one to be written over

    /// <summary>Samples in whole blocks.</summary>
    public int Rows { get; private set; }

    /// <summary>Parts of the week, of <see cref="Cells"/>, that it holds something of.</summary>
    public int Covered => _blocks.Select(block => block.Cell).Distinct().Count();

    /// <summary>What it holds, a sentence.</summary>
    public string Describe() => _blocks.Count == 0
        ? "no samples"
        : FormattableString.Invariant(
            $"{Rows} samples from {new DateTime(_blocks[0].Ticks[0], DateTimeKind.Utc):yyyy-MM-dd HH:mm} to {new DateTime(_blocks[^1].Ticks[^1], DateTimeKind.Utc):yyyy-MM-dd HH:mm}, {Covered} of {Cells} parts of the week");

    /// <summary>Takes up a sample of normal operation; samples come in order.</summary>
    /// <param name="row">(F), NaN where missing.</param>
    public void Add(long ticks, ReadOnlySpan<double> row)
    {
        _ticks.Add(ticks);
        _values.AddRange(row[..features]);
        if (_ticks.Count >= blockRows)
            Close();
    }

    /// <summary>What comes next does not follow what came before.</summary>
    public void Break()
    {
        if (_ticks.Count == 0)
            return;
        if (_ticks.Count >= leastRows)
            Close();
        _ticks.Clear();
        _values.Clear();
    }

    /// <summary>Leaves out every block with a sample at such a time.</summary>
    public void Remove(Func<long, bool> isOut)
    {
        _blocks.RemoveAll(block => Array.Exists(block.Ticks, ticks => isOut(ticks)));
        Rows = _blocks.Sum(block => block.Ticks.Length);
    }

    /// <summary>Leaves out blocks, as when it is full, until no more samples than this are left.</summary>
    public void Limit(int rows)
    {
        while (Rows > rows)
            GiveUp();
    }

    /// <summary>Takes over the blocks of another pool all of whose samples are at such a time.</summary>
    public void Take(NormalPool other, Func<long, bool> isIn)
    {
        PoolBlock[] taken = [.. other._blocks.Where(block => Array.TrueForAll(block.Ticks, ticks => isIn(ticks)))];
        if (taken.Length == 0)
            return;
        other._blocks.RemoveAll(taken.Contains);
        other.Rows = other._blocks.Sum(block => block.Ticks.Length);
        _blocks.AddRange(taken);
        _blocks.Sort((left, right) => left.Ticks[0].CompareTo(right.Ticks[0]));
        Rows = _blocks.Sum(block => block.Ticks.Length);
        Limit(maxRows);
    }

    public void Clear()
    {
        _blocks.Clear();
        _ticks.Clear();
        _values.Clear();
        Rows = 0;
    }

    /// <summary>Everything in whole blocks, in order of time.</summary>
    /// <param name="since">Time that blocks begin at the earliest.</param>
    public (long[] Ticks, double[] Values) Copy(long since = 0)
    {
        PoolBlock[] blocks = [.. _blocks.Where(block => block.Ticks[0] >= since)];
        return ([.. blocks.SelectMany(block => block.Ticks)], [.. blocks.SelectMany(block => block.Values)]);
    }

    /// <summary>The blocks that would be given up last, of so many samples at most, in order of time.</summary>
    public (long[] Ticks, double[] Values) Sample(int rows)
    {
        int left = rows;
        PoolBlock[] kept = [.. _blocks.OrderByDescending(block => block.Key).TakeWhile(block => (left -= block.Ticks.Length) >= 0).OrderBy(block => block.Ticks[0])];
        return ([.. kept.SelectMany(block => block.Ticks)], [.. kept.SelectMany(block => block.Values)]);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_blocks.Count);
        foreach (PoolBlock block in _blocks)
        {
            writer.Write<long>(block.Ticks);
            writer.Write<double>(block.Values);
        }

        writer.Write<long>(_ticks.ToArray());
        writer.Write<double>(_values.ToArray());
    }

    /// <exception cref="InvalidDataException">It was saved of another number of features.</exception>
    public void Load(BinaryReader reader)
    {
        Clear();
        for (int left = reader.ReadInt32(); left > 0; left--)
            Keep(reader.ReadArray<long>(), reader.ReadArray<double>());
        _ticks.AddRange(reader.ReadArray<long>());
        _values.AddRange(reader.ReadArray<double>());
        if (_values.Count != _ticks.Count * features)
            throw new InvalidDataException($"A pool of {_values.Count} values was saved with {_ticks.Count} times of {features} features.");
    }

    private void Close()
    {
        (long[] ticks, double[] values) = _given is { } given && given.Ticks.Length == _ticks.Count ? (given.Ticks, given.Values) : (new long[_ticks.Count], new double[_values.Count]);
        _given = null;
        _ticks.CopyTo(ticks);
        _values.CopyTo(values);
        Keep(ticks, values);
        _ticks.Clear();
        _values.Clear();
        Limit(maxRows);
    }

    private void Keep(long[] ticks, double[] values)
    {
        if (values.Length != ticks.Length * features || ticks.Length == 0)
            throw new InvalidDataException($"A block of {values.Length} values was saved with {ticks.Length} times of {features} features.");
        _blocks.Add(new PoolBlock(ticks, values, Draw(ticks[0]), Cell(ticks[0])));
        Rows += ticks.Length;
    }

    private void GiveUp()
    {
        Span<int> counts = stackalloc int[Cells];
        counts.Clear();
        foreach (PoolBlock block in _blocks)
            counts[block.Cell]++;
        int fullest = 0;
        for (int cell = 1; cell < Cells; cell++)
            fullest = counts[cell] > counts[fullest] ? cell : fullest;
        int least = -1;
        for (int i = 0; i < _blocks.Count; i++)
        {
            if (_blocks[i].Cell == fullest && (least < 0 || _blocks[i].Key < _blocks[least].Key))
                least = i;
        }

        _given = _blocks[least];
        Rows -= _given.Ticks.Length;
        _blocks.RemoveAt(least);
    }

    /// <summary>Its time, in time constants, and a Gumbel variable: the largest keys are a draw without replacement with weights exp(time).</summary>
    private double Draw(long ticks)
    {
        // SplitMix64's finaliser (Steele et al. 2014).
        ulong bits = unchecked((ulong)ticks + ((ulong)(uint)seed * 0x9E3779B97F4A7C15UL));
        bits = unchecked((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL);
        bits = unchecked((bits ^ (bits >> 27)) * 0x94D049BB133111EBUL);
        bits ^= bits >> 31;
        double uniform = ((bits >> 11) + 0.5) / (1UL << 53);
        return (double)ticks / memory.Ticks - Math.Log(-Math.Log(uniform));
    }

    private static int Cell(long ticks)
    {
        var time = new DateTime(ticks, DateTimeKind.Utc);
        return (int)time.DayOfWeek * PartsOfDay + time.Hour * PartsOfDay / 24;
    }
}
