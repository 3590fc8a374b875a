using Detector.Models.Autoencoders;
using Detector.Models.Training;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Training;

public sealed class AugmentationTests
{
    private const int Batch = 4000, Rows = 10, Features = 3;

    [Fact]
    public void Off_GivesTheBatchItself()
    {
        using var scope = NewDisposeScope();
        using Generator noise = new(1, CPU);
        MaskedWindows batch = Ones();
        Assert.Same(batch, Augmentation.Apply(batch, new WindowDimensions(Rows, Features), new AugmentationOptions(), noise));
    }

    [Fact]
    public void Jitter_IsNoiseOfTheStatedSizeOnEveryValue()
    {
        float[] values = Apply(new AugmentationOptions { Jitter = 0.2 }, out _);
        Assert.Equal(1, values.Average(), 0.01);
        Assert.Equal(0.2, Deviation(values), 0.005);
        Assert.NotEqual(values[0], values[Features]);
    }

    [Fact]
    public void Scaling_IsOneFactorForAFeatureOfAWindow()
    {
        float[] values = Apply(new AugmentationOptions { Scaling = 0.1 }, out _);
        Assert.Equal(0.1, Deviation([.. values.Where((_, i) => i % (Rows * Features) == 0)]), 0.01);
        for (int row = 1; row < Rows; row++)
            Assert.Equal(values[..Features], values[(row * Features)..((row + 1) * Features)]);
        Assert.NotEqual(values[0], values[1]);
    }

    [Fact]
    public void TimeMasking_HidesOneStretchOfRowsInEachWindow()
    {
        float[] values = Apply(new AugmentationOptions { TimeMasking = 0.3 }, out float[]? mask);
        Assert.Equal(values, mask); // the windows are all ones, and what is hidden is at the centre
        int[] lengths = new int[Rows];
        foreach (float[] window in mask!.Chunk(Rows * Features))
        {
            float[] rows = [.. window.Where((_, i) => i % Features == 0)];
            Assert.Equal(rows, window.Where((_, i) => i % Features == 1));
            lengths[rows.Count(row => row == 0)]++;
            Assert.InRange(rows.Zip(rows.Skip(1)).Count(pair => pair.First != pair.Second), 0, 2);
        }

        Assert.Equal(Batch, lengths[..4].Sum());
        Assert.All(lengths[..4], count => Assert.InRange(count, Batch / 5, Batch / 3));
    }

    [Fact]
    public void Train_WithAllOfThem_ReconstructsAndIsReproducible()
    {
        ModelSettings settings = Plant.Quick with
        {
            Trainer = Plant.Quick.Trainer with { Augmentation = new AugmentationOptions { Jitter = 0.05, Scaling = 0.05, TimeMasking = 0.2 } },
        };
        TrainedModel first = Plant.Run(400, 8, 3, seed: 1).Train(settings), second = Plant.Run(400, 8, 3, seed: 1).Train(settings);
        first.Model.Dispose();
        second.Model.Dispose();
        Assert.Equal(first.Report.Networks[0].ValidationLoss, second.Report.Networks[0].ValidationLoss);
        Assert.True(first.Report.Networks[0].ValidationLoss[^1] < first.Report.Networks[0].ValidationLoss[0]);
    }

    private static float[] Apply(AugmentationOptions options, out float[]? mask)
    {
        using var scope = NewDisposeScope();
        using Generator noise = new(1, CPU);
        MaskedWindows changed = Augmentation.Apply(Ones(), new WindowDimensions(Rows, Features), options, noise);
        mask = changed.Observed?.data<float>().ToArray();
        return changed.Windows.data<float>().ToArray();
    }

    private static MaskedWindows Ones() => new(ones(Batch, Rows * Features), null);

    private static double Deviation(float[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
