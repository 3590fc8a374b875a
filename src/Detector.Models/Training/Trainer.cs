using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>
/// Fits one network: in closed form where it has one, else phase by phase with AdamW (Kingma and Ba 2015; Loshchilov and Hutter 2019) on shuffled
/// batches with gradient clipping and early stopping on the validation part; the weights of the best look are kept. Networks of fully connected
/// layers are trained by kernels of our own on the CPU, all others by torch. Same data, options and device give the same weights.
/// </summary>
internal sealed class Trainer(TrainerOptions options, ComputeDevice compute, TimeProvider clock)
{
    /// <summary>A training that makes the reconstruction error this much larger has diverged, whatever its loss says.</summary>
    private const double MaxErrorGrowth = 1.5;

    /// <summary>Validation windows at most on which a network's property is measured.</summary>
    private const int MaxMeasured = 1024;

    /// <exception cref="TrainingException">The loss diverged, or training made the reconstruction worse.</exception>
    public NetworkReport Fit(
        Autoencoder network, WindowSet training, WindowSet validation, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        long started = clock.GetTimestamp();
        using var scope = NewDisposeScope();
        _ = network.to(compute.Device);
        MaskedWindows windows = MaskedWindows.Of(training, compute.Device), held = MaskedWindows.Of(validation, compute.Device);
        TrainingCourse course = TrySolve(network, windows, held) ?? (Dense(network, training, validation) is { } dense
            ? Descend(network, _ => dense, progress, cancel)
            : DescendByTorch(network, windows, held, progress, cancel));
        network.eval();
        progress?.Report(new TrainingProgress(network.Name, 1, course.LastTrainingLoss, course.BestLoss));
        return course.Report(Properties(network, held), clock.GetElapsedTime(started).TotalSeconds);
    }

    private TrainingCourse? TrySolve(Autoencoder network, MaskedWindows windows, MaskedWindows held)
    {
        if (!network.TrySolve(windows.Windows, windows.Observed))
            return null;
        using Generator none = new(0, CPU);
        using var solved = new TorchDescent(network, new TrainingPhase([], network.Loss), windows, held, options, 1, none);
        var course = new TrainingCourse(network, solved, 0);
        course.Look(0, windows.Mean((batch, mask) => network.Loss(batch, mask, 1, null)));
        return course;
    }

    /// <summary>Null for what torch trains.</summary>
    private DenseDescent? Dense(Autoencoder network, WindowSet training, WindowSet validation) =>
        compute.Compiles && options.Augmentation.IsOff && network.ForDescent(DenseDescent.Rows(options)) is { } dense
            ? new DenseDescent(dense, training, validation, options)
            : null;

    private TrainingCourse DescendByTorch(
        Autoencoder network, MaskedWindows windows, MaskedWindows held, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        using Generator noise = new((ulong)options.Seed, CPU);
        network.train();
        return Descend(network, phase => new TorchDescent(network, phase, windows, held, options, Steps(phase), noise), progress, cancel);
    }

    /// <summary>Gradient descent, one phase after the other. The last one's course is what is reported.</summary>
    private TrainingCourse Descend(
        Autoencoder network, Func<TrainingPhase, IDescent> descend, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        TrainingCourse course = null!;
        IReadOnlyList<TrainingPhase> phases = network.Phases();
        double? untrained = null;
        double trained = 0;
        foreach (TrainingPhase phase in phases)
        {
            double before = phases.TakeWhile(other => other != phase).Sum(Steps), all = phases.Sum(Steps);
            using IDescent descent = descend(phase);
            untrained ??= descent.Error();
            course = new TrainingCourse(network, descent, course?.Step ?? 0);
            Run(phase, descent, course, fraction => progress?.Report(
                new TrainingProgress(network.Name, (before + fraction * Steps(phase)) / all, course.LastTrainingLoss, course.LastLoss)), cancel);
            if (phase.StopsEarly)
                course.RestoreBest();
            trained = descent.Error();
        }

        if (trained <= MaxErrorGrowth * untrained)
            return course;
        throw new TrainingException(
            $"Training of network '{network.Name}' took its error from {untrained:G4} to {trained:G4} instead of lowering it; " +
            $"lower Training:LearningRate, which is {options.LearningRate:G4}.");
    }

    private void Run(TrainingPhase phase, IDescent descent, TrainingCourse course, Action<double> looked, CancellationToken cancel)
    {
        int steps = Steps(phase);
        double sum = 0;
        for (int step = 1; step <= steps && !(phase.StopsEarly && course.SinceBest >= options.Patience); step++)
        {
            cancel.ThrowIfCancellationRequested();
            sum += descent.Step((step - 1.0) / steps);
            if (step % options.EvaluateEvery != 0 && step != steps)
                continue;
            course.Look(step, sum / ((step - 1) % options.EvaluateEvery + 1));
            looked((double)step / steps);
            sum = 0;
        }
    }

    private int Steps(TrainingPhase phase) => (int)Math.Max(1, Math.Round(phase.Share * options.MaxSteps));

    private static PropertyFigure[] Properties(Autoencoder network, MaskedWindows held)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return [.. network.Measure(held.Windows.narrow(0, 0, Math.Min(held.Count, MaxMeasured)))];
    }
}
