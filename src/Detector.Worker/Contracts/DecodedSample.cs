namespace Detector.Worker.Contracts;

/// <summary>
/// One sample as a decoder read it: series key, timestamp and named values, in buffers that are reused for the next one.
/// Names and key are UTF-8. A name may occur more than once: the later value counts. Allocates nothing in steady state.
/// </summary>
public sealed class DecodedSample
{
    /// <summary>A sample with more values, or a longer name, cannot be used: a message of nested or repeated names could fill the memory.</summary>
    public const int MaxCount = 65_536;

    /// <summary>Bytes of the longest name.</summary>
    public const int MaxNameBytes = 512;

    private byte[] _series = new byte[64];
    private int _seriesLength;
    private byte[] _text = new byte[256];
    private int _textLength;
    private int[] _nameEnds = new int[16];
    private double[] _values = new double[16];
    private ValueFault?[] _faults = new ValueFault?[16];

    /// <summary>Key of the series; empty until set.</summary>
    public ReadOnlySpan<byte> Series => _series.AsSpan(0, _seriesLength);

    /// <summary>Event time in UTC ticks of 100 ns since 0001-01-01.</summary>
    public long Ticks { get; set; }

    /// <summary>Number of values.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a value was left out for <see cref="MaxCount"/> or <see cref="MaxNameBytes"/>.</summary>
    public bool IsOverfull { get; private set; }

    /// <summary>Values by <see cref="ValueFault"/> that were read but are treated as missing.</summary>
    public int NotFinite { get; private set; }

    /// <summary>Values that were not numbers.</summary>
    public int WrongType { get; private set; }

    public ReadOnlySpan<byte> Name(int index)
    {
        int start = index == 0 ? 0 : _nameEnds[index - 1];
        return _text.AsSpan(start, _nameEnds[index] - start);
    }

    /// <summary>The value, NaN when missing.</summary>
    public double Value(int index) => _values[index];

    /// <summary>Why the value was treated as missing; null when it was not, or simply is absent.</summary>
    public ValueFault? Fault(int index) => _faults[index];

    /// <summary>Starts a new sample of a series.</summary>
    public void Begin(ReadOnlySpan<byte> series)
    {
        _textLength = 0;
        Count = 0;
        NotFinite = 0;
        WrongType = 0;
        IsOverfull = false;
        Ticks = 0;
        SetSeries(series);
    }

    /// <summary>Names the series of the sample begun: a decoder may meet the values first.</summary>
    public void SetSeries(ReadOnlySpan<byte> series)
    {
        if (series.Length > _series.Length)
            Array.Resize(ref _series, Math.Max(_series.Length * 2, series.Length));
        series.CopyTo(_series);
        _seriesLength = series.Length;
    }

    /// <summary>Adds a value; one that is not finite as a 32-bit float is kept as missing and counted.</summary>
    public void Add(ReadOnlySpan<byte> name, double value)
    {
        if (float.IsFinite((float)value))
        {
            AddRaw(name, value, null);
            return;
        }

        NotFinite++;
        AddRaw(name, double.NaN, ValueFault.NotFinite);
    }

    /// <summary>Adds a feature whose value is absent (null, an empty cell).</summary>
    public void AddMissing(ReadOnlySpan<byte> name) => AddRaw(name, double.NaN, null);

    /// <summary>Adds a feature whose value was no number: kept as missing and counted.</summary>
    public void AddWrongType(ReadOnlySpan<byte> name)
    {
        WrongType++;
        AddRaw(name, double.NaN, ValueFault.WrongType);
    }

    private void AddRaw(ReadOnlySpan<byte> name, double value, ValueFault? fault)
    {
        if (Count == MaxCount || name.Length > MaxNameBytes)
        {
            IsOverfull = true;
            return;
        }

        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Count * 2);
            Array.Resize(ref _nameEnds, Count * 2);
            Array.Resize(ref _faults, Count * 2);
        }

        Append(name);
        _nameEnds[Count] = _textLength;
        _faults[Count] = fault;
        _values[Count++] = value;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (_textLength + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + text.Length));
        text.CopyTo(_text.AsSpan(_textLength));
        _textLength += text.Length;
    }
}
