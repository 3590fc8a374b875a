using Detector.Models.Autoencoders;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>The course of one training: losses so far, and the weights at the best look at the validation part.</summary>
internal sealed class TrainingCourse(Autoencoder network, WindowSet validation, Device device)
{
    private const int EvaluationBatch = 1024;
    private readonly Tensor _windows = validation.ToTensor(device); // (N, D), owned by the caller's dispose scope
    private readonly Tensor? _observed = validation.ToMask(device);
    private readonly List<double> _training = [];
    private readonly List<double> _validation = [];
    private Dictionary<string, Tensor>? _best;
    private int _bestStep;

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    public double LastLoss => _validation[^1];

    public double LastTrainingLoss => _training[^1];

    /// <summary>Looks since the best one.</summary>
    public int SinceBest { get; private set; }

    /// <summary>Measures the validation part and keeps the weights if they are the best so far.</summary>
    /// <exception cref="TrainingException">The loss is no number.</exception>
    public void Look(int step, double trainingLoss)
    {
        double loss = Loss(_windows, _observed);
        if (!double.IsFinite(loss) || !double.IsFinite(trainingLoss))
        {
            throw new TrainingException(
                $"Training of network '{network.Name}' diverged at step {step} (training loss {trainingLoss}, validation loss {loss}); " +
                "lower Training:LearningRate or look for extreme values in the training range.");
        }

        _training.Add(trainingLoss);
        _validation.Add(loss);
        SinceBest++;
        if (loss >= BestLoss)
            return;
        BestLoss = loss;
        SinceBest = 0;
        _bestStep = step;
        Keep();
    }

    /// <summary>Mean deterministic loss over windows.</summary>
    public double Loss(Tensor windows, Tensor? observed) => Mean(windows, observed, (batch, mask) => network.Loss(batch, mask, 1, null));

    /// <summary>Mean squared error of the reconstruction of windows.</summary>
    public double Error(Tensor windows, Tensor? observed) => Mean(windows, observed, network.ReconstructionError);

    private static double Mean(Tensor windows, Tensor? observed, Func<Tensor, Tensor?, Tensor> measure)
    {
        using var noGrad = no_grad();
        double sum = 0;
        long count = windows.shape[0];
        for (long at = 0; at < count; at += EvaluationBatch)
        {
            using var scope = NewDisposeScope();
            long size = Math.Min(EvaluationBatch, count - at);
            sum += measure(windows.narrow(0, at, size), observed?.narrow(0, at, size)).item<float>() * size;
        }

        return sum / count;
    }

    public void RestoreBest()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach ((string name, Tensor value) in network.state_dict())
            value.copy_(_best![name]);
    }

    public NetworkReport Report(int steps, double seconds) => new(
        network.Name, network.parameters().Sum(p => p.numel()), steps, _bestStep, _training, _validation, BestLoss, seconds);

    private void Keep()
    {
        using var noGrad = no_grad();
        if (_best is null)
        {
            _best = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone(), StringComparer.Ordinal);
            return;
        }

        foreach ((string name, Tensor value) in network.state_dict())
            _best[name].copy_(value);
    }
}
