using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Inference;
using Detector.Models.Scaling;
using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>
/// A trained model of normal operation: networks, and the views of the windows and of what the networks make of them. Immutable once trained;
/// what the views remember of a series is in its <see cref="SeriesMemory"/>. The score of a window is the weighted mean over all views of log(1 + e/u) on
/// the time scale where it is highest, in units of what held-out normal windows reach once in a hundred (<see cref="ErrorTail"/>). It depends on this
/// window and earlier ones of its series.
/// </summary>
public sealed class AnomalyModel : IDisposable
{
    /// <summary>Reconstructions by which the missing is filled in; where a quarter is missing, each brings it three quarters nearer.</summary>
    private const int FillPasses = 8;

    private readonly Autoencoder?[] _networks; // null once released
    private readonly ScoreView[] _views;
    private readonly int[] _starts; // of each view's slots in the memory of a series; behind the last, where they end
    private readonly Reconstructor[] _reconstructors; // compiled where they can be
    private readonly TorchPass? _torch;
    private readonly int _filler; // the network that fills in what is missing
    private readonly bool _isBorrowed;

    internal AnomalyModel(
        IReadOnlyList<string> features, FeatureScaler scaler, WindowDimensions dimensions, Autoencoder[] networks, ScoreView[] views,
        float[] noise, ScoringTarget target)
    {
        Features = features;
        Scaler = scaler;
        Dimensions = dimensions;
        NoiseTable = noise;
        _networks = networks;
        _views = views;
        _starts = new int[views.Length + 1];
        for (int v = 0; v < views.Length; v++)
            _starts[v + 1] = _starts[v] + views[v].Slots;
        ILookup<string, ScoreView> subjects = views.ToLookup(view => view.Subject);
        Weights = [.. views.Select(view => 1f / (subjects.Count * subjects[view.Subject].Count()))];
        Networks = [.. networks.Select(network => network.Name)];
        _filler = Math.Max(0, Array.FindIndex(networks, network => network is LinearAutoencoder));
        _reconstructors = [.. networks.Select((network, n) => new Reconstructor(network, target, n != _filler && LooksAtNewestOnly(n)))];
        _torch = TorchPass.Of(target, _reconstructors);
        Precision = _torch is null ? Precision.F32 : target.Precision;
        TileRows = ScoringWorkspace.RowsFor(target.Device);
    }

    private AnomalyModel(AnomalyModel other, FeatureScaler scaler)
    {
        Detrending = other.Detrending;
        (Features, Scaler, Dimensions, NoiseTable, Weights, Networks) = (other.Features, scaler, other.Dimensions, other.NoiseTable, other.Weights, other.Networks);
        (_networks, _views, _starts, _reconstructors, _filler, _torch, TileRows) =
            (other._networks, other._views, other._starts, other._reconstructors, other._filler, other._torch, other.TileRows);
        (Precision, PrecisionNote, _isBorrowed) = (other.Precision, other.PrecisionNote, true);
    }

    /// <summary>Names of the F features, in the order of the window's columns.</summary>
    public IReadOnlyList<string> Features { get; }

    public FeatureScaler Scaler { get; }

    public WindowDimensions Dimensions { get; }

    /// <summary>Takes wandering levels out of the windows first; null where none wanders.</summary>
    internal Detrending? Detrending { get; set; }

    /// <summary>The networks that torch runs; null where every network has a plan.</summary>
    internal TorchPass? Torch => _torch;

    /// <summary>What torch scores in; single precision where every network has a plan.</summary>
    public Precision Precision { get; }

    /// <summary>A sentence that says why that is not what was asked for; null when it is.</summary>
    public string? PrecisionNote { get; internal set; }

    /// <summary>Held-out windows that another precision is tried on, (N, D), scaled and filled; null where torch runs none of the networks, and once released.</summary>
    internal float[]? Probes { get; set; }

    /// <summary>Names of the networks.</summary>
    public IReadOnlyList<string> Networks { get; }

