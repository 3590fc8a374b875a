using Detector.Models.Autoencoders;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>
/// Fits one network: in closed form where it has one, else phase by phase with AdamW (Kingma and Ba 2015; Loshchilov and Hutter 2019) on shuffled
/// batches with gradient clipping and early stopping on the validation part; the weights of the best look are kept. Same data, options and
/// device give the same weights.
/// </summary>
internal sealed class Trainer(TrainerOptions options, Device device, TimeProvider clock)
{
    /// <summary>A training that makes the reconstruction error this much larger has diverged, whatever its loss says.</summary>
    private const double MaxErrorGrowth = 1.5;

    /// <summary>Solutions of a closed form, each without the rows that the one before reconstructs worst.</summary>
    private const int TrimmedRounds = 3;

    /// <summary>Validation windows at most on which a network's property is measured.</summary>
    private const int MaxMeasured = 1024;

    /// <summary>Share of the rows that the loss leaves out, those that are reconstructed worst; see <see cref="TrimmedLoss"/>.</summary>
    public double Trim { get; init; }

    /// <exception cref="TrainingException">The loss diverged, or training made the reconstruction worse.</exception>
    public NetworkReport Fit(
        Autoencoder network, WindowSet training, WindowSet validation, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        long started = clock.GetTimestamp();
        using var scope = NewDisposeScope();
        _ = network.to(device);
        MaskedWindows windows = MaskedWindows.Of(training, device), held = MaskedWindows.Of(validation, device);
        TrainingCourse course = TrySolve(network, windows, held) ?? Descend(network, windows, held, progress, cancel);
        network.eval();
        progress?.Report(new TrainingProgress(network.Name, 1, course.LastTrainingLoss, course.BestLoss));
        return course.Report(Properties(network, held), clock.GetElapsedTime(started).TotalSeconds);
    }

    private TrainingCourse? TrySolve(Autoencoder network, MaskedWindows windows, MaskedWindows held)
    {
        if (!network.TrySolve(windows.Windows, windows.Observed))
            return null;
        for (int round = 0; Trim > 0 && round < TrimmedRounds; round++)
        {
            using var scope = NewDisposeScope();
            MaskedWindows trimmed = TrimmedLoss.Trim(network, windows, Trim, MaxMeasured);
            network.TrySolve(trimmed.Windows, trimmed.Observed);
        }

        var course = new TrainingCourse(network, network.Loss, held, 0);
        course.Look(0, windows.Mean((batch, mask) => network.Loss(batch, mask, 1, null)));
        return course;
    }

    /// <summary>Gradient descent, one phase after the other. The last one's course is what is reported.</summary>
    private TrainingCourse Descend(
        Autoencoder network, MaskedWindows windows, MaskedWindows held, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        using Generator noise = new((ulong)options.Seed, CPU);
        double untrained = windows.Mean(network.ReconstructionError);
        network.train();
        TrainingCourse course = null!;
        IReadOnlyList<TrainingPhase> phases = network.Phases();
        foreach (TrainingPhase phase in phases)
        {
            double before = phases.TakeWhile(other => other != phase).Sum(Steps), all = phases.Sum(Steps);
            course = new TrainingCourse(network, phase.Validation, held, course?.Step ?? 0);
            Run(network, phase, course, windows, noise, fraction => progress?.Report(
                new TrainingProgress(network.Name, (before + fraction * Steps(phase)) / all, course.LastTrainingLoss, course.LastLoss)), cancel);
            if (phase.StopsEarly)
                course.RestoreBest();
        }

        network.zero_grad();
        double trained = windows.Mean(network.ReconstructionError);
        if (trained <= MaxErrorGrowth * untrained)
            return course;
        throw new TrainingException(
            $"Training of network '{network.Name}' took its error from {untrained:G4} to {trained:G4} instead of lowering it; " +
            $"lower Training:LearningRate, which is {options.LearningRate:G4}.");
    }

    private void Run(
        Autoencoder network, TrainingPhase phase, TrainingCourse course, MaskedWindows windows, Generator noise, Action<double> looked,
        CancellationToken cancel)
    {
        optim.Optimizer[] optimisers =
            [.. phase.Objectives.Select(objective => optim.AdamW(objective.Parameters, options.LearningRate, weight_decay: network.Options.WeightDecay))];
        try
        {
            using var order = new BatchOrder(windows.Count, options.BatchSize, noise, device);
            int steps = Steps(phase);
            optim.lr_scheduler.LRScheduler[] schedules =
                [.. optimisers.Select(optimiser => optim.lr_scheduler.LambdaLR(optimiser, step => LearningRateSchedule.Factor(options.Schedule, (double)step / steps)))];
            double sum = 0;
            for (int step = 1; step <= steps && !(phase.StopsEarly && course.SinceBest >= options.Patience); step++)
            {
                cancel.ThrowIfCancellationRequested();
                sum += Step(network, phase, optimisers, windows, order, (step - 1.0) / steps, noise);
                foreach (optim.lr_scheduler.LRScheduler schedule in schedules)
                    schedule.step();
                if (step % options.EvaluateEvery != 0 && step != steps)
                    continue;
                course.Look(step, sum / ((step - 1) % options.EvaluateEvery + 1));
                looked((double)step / steps);
                sum = 0;
            }
        }
        finally
        {
            foreach (optim.Optimizer optimiser in optimisers)
                optimiser.Dispose();
        }
    }

    /// <summary>One step of every objective on the same windows; their losses, added up.</summary>
    private double Step(
        Autoencoder network, TrainingPhase phase, optim.Optimizer[] optimisers, MaskedWindows windows, BatchOrder order, double progress, Generator noise)
    {
        using var scope = NewDisposeScope();
        MaskedWindows batch = Augmentation.Apply(windows.At(order.Next()), network.Dimensions, options.Augmentation, noise); // (B, D)
        if (Trim > 0)
            batch = TrimmedLoss.Trim(network, batch, Trim, batch.Count);
        double sum = 0;
        foreach ((Objective objective, optim.Optimizer optimiser) in phase.Objectives.Zip(optimisers))
        {
            optimiser.zero_grad();
            Tensor loss = objective.Loss(batch.Windows, batch.Observed, progress, noise);
            loss.backward();
            nn.utils.clip_grad_norm_(objective.Parameters, options.MaxGradientNorm);
            optimiser.step();
            sum += loss.item<float>();
        }

        return sum;
    }

    private int Steps(TrainingPhase phase) => (int)Math.Max(1, Math.Round(phase.Share * options.MaxSteps));

    private static PropertyFigure[] Properties(Autoencoder network, MaskedWindows held)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return [.. network.Measure(held.Windows.narrow(0, 0, Math.Min(held.Count, MaxMeasured)))];
    }
}
