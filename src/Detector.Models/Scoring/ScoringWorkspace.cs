using Detector.Models.Autoencoders;
using Detector.Models.Inference;
using Detector.Models.Training;

namespace Detector.Models.Scoring;

/// <summary>
/// Buffers for scoring one tile of windows of the same dimensions; shared by all models of these dimensions, used by one thread.
/// A window's score depends on earlier windows of its series, but not on which others it is scored with, nor on its place: see
/// <see cref="Reconstructor"/>.
/// </summary>
public sealed partial class ScoringWorkspace : IDisposable
{
    /// <summary>Windows in a tile, where nothing else is asked for.</summary>
    public const int TileRows = 64;

    private readonly float[] _values;
    private readonly float[] _observed;
    private readonly bool[] _missing;
    private readonly bool[] _restarted;
    private readonly double[] _errors;
    private readonly double[] _voiceScores;
    private readonly SeriesMemory?[] _memories;
    private float[]? _levels;
    private AlignedFloats? _outputs; // of the plan that ran last, until the scratch is used again; null after torch
    private int _outputStride, _outputWidth;

    /// <param name="rows">Most windows of a tile; for a model's own number see <see cref="AnomalyModel.TileRows"/>.</param>
    public ScoringWorkspace(WindowDimensions dimensions, int rows = TileRows)
    {
        Dimensions = dimensions;
        Rows = rows;
        _values = new float[rows * dimensions.Size];
        _observed = new float[rows * dimensions.Size];
        _missing = new bool[rows];
        _restarted = new bool[rows];
        _memories = new SeriesMemory?[rows];
        Scores = new double[rows];
        ContributionTable = new float[rows * dimensions.Features];
        ExpectedTable = new float[rows * dimensions.Features];
        Reconstructions = new float[rows * dimensions.Size];
        Shares = new float[rows * ScoreView.Spans * dimensions.Features];
        _errors = new double[ScoreView.Spans * rows];
        _voiceScores = new double[ScoreView.Spans * rows];
    }

    public WindowDimensions Dimensions { get; }

    /// <summary>Most windows of a tile.</summary>
    public int Rows { get; }

    /// <summary>Windows in the tile.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == Rows;

    /// <summary>Scores of the tile's windows, higher = more anomalous; valid after <see cref="AnomalyModel.Score(ScoringWorkspace)"/>.</summary>
    public double[] Scores { get; }

    /// <summary>Share of each feature in the score of window <paramref name="index"/>; F values that add up to 1.</summary>
    public ReadOnlySpan<float> Contributions(int index) =>
        ContributionTable.AsSpan(index * Dimensions.Features, Dimensions.Features);

    /// <summary>Expected newest row of window <paramref name="index"/>, F scaled values.</summary>
    public ReadOnlySpan<float> Expected(int index) => ExpectedTable.AsSpan(index * Dimensions.Features, Dimensions.Features);

    internal float[] ContributionTable { get; }

    internal float[] ExpectedTable { get; }

    /// <summary>What the network made of the windows that torch ran last, (Rows, D).</summary>
    private float[] Reconstructions { get; }

    /// <summary>Scratch of the networks' plans.</summary>
    internal PlanScratch Scratch { get; } = new();

    /// <summary>Scratch: each feature's part of the errors of one view, (Rows, time scales, F).</summary>
    private float[] Shares { get; }

    /// <summary>Scratch: the windows' errors of one view on a time scale.</summary>
    internal Span<double> Errors(int span) => _errors.AsSpan(span * Rows, Rows);

    /// <summary>Scratch: their scores.</summary>
    internal Span<double> VoiceScores(int span) => _voiceScores.AsSpan(span * Rows, Rows);

    /// <summary>Scratch: each feature's part of the errors of one view of window <paramref name="index"/>, time scales × F.</summary>
    internal Span<float> SharesOf(int index) => Shares.AsSpan(index * ScoreView.Spans * Dimensions.Features, ScoreView.Spans * Dimensions.Features);

    /// <summary>Empties the tile.</summary>
    public void Clear()
    {
        Array.Clear(_memories, 0, Count);
        Count = 0;
    }

