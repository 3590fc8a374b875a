using Detector.Models.Autoencoders;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>A phase of gradient descent by torch: any network, any device. Lives in the caller's dispose scope.</summary>
/// <param name="network">What is trained.</param>
/// <param name="phase">Its objectives.</param>
/// <param name="windows">What it learns from.</param>
/// <param name="held">What it is judged on.</param>
/// <param name="steps">Steps of the phase.</param>
/// <param name="noise">Where batches and noise come from.</param>
internal sealed class TorchDescent(
    Autoencoder network, TrainingPhase phase, MaskedWindows windows, MaskedWindows held, TrainerOptions options, int steps, Generator noise) : IDescent
{
    private readonly optim.Optimizer[] _optimisers =
        [.. phase.Objectives.Select(objective => optim.AdamW(objective.Parameters, options.LearningRate, weight_decay: network.Options.WeightDecay))];

    private optim.lr_scheduler.LRScheduler[]? _schedules;
    private BatchOrder? _order;
    private Dictionary<string, Tensor>? _best;

    public double Step(double progress)
    {
        _schedules ??= [.. _optimisers.Select(optimiser =>
            optim.lr_scheduler.LambdaLR(optimiser, step => LearningRateSchedule.Factor(options.Schedule, (double)step / steps)))];
        _order ??= new BatchOrder(windows.Count, options.BatchSize, noise, windows.Windows.device);
        using var scope = NewDisposeScope();
        MaskedWindows batch = Augmentation.Apply(windows.At(_order.Next()), network.Dimensions, options.Augmentation, noise); // (B, D)
        double sum = 0;
        foreach ((Objective objective, optim.Optimizer optimiser) in phase.Objectives.Zip(_optimisers))
        {
            optimiser.zero_grad();
            Tensor loss = objective.Loss(batch.Windows, batch.Observed, progress, noise);
            loss.backward();
            nn.utils.clip_grad_norm_(objective.Parameters, options.MaxGradientNorm);
            optimiser.step();
            sum += loss.item<float>();
        }

        foreach (optim.lr_scheduler.LRScheduler schedule in _schedules)
            schedule.step();
        return sum;
    }

    public double Validate() => held.Mean((batch, mask) => phase.Validation(batch, mask, 1, null));

    public double Error() => windows.Mean(network.ReconstructionError);

    public void Remember()
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

    public void Recall()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach ((string name, Tensor value) in network.state_dict())
            value.copy_(_best![name]);
    }

    public void Dispose()
    {
        foreach (optim.Optimizer optimiser in _optimisers)
            optimiser.Dispose();
        _order?.Dispose();
        foreach (Tensor value in _best?.Values ?? Enumerable.Empty<Tensor>())
            value.Dispose();
        network.zero_grad();
    }
}