    /// <summary>Standard deviation of each feature around its expected value on held-out normal windows, scaled units.</summary>
    public IReadOnlyList<float> Noise => NoiseTable;

    internal float[] NoiseTable { get; }

    /// <exception cref="InvalidOperationException">They were released.</exception>
    internal IReadOnlyList<Autoencoder> Members => [.. _networks.Select(network => network ?? throw new InvalidOperationException(
        "The networks of this model were released once it was compiled; build it anew from its artifact to save, encode or generate."))];

    internal IReadOnlyList<ScoreView> Views => _views;

    /// <summary>Multiplications and additions of the networks' plans for a window.</summary>
    internal long Operations => _reconstructors.Sum(reconstructor => reconstructor.Plan?.Operations ?? 0);

    /// <summary>Weight in the score of each view: every subject has the same.</summary>
    internal IReadOnlyList<float> Weights { get; }

    private bool LooksAtNewestOnly(int network) =>
        Array.TrueForAll(_views, view => view.Network != network || view is NetworkView { Part: ResidualView.Row });

    /// <summary>The same model for values on another scale. It borrows the networks: this one must outlive it, and disposing it does nothing.</summary>
    /// <exception cref="ArgumentException">The scaler has another number of features.</exception>
    public AnomalyModel On(FeatureScaler scaler)
    {
        ArgumentNullException.ThrowIfNull(scaler);
        return scaler.Features == Dimensions.Features
            ? new AnomalyModel(this, scaler)
            : throw new ArgumentException($"The scaler has {scaler.Features} features, the model {Dimensions.Features}.", nameof(scaler));
    }

    /// <summary>What the views remember of a series of which nothing was seen.</summary>
    public SeriesMemory CreateMemory()
    {
        double[] slots = new double[_starts[^1] + (Detrending?.Slots ?? 0)];
        for (int v = 0; v < _views.Length; v++)
            _views[v].Start(slots.AsSpan(_starts[v].._starts[v + 1]));
        if (Detrending is not null)
            Detrending.Start(slots.AsSpan(_starts[^1]));
        return new SeriesMemory(slots);
    }

    /// <summary>Takes up what the views remember at the end of a training range.</summary>
    internal void Learn(SeriesMemory memory)
    {
        for (int v = 0; v < _views.Length; v++)
            _views[v].Learn(memory.Slots(_starts[v], _starts[v + 1] - _starts[v]));
    }

    /// <summary>Rows of a series have passed that nobody has seen, as in a pool: what follows a series has followed meanwhile.</summary>
    /// <param name="window">The window after them, T × F scaled values, NaN where missing.</param>
    /// <param name="rows">How many have passed.</param>
    internal void Pass(SeriesMemory memory, ReadOnlySpan<float> window, double rows)
    {
        float[] told = window.ToArray();
        // Of a level that is taken out before, the views know nothing.
        foreach (int feature in Detrending?.Columns ?? [])
        {
            for (int i = feature; i < told.Length; i += Dimensions.Features)
                told[i] = float.NaN;
        }

        for (int v = 0; v < _views.Length; v++)
            _views[v].Pass(told, rows, memory.Slots(_starts[v], _views[v].Slots));
    }

    /// <summary>How many windows are best scored at a time: as many as <see cref="ScoringWorkspace.TileRows"/> on the CPU, more on a CUDA device.</summary>
    public int TileRows { get; }

    /// <summary>Whether a tile may be begun, so that a device works on it, before the one before is finished.</summary>
    public bool WorksAhead => _torch is not null;

    /// <summary>Scores the windows of a tile; scores, contributions and expected values are then in the workspace.</summary>
    /// <exception cref="ArgumentException">The tile's windows have other dimensions.</exception>
    public void Score(ScoringWorkspace tile) => Score(tile, null);

    /// <param name="look">Shown the error of each view of each window: view, window, its shares by time scale and feature.</param>
    internal void Score(ScoringWorkspace tile, ErrorVisitor? look)
    {
        Begin(tile);
        Wait();
        Finish(tile, look);
    }