    /// <summary>Adds a window to the tile: scales it, fills and masks what is missing.</summary>
    /// <param name="window">T × F raw values, oldest row first, NaN where missing.</param>
    /// <param name="model">Model that will score the tile.</param>
    /// <param name="memory">What the model remembers of the series; windows of one series are added in time order.</param>
    /// <param name="restarted">Whether a gap lies between this window and the one before.</param>
    /// <param name="ticks">Event time of the newest row, UTC ticks; for a model that takes a season out.</param>
    /// <exception cref="InvalidOperationException">The tile is full.</exception>
    public void Add(ReadOnlySpan<double> window, AnomalyModel model, SeriesMemory memory, bool restarted = false, long ticks = 0)
    {
        model.Scaler.Transform(window, ticks, NextRow(memory, restarted));
        Take();
    }

    /// <summary>Adds a window whose values are scaled already, NaN where missing.</summary>
    /// <inheritdoc cref="Add(ReadOnlySpan{double}, AnomalyModel, SeriesMemory, bool, long)"/>
    public void Add(ReadOnlySpan<float> scaled, SeriesMemory memory, bool restarted = false)
    {
        scaled.CopyTo(NextRow(memory, restarted));
        Take();
    }

    private void Take()
    {
        Span<float> values = _values.AsSpan(Count * Dimensions.Size, Dimensions.Size);
        _missing[Count] = MissingValues.Any(values);
        if (_missing[Count])
            MissingValues.Fill(values, _observed.AsSpan(Count * Dimensions.Size, Dimensions.Size), Dimensions);
        Count++;
    }

    /// <param name="memory">Null for a window that is reconstructed only, not scored.</param>
    internal void AddScaled(ReadOnlySpan<float> filled, ReadOnlySpan<float> observed, SeriesMemory? memory = null, bool restarted = false)
    {
        Span<float> values = NextRow(memory, restarted);
        filled.CopyTo(values);
        _missing[Count] = !observed.IsEmpty;
        observed.CopyTo(_observed.AsSpan(Count * Dimensions.Size));
        Count++;
    }

    /// <summary>Whether anything is missing in a window of the tile.</summary>
    internal bool AnyMissing => _missing.AsSpan(0, Count).Contains(true);

    /// <summary>Puts the last reconstruction in the place of what is missing.</summary>
    internal void FillMissing()
    {
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<float> observed = Observed(i), reconstruction = Reconstruction(i);
            Span<float> values = _values.AsSpan(i * Dimensions.Size, Dimensions.Size);
            for (int j = 0; j < observed.Length; j++)
            {
                if (observed[j] == 0)
                    values[j] = reconstruction[j];
            }
        }
    }

    internal SeriesMemory Memory(int index) => _memories[index] ?? throw new InvalidOperationException("The tile's windows were added to be reconstructed, not to be scored.");

    internal bool Restarted(int index) => _restarted[index];

    /// <summary>Scaled values of the tile's windows, (Count, D).</summary>
    internal ReadOnlySpan<float> Windows => _values.AsSpan(0, Count * Dimensions.Size);

    /// <summary>What was taken out of the windows of a model that takes levels out, (Rows, F).</summary>
    internal Span<float> Levels => _levels ??= new float[Rows * Dimensions.Features];

    internal Span<float> Writable(int index) => _values.AsSpan(index * Dimensions.Size, Dimensions.Size);

    internal ReadOnlySpan<float> Window(int index) => _values.AsSpan(index * Dimensions.Size, Dimensions.Size);

    /// <summary>What the network that ran last made of a window: as much of its end as was asked for, at least the newest row.</summary>
    internal ReadOnlySpan<float> Reconstruction(int index) => _outputs is { } outputs
        ? outputs.Span.Slice(index * _outputStride, _outputWidth)
        : Reconstructions.AsSpan(index * Dimensions.Size, Dimensions.Size);

    /// <summary>Takes the outputs of a plan for reconstructions, where they lie.</summary>
    /// <param name="stride">Values between those of two windows.</param>
    /// <param name="width">Values of a window.</param>
    internal void Take(AlignedFloats outputs, int stride, int width) => (_outputs, _outputStride, _outputWidth) = (outputs, stride, width);

    /// <summary>Mask of a window, empty when nothing of it is missing.</summary>
    internal ReadOnlySpan<float> Observed(int index) =>
        _missing[index] ? _observed.AsSpan(index * Dimensions.Size, Dimensions.Size) : [];

    private Span<float> NextRow(SeriesMemory? memory, bool restarted)
    {
        if (IsFull)
            throw new InvalidOperationException($"The tile holds {Rows} windows already; score it and clear it first.");
        memory?.Prefetch();
        _memories[Count] = memory;
        _restarted[Count] = restarted;
        return _values.AsSpan(Count * Dimensions.Size, Dimensions.Size);
    }
}
