using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Scaling;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Scoring;

/// <summary>
/// Buffers for scoring one tile of windows of the same dimensions; shared by all models of these dimensions, used by one thread.
/// A tile always has the same number of rows, filled or not, since the last bits of a matrix product depend on its size:
/// so a window's score does not depend on which others it is scored with.
/// </summary>
public sealed class ScoringWorkspace : IDisposable
{
    /// <summary>Windows in a tile.</summary>
    public const int TileRows = 64;

    private readonly float[] _observed;
    private readonly bool[] _missing = new bool[TileRows];
    private bool _anyMissing;

    public ScoringWorkspace(WindowDimensions dimensions)
    {
        Dimensions = dimensions;
        Input = zeros(TileRows, dimensions.Size).DetachFromDisposeScope();
        Hidden = zeros(TileRows, dimensions.Size).DetachFromDisposeScope();
        _observed = new float[TileRows * dimensions.Size];
        Scores = new double[TileRows];
        ContributionTable = new float[TileRows * dimensions.Features];
        ExpectedTable = new float[TileRows * dimensions.Features];
    }

    public WindowDimensions Dimensions { get; }

    /// <summary>Windows in the tile.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == TileRows;

    /// <summary>Scores of the tile's windows, higher = more anomalous; valid after <see cref="AnomalyModel.Score"/>.</summary>
    public double[] Scores { get; }

    /// <summary>Share of each feature in the score of window <paramref name="index"/>; F values that add up to 1.</summary>
    public ReadOnlySpan<float> Contributions(int index) =>
        ContributionTable.AsSpan(index * Dimensions.Features, Dimensions.Features);

    /// <summary>Expected newest row of window <paramref name="index"/>, F scaled values.</summary>
    public ReadOnlySpan<float> Expected(int index) => ExpectedTable.AsSpan(index * Dimensions.Features, Dimensions.Features);

    internal Tensor Input { get; }

    internal Tensor Hidden { get; }

    internal float[] ContributionTable { get; }

    internal float[] ExpectedTable { get; }

    /// <summary>Empties the tile.</summary>
    public void Clear()
    {
        Count = 0;
        _anyMissing = false;
    }

    /// <summary>Adds a window to the tile: scales it, fills and masks what is missing.</summary>
    /// <param name="window">T × F raw values, oldest row first, NaN where missing.</param>
    /// <param name="scaler">Scaler of the model that will score the tile.</param>
    /// <exception cref="InvalidOperationException">The tile is full.</exception>
    public void Add(ReadOnlySpan<double> window, FeatureScaler scaler)
    {
        Span<float> values = NextRow();
        scaler.Transform(window, values);
        Complete(values, MissingValues.Any(values));
    }

    internal void AddScaled(ReadOnlySpan<float> filled, ReadOnlySpan<float> observed)
    {
        Span<float> values = NextRow();
        filled.CopyTo(values);
        int index = Count++;
        _missing[index] = !observed.IsEmpty;
        _anyMissing |= _missing[index];
        observed.CopyTo(_observed.AsSpan(index * Dimensions.Size));
    }

    /// <summary>All windows of the tile, TileRows × D scaled values.</summary>
    internal ReadOnlySpan<float> Windows => MemoryMarshal.Cast<byte, float>(Input.bytes);

    internal ReadOnlySpan<float> Window(int index) => Row(Input, index);

    /// <summary>Mask of a window, empty when nothing of it is missing.</summary>
    internal ReadOnlySpan<float> Observed(int index) =>
        _anyMissing && _missing[index] ? _observed.AsSpan(index * Dimensions.Size, Dimensions.Size) : [];

    /// <summary>Writes the tile with each newest row replaced by the row before into <see cref="Hidden"/>.</summary>
    internal void HideNewestRows()
    {
        Span<float> hidden = MemoryMarshal.Cast<byte, float>(Hidden.bytes);
        MemoryMarshal.Cast<byte, float>(Input.bytes).CopyTo(hidden);
        int features = Dimensions.Features;
        for (int i = 0; i < Count; i++)
        {
            Span<float> window = hidden.Slice(i * Dimensions.Size, Dimensions.Size);
            window.Slice(Dimensions.Size - 2 * features, features).CopyTo(window[^features..]);
        }
    }

    private Span<float> NextRow()
    {
        if (IsFull)
            throw new InvalidOperationException($"The tile holds {TileRows} windows already; score it and clear it first.");
        return Row(Input, Count);
    }

    private void Complete(Span<float> values, bool missing)
    {
        int index = Count++;
        _missing[index] = missing;
        if (!missing)
            return;
        _anyMissing = true;
        MissingValues.Fill(values, _observed.AsSpan(index * Dimensions.Size, Dimensions.Size), Dimensions);
    }

    private Span<float> Row(Tensor tensor, int index) =>
        MemoryMarshal.Cast<byte, float>(tensor.bytes).Slice(index * Dimensions.Size, Dimensions.Size);

    public void Dispose()
    {
        Input.Dispose();
        Hidden.Dispose();
    }
}