    /// <summary>Fills in what is missing and has the device begin with the networks. What the views remember of the series is not touched.</summary>
    /// <exception cref="ArgumentException">The tile's windows have other dimensions.</exception>
    public void Begin(ScoringWorkspace tile)
    {
        if (tile.Dimensions != Dimensions)
            throw new ArgumentException($"The tile holds windows of {tile.Dimensions}, the model was trained on {Dimensions}.", nameof(tile));
        if (tile.Count == 0)
            return;
        TakeLevelsOut(tile);
        FillMissing(tile);
        _torch?.Begin(tile);
    }

    /// <summary>Waits until the device is done with all tiles that were begun.</summary>
    public void Wait() => _torch?.Wait();

    /// <summary>Scores the windows of a tile that was begun and waited for; scores, contributions and expected values are then in the workspace.</summary>
    public void Finish(ScoringWorkspace tile) => Finish(tile, null);

    private void Finish(ScoringWorkspace tile, ErrorVisitor? look)
    {
        if (tile.Count == 0)
            return;
        int features = Dimensions.Features;
        Array.Clear(tile.Scores, 0, tile.Count);
        Array.Clear(tile.ContributionTable, 0, tile.Count * features);
        Array.Clear(tile.ExpectedTable, 0, tile.Count * features);
        for (int n = 0; n < _networks.Length; n++)
        {
            Reconstructor reconstructor = _reconstructors[n];
            if (reconstructor.Plan is null)
                _torch!.Give(reconstructor, tile);
            else
                reconstructor.Run(tile);
            AddExpected(tile);
            AddVoices(tile, n, look);
        }

        AddVoices(tile, null, look);
        for (int i = 0; i < tile.Count; i++)
            ShareOut(tile, i);
        if (Detrending is not null)
            Lanes.AddScaled(tile.Levels[..(tile.Count * features)], 1, tile.ExpectedTable);
    }

    private void TakeLevelsOut(ScoringWorkspace tile)
    {
        if (Detrending is null)
            return;
        tile.Levels.Clear();
        int start = _starts[^1];
        for (int i = 0; i < tile.Count; i++)
        {
            Detrending.TakeOut(
                tile.Writable(i), tile.Observed(i), tile.Restarted(i) ? Dimensions.Rows : 1, tile.Memory(i).Slots(start, Detrending.Slots),
                tile.Levels.Slice(i * Dimensions.Features, Dimensions.Features));
        }
    }

    /// <summary>
    /// Puts in the place of what is missing what a network expects there, given the rest: its reconstruction, over and over, each time with the last one
    /// filled in. With the linear network, which is taken if there is one, this leads to the least squares fit to the observed values. A plain
    /// line between neighbours is not where the feature would have been, and the others would look wrong beside it.
    /// </summary>
    private void FillMissing(ScoringWorkspace tile)
    {
        for (int pass = 0; pass < FillPasses && tile.AnyMissing; pass++)
        {
            _reconstructors[_filler].Run(tile);
            tile.FillMissing();
        }
    }

    private void AddExpected(ScoringWorkspace tile)
    {
        int features = Dimensions.Features;
        for (int i = 0; i < tile.Count; i++)
        {
            ReadOnlySpan<float> newest = tile.Reconstruction(i)[^features..];
            Span<float> expected = tile.ExpectedTable.AsSpan(i * features, features);
            Lanes.AddScaled(newest, 1f / _networks.Length, expected);
        }
    }

    /// <summary>Has the views of a network look at every window, those of one series in order.</summary>
    /// <param name="network">Null for the views that look at the window alone.</param>
    private void AddVoices(ScoringWorkspace tile, int? network, ErrorVisitor? look)
    {
        for (int v = 0; v < _views.Length; v++)
        {
            if (_views[v].Network != network)
                continue;
            Observe(tile, v, network is not null);
            for (int i = 0; look is not null && i < tile.Count; i++)
                look(v, i, tile.SharesOf(i));
            AddVoice(tile, _views[v], Weights[v]);
        }
    }

