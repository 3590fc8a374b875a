using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Training;
using Detector.Worker.Cli.Quickstart;

namespace Detector.Benchmarks;

/// <summary>Training data of one simulated pump.</summary>
internal sealed class BenchmarkModel(int windows, int rows) : ITrainingData
{
    private readonly double[] _rows = Simulate(windows + rows - 1);

    public IReadOnlyList<string> Features => PumpSimulator.Sensors;

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
        new ModelTrainer(settings, ComputeDevice.Select("auto"), TimeProvider.System).Train(this, null, CancellationToken.None);

    private static double[] Simulate(int count)
    {
        var pump = new PumpSimulator(1);
        int features = PumpSimulator.Sensors.Count;
        double[] values = new double[count * features];
        for (int i = 0; i < count; i++)
            pump.Next(null, 0, values.AsSpan(i * features, features));
        return values;
    }
}
