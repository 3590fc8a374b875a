using Detector.Models.Autoencoders;
using static TorchSharp.torch;

namespace Detector.Models.Training;

/// <summary>Changes windows as <see cref="AugmentationOptions"/> say. The changed window is both what the network sees and what it is asked for.</summary>
internal static class Augmentation
{
    /// <param name="batch">(B, D); left as it is.</param>
    /// <param name="dimensions">T and F.</param>
    /// <param name="options">What is changed, and by how much.</param>
    /// <param name="noise">Where the changes come from.</param>
    public static MaskedWindows Apply(MaskedWindows batch, WindowDimensions dimensions, AugmentationOptions options, Generator noise)
    {
        if (options.IsOff)
            return batch;
        Device device = batch.Windows.device;
        long count = batch.Windows.shape[0];
        Tensor windows = batch.Windows.view(count, dimensions.Rows, dimensions.Features); // (B, T, F)
        Tensor? observed = batch.Observed;
        if (options.Scaling > 0)
            windows = windows * (randn([count, 1, dimensions.Features], generator: noise).to(device) * options.Scaling + 1);
        if (options.Jitter > 0)
            windows = windows + randn([count, dimensions.Rows, dimensions.Features], generator: noise).to(device) * options.Jitter;
        if (options.TimeMasking > 0)
        {
            Tensor kept = Kept(count, dimensions.Rows, options.TimeMasking, noise).to(device).expand(count, dimensions.Rows, dimensions.Features); // (B, T, F)
            windows = windows * kept;
            Tensor mask = kept.reshape(count, dimensions.Size);
            observed = observed is null ? mask : observed * mask;
        }

        return new MaskedWindows(windows.reshape(count, dimensions.Size), observed);
    }

    /// <summary>1 but for one stretch of rows in each window, whose length is uniform up to the longest: (B, T, 1).</summary>
    private static Tensor Kept(long count, int rows, double longest, Generator noise)
    {
        Tensor length = (rand([count, 1], generator: noise) * (longest * rows + 1)).floor(); // (B, 1)
        Tensor start = rand([count, 1], generator: noise) * (length * -1 + (rows + 1));
        Tensor row = arange(rows, ScalarType.Float32).unsqueeze(0); // (1, T)
        Tensor masked = row.ge(start.floor()).logical_and(row.lt(start.floor() + length));
        return masked.logical_not().to(ScalarType.Float32).unsqueeze(2);
    }
}
