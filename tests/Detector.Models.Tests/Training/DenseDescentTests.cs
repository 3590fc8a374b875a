using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Descent;
using Detector.Models.Inference;
using Detector.Models.Tests.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Training;

/// <summary>A training by our own kernels beside the same one by torch.</summary>
public sealed class DenseDescentTests
{
    private static readonly TrainerOptions Options = new() { MaxSteps = 60, EvaluateEvery = 20, BatchSize = 32, MaxGradientNorm = 0.5, Schedule = LearningRateSchedule.OneCycle };

    [Theory]
    [InlineData("dense")]
    [InlineData("denoising")]
    [InlineData("variational")]
    public void Fit_SameSeed_EndsWithTheWeightsOfTorchWithinRounding(string name)
    {
        using TrainingWindows windows = WithGaps();
        (NetworkReport expected, Dictionary<string, float[]> weights) = Fit(name, windows, byTorch: true);
        (NetworkReport report, Dictionary<string, float[]> own) = Fit(name, windows, byTorch: false);

        Assert.Equal((expected.Steps, expected.BestStep), (report.Steps, report.BestStep));
        Assert.All(expected.ValidationLoss.Zip(report.ValidationLoss), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Max(1, Math.Abs(pair.First))));
        Assert.All(expected.TrainingLoss.Zip(report.TrainingLoss), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Max(1, Math.Abs(pair.First))));
        foreach ((string parameter, float[] values) in weights)
        {
            double distance = Math.Sqrt(values.Zip(own[parameter], (a, b) => (double)(a - b) * (a - b)).Average());
            Assert.True(distance < 1e-4, $"{parameter} is {distance} away.");
        }
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("denoising")]
    [InlineData("variational")]
    public void Fit_Twice_GivesTheSameBits(string name)
    {
        using TrainingWindows windows = WithGaps();
        Dictionary<string, float[]> first = Fit(name, windows, byTorch: false).Weights, second = Fit(name, windows, byTorch: false).Weights;

        Assert.All(first, entry => Assert.Equal(entry.Value, second[entry.Key]));
    }

    [Fact]
    public void Fit_LossIsNoNumber_NamesTheNetworkAndTheRemedy()
    {
        using TrainingWindows windows = WithGaps();
        float[] absurd = new float[windows.Training.Dimensions.Size];
        Array.Fill(absurd, 1e30f);
        using var training = new WindowSet(windows.Training.Dimensions, 32);
        for (int i = 0; i < 32; i++)
            training.Add(absurd, i, 0);
        using Autoencoder network = Networks.Create("dense", training.Dimensions);

        var error = Assert.Throws<TrainingException>(() => new Trainer(Options, ComputeDevice.Select("cpu"), TimeProvider.System)
            .Fit(network, training, windows.Validation, null, TestContext.Current.CancellationToken));

        Assert.Contains("'dense' diverged at step 20", error.Message, StringComparison.Ordinal);
        Assert.Contains("Training:LearningRate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_SteadyState_AllocatesNothing()
    {
        using TrainingWindows windows = WithGaps();
        using Autoencoder network = Networks.Create("denoising", windows.Training.Dimensions);
        DescentNetwork dense = network.ForDescent(DenseDescent.Rows(Options))!;
        var batch = new DescentBatch(windows.Training.Dimensions, 32);
        batch.Fill(windows.Training, 0, 32);
        var noise = new TorchRandom(1);
        dense.Descend(batch, 0.5, noise);
        dense.Parameters.Step(1e-3, 0, 5);

        long before = GC.GetAllocatedBytesForCurrentThread();
        dense.Descend(batch, 0.5, noise);
        dense.Parameters.Step(1e-3, 0, 5);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static (NetworkReport Report, Dictionary<string, float[]> Weights) Fit(string name, TrainingWindows windows, bool byTorch)
    {
        using var scope = NewDisposeScope();
        using Autoencoder network = Networks.Create(name, windows.Training.Dimensions, new NetworkOptions { Hidden = [24], Latent = 6, WeightDecay = 0.01 });
        NetworkReport report = new Trainer(Options, ComputeDevice.Select(byTorch ? ComputeDevice.CpuByTorch : "cpu"), TimeProvider.System)
            .Fit(network, windows.Training, windows.Validation, null, TestContext.Current.CancellationToken);
        return (report, network.state_dict().ToDictionary(entry => entry.Key, entry => AffineLayer.Values(entry.Value)));
    }

    /// <summary>Windows of a plant in which every eleventh value is missing.</summary>
    private static TrainingWindows WithGaps()
    {
        using TrainingWindows whole = Plant.Run(300, 8, 3, seed: 2).Windows();
        var parts = new TrainingWindows(new WindowSet(whole.Training.Dimensions, whole.Training.Count), new WindowSet(whole.Training.Dimensions, whole.Validation.Count));
        foreach ((WindowSet from, WindowSet to) in (((WindowSet, WindowSet)[])[(whole.Training, parts.Training), (whole.Validation, parts.Validation)]))
        {
            for (int i = 0; i < from.Count; i++)
            {
                float[] window = from.Window(i).ToArray();
                for (int j = i % 11; j < window.Length; j += 11)
                    window[j] = float.NaN;
                to.Add(window, from.Ticks[i], from.Segments[i]);
            }
        }

        return parts;
    }
}
