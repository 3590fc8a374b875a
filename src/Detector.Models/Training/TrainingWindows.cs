using Detector.Models.Autoencoders;
using Detector.Models.Scaling;
using Detector.Models.Statistics;

namespace Detector.Models.Training;

/// <summary>The two parts of a training range.</summary>
/// <param name="Training">Windows that the networks learn from.</param>
/// <param name="Validation">Later windows for early stopping, calibration and the threshold.</param>
internal sealed record TrainingWindows(WindowSet Training, WindowSet Validation) : IDisposable
{
    /// <summary>Fewer windows than this say nothing about what is normal.</summary>
    public const int MinWindows = 64;

    public double MissingShare =>
        (double)(Training.Missing + Validation.Missing) / ((long)(Training.Count + Validation.Count) * Training.Dimensions.Size);

    /// <summary>Every how many-th window was taken.</summary>
    private int Every { get; init; } = 1;

    /// <summary>Time between two rows of a window, as the windows of the training part tell.</summary>
    public long RowTicks
    {
        get
        {
            ReadOnlySpan<long> ticks = Training.Ticks;
            ReadOnlySpan<int> segments = Training.Segments;
            var steps = new List<double>(ticks.Length);
            for (int i = 1; i < ticks.Length; i++)
            {
                if (segments[i] == segments[i - 1])
                    steps.Add(ticks[i] - ticks[i - 1]);
            }

            return steps.Count == 0 ? 1 : Math.Max(1, (long)Quantiles.Median(steps.ToArray()) / Every);
        }
    }

    /// <summary>Scales the windows of a range and deals them to the two parts; every second, third … one if all would take too much memory.</summary>
    /// <exception cref="TrainingException">Too few windows.</exception>
    public static TrainingWindows Collect(ITrainingData data, FeatureScaler scaler, TrainerOptions options)
    {
        WindowDimensions dimensions = data.Dimensions;
        var segments = new List<int>();
        data.Replay((_, _, segment) => segments.Add(segment));
        long windowBytes = (long)dimensions.Size * sizeof(float);
        long room = Math.Min(options.MaxWindowBytes, int.MaxValue) / windowBytes;
        int every = (int)Math.Max(1, (segments.Count + room - 1) / Math.Max(1, room));
        int[] kept = every == 1 ? [.. segments] : [.. segments.Where((_, i) => i % every == 0)];
        WindowPart[] parts = ValidationSplit.Cut(kept, dimensions.Rows, options.ValidationShare);
        int training = parts.Count(part => part == WindowPart.Training);
        Check(segments.Count, kept.Length, training, dimensions, options);

        var windows = new TrainingWindows(
            new WindowSet(dimensions, training), new WindowSet(dimensions, parts.Count(part => part == WindowPart.Validation))) { Every = every };
        float[] scaled = new float[dimensions.Size];
        int index = 0;
        data.Replay((window, ticks, segment) =>
        {
            int at = index++;
            if (at % every != 0 || parts[at / every] == WindowPart.Gap)
                return;
            scaler.Transform(window, ticks, scaled);
            (parts[at / every] == WindowPart.Training ? windows.Training : windows.Validation).Add(scaled, ticks, segment);
        });
        return windows;
    }

    /// <exception cref="TrainingException">Self-cleaning left too few windows.</exception>
    public void CheckCleaned()
    {
        if (Training.Count >= MinWindows / 4 && Validation.Count > 0)
            return;
        throw new TrainingException(
            $"Self-cleaning left {Training.Count} windows to train on and {Validation.Count} to validate; lower Training:Contamination or lengthen Training:Warmup.");
    }

    public void Dispose()
    {
        Training.Dispose();
        Validation.Dispose();
    }

    private static void Check(int all, int kept, int training, WindowDimensions dimensions, TrainerOptions options)
    {
        if (all < MinWindows)
        {
            throw new TrainingException(
                $"The training range yields {all} windows of {dimensions.Rows} rows, and a model needs {MinWindows}; " +
                "lengthen Training:Warmup or shorten Window:Length.");
        }

        if (kept < MinWindows)
        {
            throw new TrainingException(
                $"Only {kept} of {all} windows of {dimensions.Rows} rows × {dimensions.Features} features fit into MaxWindowBytes = " +
                $"{options.MaxWindowBytes}, and a model needs {MinWindows}; raise it or shorten Window:Length.");
        }

        if (training < MinWindows / 4)
        {
            throw new TrainingException(
                $"Of {kept} windows only {training} are left to train on once the latest of each series are kept for validation; " +
                "lengthen Training:Warmup, so that each series has more of them.");
        }
    }
}
