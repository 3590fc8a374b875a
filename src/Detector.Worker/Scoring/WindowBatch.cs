using Detector.Models.Scoring;

namespace Detector.Worker.Scoring;

/// <summary>
/// Windows on their way through scoring, scaled as their models need them, and the scores they got. Windows of any dimensions and models may stand side
/// by side. Reused; the buffers grow to the largest need.
/// </summary>
internal sealed class WindowBatch(int capacity)
{
    /// <summary>Values after which no further window is added, 4 MiB: what is gained by scoring more windows together is gained long before.</summary>
    public const int MaxValues = 1024 * 1024;

    private readonly AnomalyModel[] _models = new AnomalyModel[capacity];
    private readonly SeriesMemory[] _memories = new SeriesMemory[capacity];
    private readonly bool[] _restarted = new bool[capacity];
    private readonly long[] _ticks = new long[capacity];
    private readonly int[] _windowStarts = new int[capacity];
    private readonly int[] _featureStarts = new int[capacity];
    private readonly double[] _scores = new double[capacity];
    private float[] _windows = [];
    private double[] _values = [];
    private float[] _contributions = [];
    private float[] _expected = [];
    private int _windowLength;
    private int _featureLength;

    public int Count { get; private set; }

    public bool IsFull => Count == capacity || _windowLength >= MaxValues;

    public AnomalyModel Model(int index) => _models[index];

    /// <summary>What the model remembers of the window's series.</summary>
    public SeriesMemory Memory(int index) => _memories[index];

    /// <summary>Whether a gap lies between the window and the one of its series before.</summary>
    public bool Restarted(int index) => _restarted[index];

    /// <summary>Event time of the newest row, UTC ticks.</summary>
    public long Ticks(int index) => _ticks[index];

    /// <summary>T × F scaled values, oldest row first, NaN where missing.</summary>
    public ReadOnlySpan<float> Window(int index) => _windows.AsSpan(_windowStarts[index], _models[index].Dimensions.Size);

    /// <summary>The newest row, F raw values.</summary>
    public ReadOnlySpan<double> Values(int index) => _values.AsSpan(_featureStarts[index], _models[index].Dimensions.Features);

    public double Score(int index) => _scores[index];

    /// <summary>F shares of the score that add up to 1.</summary>
    public ReadOnlySpan<float> Contributions(int index) =>
        _contributions.AsSpan(_featureStarts[index], _models[index].Dimensions.Features);

    /// <summary>F expected values, scaled.</summary>
    public ReadOnlySpan<float> Expected(int index) => _expected.AsSpan(_featureStarts[index], _models[index].Dimensions.Features);

    public void Clear()
    {
        Array.Clear(_models, 0, Count);
        Array.Clear(_memories, 0, Count);
        Count = 0;
        _windowLength = 0;
        _featureLength = 0;
    }

    /// <summary>Adds a window; those of one series come in order.</summary>
    /// <param name="window">T × F raw values, oldest row first, NaN where missing.</param>
    /// <param name="memory">What the model remembers of the series.</param>
    /// <param name="restarted">Whether a gap lies between the window and the one of its series before.</param>
    /// <exception cref="InvalidOperationException">The batch is full.</exception>
    public void Add(AnomalyModel model, SeriesMemory memory, ReadOnlySpan<double> window, long ticks, bool restarted)
    {
        if (IsFull)
            throw new InvalidOperationException($"The batch holds {Count} windows already.");
        Reserve(ref _windows, _windowLength, window.Length);
        int features = model.Dimensions.Features;
        Reserve(ref _contributions, _featureLength, features);
        Reserve(ref _expected, _featureLength, features);
        Reserve(ref _values, _featureLength, features);
        model.Scaler.Transform(window, ticks, _windows.AsSpan(_windowLength, window.Length));
        window[^features..].CopyTo(_values.AsSpan(_featureLength));
        _models[Count] = model;
        _memories[Count] = memory;
        _restarted[Count] = restarted;
        _ticks[Count] = ticks;
        _windowStarts[Count] = _windowLength;
        _featureStarts[Count] = _featureLength;
        _windowLength += window.Length;
        _featureLength += features;
        Count++;
    }

    internal void SetResult(int index, double score, ReadOnlySpan<float> contributions, ReadOnlySpan<float> expected)
    {
        _scores[index] = score;
        contributions.CopyTo(_contributions.AsSpan(_featureStarts[index]));
        expected.CopyTo(_expected.AsSpan(_featureStarts[index]));
    }

    /// <summary>Room for one more: at the first need for as many as the batch holds, so that it does not grow by and by.</summary>
    private void Reserve<T>(ref T[] buffer, int used, int more)
    {
        if (buffer.Length < used + more)
            Array.Resize(ref buffer, Math.Max(used + more, Math.Max(buffer.Length * 2, Math.Min(capacity * more, MaxValues))));
    }
}