    private void Observe(ScoringWorkspace tile, int v, bool reconstructed)
    {
        ScoreView view = _views[v];
        ReadOnlySpan<float> projections = view.Projection is { } map ? Project(tile, view.ProjectsUpTo, map) : [];
        int width = projections.Length / tile.Count, size = Dimensions.Size, start = _starts[v], slots = _starts[v + 1] - start;
        ReadOnlySpan<float> windows = tile.Windows;
        for (int i = 0; i < tile.Count; i++)
        {
            var evidence = new WindowEvidence(
                Dimensions, windows.Slice(i * size, size), tile.Observed(i), reconstructed ? tile.Reconstruction(i) : [], tile.Restarted(i), projections.Slice(i * width, width));
            view.Observe(evidence, tile.Memory(i).Slots(start, slots), tile.SharesOf(i));
        }
    }

    /// <summary>A linear map of the rows up to one of the newest, for all windows at once.</summary>
    private ReadOnlySpan<float> Project(ScoringWorkspace tile, int rowsBeforeEnd, PackedLayer map)
    {
        Span<float> output = tile.Scratch.Take(0, tile.Count * map.Width).Span[..(tile.Count * map.Width)];
        map.Run(tile.Windows[(Dimensions.Size - rowsBeforeEnd * Dimensions.Features - map.Inputs)..], Dimensions.Size, tile.Count, output);
        return output;
    }

    /// <summary>A view's scores of all windows, each on the time scale where it is highest, and shared out among the features as that error is.</summary>
    private void AddVoice(ScoringWorkspace tile, ScoreView view, float weight)
    {
        int features = Dimensions.Features, lanes = (tile.Count + Lanes.Count - 1) / Lanes.Count * Lanes.Count;
        for (int span = 0; span < ScoreView.Spans; span++)
        {
            Span<double> errors = tile.Errors(span)[..lanes], scores = tile.VoiceScores(span)[..lanes];
            for (int i = 0; i < tile.Count; i++)
                errors[i] = view.Error(tile.SharesOf(i), span);
            errors.CopyTo(scores);
            view.Score(span, scores);
        }

        for (int i = 0; i < tile.Count; i++)
        {
            int span = 0;
            for (int other = 1; other < ScoreView.Spans; other++)
                span = tile.VoiceScores(other)[i] > tile.VoiceScores(span)[i] ? other : span;
            double score = weight * tile.VoiceScores(span)[i];
            tile.Scores[i] += score;
            float part = (float)(score / Math.Max(tile.Errors(span)[i], 1e-12));
            Lanes.AddScaled(tile.SharesOf(i).Slice(span * features, features), part, tile.ContributionTable.AsSpan(i * features, features));
        }
    }

    /// <summary>Makes the contributions to a window's score add up to 1.</summary>
    private void ShareOut(ScoringWorkspace tile, int index)
    {
        int features = Dimensions.Features;
        Span<float> contributions = tile.ContributionTable.AsSpan(index * features, features);
        float sum = Lanes.Sum(contributions);
        if (sum > 0)
            Lanes.Divide(contributions, sum);
        else
            contributions.Fill(1f / features);
    }

    /// <summary>
    /// Lets go of the networks that a plan or a copy in half precision stands for: the model goes on scoring to the last bit, in half of the memory, and can
    /// no longer be saved, encode or generate.
    /// </summary>
    public void ReleaseNetworks()
    {
        Probes = null;
        for (int n = 0; n < _networks.Length; n++)
        {
            if (!_reconstructors[n].StandsAlone)
                continue;
            _networks[n]?.Dispose();
            _networks[n] = null;
        }
    }

    public void Dispose()
    {
        if (_isBorrowed)
            return;
        GiveWay();
        foreach (Autoencoder? network in _networks)
            network?.Dispose();
    }

    /// <summary>Disposes what the model has of its own, and leaves its networks to another.</summary>
    internal void GiveWay()
    {
        foreach (Reconstructor reconstructor in _reconstructors)
            reconstructor.Dispose();
    }
}
