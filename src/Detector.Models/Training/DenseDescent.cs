using Detector.Models.Descent;

namespace Detector.Models.Training;

/// <summary>The one phase of a network of fully connected layers on the CPU, by kernels of our own: the same batches, noise and steps as by torch, within rounding.</summary>
/// <param name="network">What is trained.</param>
/// <param name="windows">What it learns from.</param>
/// <param name="held">What it is judged on.</param>
internal sealed class DenseDescent(DescentNetwork network, WindowSet windows, WindowSet held, TrainerOptions options) : IDescent
{
    /// <summary>Windows whose loss is computed from one mean error, as by torch.</summary>
    private const int EvaluationBatch = MaskedWindows.EvaluationBatch;

    private readonly TorchRandom _noise = new((ulong)options.Seed);
    private readonly DescentBatch _batch = new(windows.Dimensions, Rows(options));
    private readonly int[] _order = new int[windows.Count];
    private readonly int _size = Math.Min(options.BatchSize, windows.Count);
    private int _next = windows.Count;

    /// <summary>Windows that a network must take at once.</summary>
    public static int Rows(TrainerOptions options) => Math.Max(64, options.BatchSize);

    public double Step(double progress)
    {
        if (_next + _size > windows.Count)
        {
            _noise.Permutation(_order);
            _next = 0;
        }

        _batch.Fill(windows, _order.AsSpan(_next, _size));
        _next += _size;
        double loss = network.Descend(_batch, progress, _noise);
        double rate = options.LearningRate * LearningRateSchedule.Factor(options.Schedule, progress);
        network.Parameters.Step(rate, network.Network.Options.WeightDecay, options.MaxGradientNorm);
        return loss;
    }

    public double Validate() => Mean(held, network.Measure, sums => network.Loss(sums, 1).Loss);

    public double Error() => Mean(windows, network.Reconstruct, sums => sums.Error);

    public void Remember() => network.Remember();

    public void Recall() => network.Recall();

    /// <summary>Gives the network the weights that were learned.</summary>
    public void Dispose() => network.Export();

    /// <summary>Mean over all windows of what the sums of a batch of them make.</summary>
    private double Mean(WindowSet set, Func<DescentBatch, LossSums> measure, Func<LossSums, double> loss)
    {
        double mean = set.Count == 0 ? double.NaN : 0;
        for (int at = 0; at < set.Count; at += EvaluationBatch)
        {
            int count = Math.Min(EvaluationBatch, set.Count - at);
            LossSums sums = default;
            for (int done = 0; done < count; done += _batch.Capacity)
            {
                _batch.Fill(set, at + done, Math.Min(_batch.Capacity, count - done));
                sums += measure(_batch);
            }

            mean += loss(sums) * count / set.Count;
        }

        return mean;
    }
}
