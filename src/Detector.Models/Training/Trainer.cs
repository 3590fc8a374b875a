using Detector.Models.Autoencoders;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>
/// Fits one network: in closed form where it has one, else by Adam (Kingma and Ba 2015) on shuffled batches with gradient clipping and
/// early stopping on the validation part; the weights of the best look are kept. Same data, options and device give the same weights.
/// </summary>
internal sealed class Trainer(TrainerOptions options, Device device, TimeProvider clock)
{
    /// <summary>A training that makes the reconstruction error this much larger has diverged, whatever its loss says.</summary>
    private const double MaxErrorGrowth = 1.5;

    /// <exception cref="TrainingException">The loss diverged, or training made the reconstruction worse.</exception>
    public NetworkReport Fit(
        Autoencoder network, WindowSet training, WindowSet validation, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        long started = clock.GetTimestamp();
        using var scope = NewDisposeScope();
        using Generator noise = new((ulong)options.Seed, CPU);
        _ = network.to(device);
        Tensor windows = training.ToTensor(device); // (N, D)
        Tensor? observed = training.ToMask(device);
        var course = new TrainingCourse(network, validation, device);

        if (network.TrySolve(windows))
        {
            course.Look(0, course.Loss(windows, observed));
            network.eval();
            progress?.Report(new TrainingProgress(network.Name, 1, course.LastTrainingLoss, course.LastLoss));
            return course.Report(0, clock.GetElapsedTime(started).TotalSeconds);
        }

        double untrained = course.Error(windows, observed);
        network.train();
        using var adam = optim.Adam(network.parameters(), options.LearningRate);
        int step = 0;
        double sum = 0;
        int batch = Math.Min(options.BatchSize, training.Count);
        Tensor order = NextOrder(training.Count, noise);
        for (int at = 0; step < options.MaxSteps && course.SinceBest < options.Patience; at += batch)
        {
            cancel.ThrowIfCancellationRequested();
            if (at + batch > training.Count)
            {
                order.Dispose();
                order = NextOrder(training.Count, noise);
                at = 0;
            }

            sum += Step(network, adam, windows, observed, order, at, (double)step / options.MaxSteps, noise);
            if (++step % options.EvaluateEvery == 0 || step == options.MaxSteps)
            {
                double mean = sum / ((step - 1) % options.EvaluateEvery + 1);
                sum = 0;
                course.Look(step, mean);
                progress?.Report(new TrainingProgress(network.Name, (double)step / options.MaxSteps, mean, course.LastLoss));
            }
        }

        course.RestoreBest();
        network.zero_grad();
        network.eval();
        double trained = course.Error(windows, observed);
        if (!(trained <= MaxErrorGrowth * untrained))
        {
            throw new TrainingException(
                $"Training of network '{network.Name}' took its error from {untrained:G4} to {trained:G4} instead of lowering it; " +
                $"lower Training:LearningRate, which is {options.LearningRate:G4}.");
        }

        progress?.Report(new TrainingProgress(network.Name, 1, course.LastTrainingLoss, course.BestLoss));
        return course.Report(step, clock.GetElapsedTime(started).TotalSeconds);
    }

    private double Step(
        Autoencoder network, optim.Optimizer adam, Tensor windows, Tensor? observed, Tensor order, int start, double progress, Generator noise)
    {
        using var scope = NewDisposeScope();
        Tensor indices = order.narrow(0, start, Math.Min(options.BatchSize, order.shape[0]));
        Tensor batch = windows.index_select(0, indices); // (B, D)
        Tensor? mask = observed?.index_select(0, indices);
        adam.zero_grad();
        Tensor loss = network.Loss(batch, mask, progress, noise);
        loss.backward();
        nn.utils.clip_grad_norm_(network.parameters(), options.MaxGradientNorm);
        adam.step();
        return loss.item<float>();
    }

    private Tensor NextOrder(int count, Generator noise) => randperm(count, generator: noise).to(device);
}
