using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scaling;
using Detector.Models.Training;

namespace Detector.Models.Tests;

/// <summary>Normal operation of a simulated plant: features are mixtures of two slow hidden states plus noise, in units of their own.</summary>
internal sealed class Plant : ITrainingData
{
    private readonly double[] _rows;

    private Plant(WindowDimensions dimensions, double[] rows)
    {
        Dimensions = dimensions;
        _rows = rows;
        Features = [.. Enumerable.Range(0, dimensions.Features).Select(f => $"f{f}")];
    }

    /// <summary>Settings that train in a fraction of a second.</summary>
    public static ModelSettings Quick { get; } = new()
    {
        Network = new NetworkOptions { Hidden = [32], Latent = 6 },
        Trainer = new TrainerOptions { MaxSteps = 120, EvaluateEvery = 20, BatchSize = 64, LearningRate = 3e-3 },
    };

    public IReadOnlyList<string> Features { get; }

    public WindowDimensions Dimensions { get; }

    public ReadOnlySpan<double> Rows => _rows;

    public int Count => _rows.Length / Dimensions.Features;

    public (long First, long Last) Range => (0, (Count - 1) * TimeSpan.TicksPerSecond);

    /// <summary>Size of feature f's unit.</summary>
    public static double Unit(int feature) => Math.Pow(10, feature % 3);

    public static Plant Run(int rows, int length, int features, int seed)
    {
        var random = new Random(seed);
        double[] values = new double[rows * features];
        double first = 0, second = 0;
        for (int t = 0; t < rows; t++)
        {
            first = 0.95 * first + 0.31 * Simulation.Gaussian(random);
            second = 0.9 * second + 0.43 * Simulation.Gaussian(random);
            for (int f = 0; f < features; f++)
            {
                double state = Math.Cos(f) * first + Math.Sin(f) * second + 0.1 * Simulation.Gaussian(random);
                values[t * features + f] = 100 + Unit(f) * state;
            }
        }

        return new Plant(new WindowDimensions(length, features), values);
    }

    public static Plant Of(double[] rows, int length, int features) => new(new WindowDimensions(length, features), rows);

    /// <summary>The same plant with another value wherever <paramref name="change"/> gives one, from (row, feature, value).</summary>
    public Plant With(Func<int, int, double, double> change) =>
        Of([.. _rows.Select((x, i) => change(i / Dimensions.Features, i % Dimensions.Features, x))], Dimensions.Rows, Dimensions.Features);

    /// <summary>A copy of the window that ends with a row.</summary>
    public double[] Window(int newest) =>
        _rows.AsSpan((newest + 1 - Dimensions.Rows) * Dimensions.Features, Dimensions.Size).ToArray();

    public void Replay(WindowVisitor visit)
    {
        for (int newest = Dimensions.Rows - 1; newest < Count; newest++)
            visit(Window(newest), newest * TimeSpan.TicksPerSecond, 0);
    }

    /// <summary>Where models of tests are trained and scored: the processor, unless <c>DETECTOR_TEST_DEVICE</c> names a device.</summary>
    public static ComputeDevice Device => ComputeDevice.Select(Environment.GetEnvironmentVariable("DETECTOR_TEST_DEVICE") ?? "cpu");

    /// <summary>The same, but for the processor by torch alone.</summary>
    public static ComputeDevice ByTorch => Device.Compiles ? ComputeDevice.Select(ComputeDevice.CpuByTorch) : Device;

    public TrainedModel Train(ModelSettings? settings = null, ComputeDevice? on = null) => new ModelTrainer(settings ?? Quick, on ?? Device, TimeProvider.System)
        .Train(this, null, TestContext.Current.CancellationToken);

    /// <summary>The plant's windows, scaled by the robust scaler.</summary>
    public TrainingWindows Windows() =>
        TrainingWindows.Collect(this, FeatureScaler.Fit("robust", Rows, Dimensions.Features), new TrainerOptions());
}
