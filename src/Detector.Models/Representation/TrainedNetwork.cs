using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Scoring;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Representation;

/// <summary>One network of a trained model beside detection: windows in, reconstructions or codes out. Raw windows are in units of the features.</summary>
public sealed class TrainedNetwork
{
    private const int MostDrawn = 256;
    private readonly AnomalyModel _model;
    private readonly Autoencoder _network;

    /// <param name="model">A trained model; it owns the network.</param>
    /// <param name="name">Name of one of its networks.</param>
    /// <exception cref="ArgumentException">The model has no such network, or takes a season out, of which windows without their time know nothing.</exception>
    public TrainedNetwork(AnomalyModel model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Detrending is not null)
            throw new ArgumentException("The model takes wandering levels out of its values: train it with Model:Detrend none to use its networks by themselves.", nameof(model));
        if (model.Scaler.Season is not null)
            throw new ArgumentException("The model takes the hours of the day out of its values: train it with Model:Calendar:Season none to use its networks by themselves.", nameof(model));
        _model = model;
        _network = model.Members.FirstOrDefault(network => network.Name == name)
            ?? throw new ArgumentException($"The model has no network '{name}'; it has {string.Join(", ", model.Networks)}.", nameof(name));
    }

    /// <summary>The network of a model that can draw new windows; null when it has none.</summary>
    public static TrainedNetwork? Generative(AnomalyModel model) =>
        model.Members.OfType<VariationalAutoencoder>().FirstOrDefault() is { } network ? new TrainedNetwork(model, network.Name) : null;

    public string Name => _network.Name;

    public WindowDimensions Dimensions => _model.Dimensions;

    /// <summary>Adds the reconstructions of windows to sums; what is missing is reconstructed from the rest.</summary>
    /// <param name="windows">(B, T, F) raw values, NaN where missing.</param>
    /// <param name="sums">(B, T, F) raw values; of features that were never observed in training it becomes NaN.</param>
    public void AddReconstructions(ReadOnlySpan<double> windows, Span<double> sums)
    {
        using var scope = NewDisposeScope();
        using var noGrad = inference_mode();
        AddRaw(_network.forward(Input(windows)), sums);
    }

    /// <summary>Latent codes of windows.</summary>
    /// <param name="windows">(B, T, F) raw values, NaN where missing.</param>
    /// <returns>(B, Z) row by row.</returns>
    public float[] Encode(ReadOnlySpan<double> windows)
    {
        using var scope = NewDisposeScope();
        using var noGrad = inference_mode();
        return Floats(_network.Encode(Input(windows)));
    }

    /// <summary>Draws new windows of normal operation.</summary>
    /// <param name="count">Windows.</param>
    /// <param name="seed">The same one draws the same windows.</param>
    /// <returns>(T, F) raw values of one window after the other; NaN for features that were never observed in training.</returns>
    /// <exception cref="InvalidOperationException">The network cannot; see <see cref="Generative"/>.</exception>
    public IEnumerable<double[]> Generate(int count, int seed)
    {
        if (_network is not VariationalAutoencoder variational)
            throw new InvalidOperationException($"Network '{Name}' has no prior to draw from.");
        using Generator generator = new((ulong)seed, CPU);
        for (int drawn = 0; drawn < count; drawn += MostDrawn)
        {
            foreach (double[] window in Draw(variational, Math.Min(MostDrawn, count - drawn), generator).Chunk(Dimensions.Size))
                yield return window;
        }
    }

    private double[] Draw(VariationalAutoencoder network, int count, Generator generator)
    {
        using var scope = NewDisposeScope();
        using var noGrad = inference_mode();
        double[] windows = new double[count * Dimensions.Size];
        AddRaw(network.Generate(count, generator), windows);
        return windows;
    }

    /// <summary>Scaled windows, filled where missing, on the network's device: (B, D).</summary>
    private Tensor Input(ReadOnlySpan<double> windows)
    {
        int size = Dimensions.Size, count = windows.Length / size;
        float[] scaled = new float[windows.Length], observed = new float[size];
        _model.Scaler.Transform(windows, scaled);
        for (int i = 0; i < count; i++)
            MissingValues.Fill(scaled.AsSpan(i * size, size), observed, Dimensions);
        return tensor(scaled).reshape(count, size).to(_network.parameters().First().device);
    }

    private void AddRaw(Tensor scaled, Span<double> sums)
    {
        float[] values = Floats(scaled);
        for (int i = 0; i < values.Length; i++)
            sums[i] += _model.Scaler.Inverse(i % Dimensions.Features, values[i]);
        foreach (int feature in _model.Scaler.Unobserved)
        {
            for (int i = feature; i < sums.Length; i += Dimensions.Features)
                sums[i] = double.NaN;
        }
    }

    private static float[] Floats(Tensor values) => MemoryMarshal.Cast<byte, float>(values.to(ScalarType.Float32).cpu().contiguous().bytes).ToArray();
}
