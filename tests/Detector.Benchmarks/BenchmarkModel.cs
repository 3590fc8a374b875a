using Detector.Models.Autoencoders;
using Detector.Models.Training;
using Detector.Worker.Cli.Quickstart;

namespace Detector.Benchmarks;

/// <summary>Training data of one simulated pump, or of several side by side when it is to have more features than one has sensors.</summary>
internal sealed class BenchmarkModel(int windows, int rows, int features = BenchmarkModel.PumpSensors) : ITrainingData
{
    public const int PumpSensors = 8;

    private readonly double[] _rows = Simulate(windows + rows - 1, features);

    public IReadOnlyList<string> Features { get; } = [.. Enumerable.Range(0, features).Select(f => f < PumpSensors ? PumpSimulator.Sensors[f] : $"{f}")];

    public WindowDimensions Dimensions => new(rows, Features.Count);

    public ReadOnlySpan<double> Rows => _rows;

    public (long First, long Last) Range => (0, windows);

    public void Replay(WindowVisitor visit)
    {
        for (int i = 0; i < windows; i++)
            visit(Window(i), PlantMessages.Start.AddSeconds(i).UtcTicks, 0);
    }

    public ReadOnlySpan<double> Window(int index) => _rows.AsSpan(index * Features.Count, Dimensions.Size);

    public TrainedModel Train(ModelSettings settings) =>
        new ModelTrainer(settings, BenchmarkDevice.Select(), TimeProvider.System).Train(this, null, CancellationToken.None);

    private static double[] Simulate(int count, int features)
    {
        double[] values = new double[count * features], row = new double[PumpSensors];
        for (int first = 0; first < features; first += PumpSensors)
        {
            var pump = new PumpSimulator(1 + first);
            for (int i = 0; i < count; i++)
            {
                pump.Next(null, 0, row);
                row.AsSpan(0, Math.Min(PumpSensors, features - first)).CopyTo(values.AsSpan(i * features + first));
            }
        }

        return values;
    }
}
