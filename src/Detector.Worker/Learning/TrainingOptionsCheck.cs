using Detector.Models.Training;
using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>What can be wrong with <see cref="TrainingOptions"/>.</summary>
internal static class TrainingOptionsCheck
{
    /// <param name="key">Key of the section, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, TrainingOptions options)
    {
        IEnumerable<string?> errors =
        [
            Bounds.Of($"{key}:Warmup", options.Warmup, TimeSpan.FromSeconds(1), TimeSpan.FromDays(90)),
            Bounds.Of($"{key}:MinSamples", options.MinSamples, 10, 10_000_000),
            Bounds.Of($"{key}:ValidationShare", options.ValidationShare, options.ValidationShare is > 0 and <= 0.9, "a share above 0 and up to 0.9, such as 0.25"),
            Bounds.Of($"{key}:MaxSteps", options.MaxSteps, 1, 100_000),
            Bounds.Of($"{key}:BatchSize", options.BatchSize, 1, 65_536),
            Bounds.Of($"{key}:LearningRate", options.LearningRate, options.LearningRate is > 0 and <= 1, "a rate above 0 and up to 1, such as 0.001"),
            Bounds.Known($"{key}:Schedule", options.Schedule, LearningRateSchedule.Names),
            Bounds.Of($"{key}:Patience", options.Patience, 1, 1000),
            Bounds.Of($"{key}:MaxGradientNorm", options.MaxGradientNorm, options.MaxGradientNorm is > 0 and <= 1e6, "a norm above 0 and up to 1000000, such as 5"),
            Bounds.Of($"{key}:Contamination", options.Contamination, options.Contamination is >= 0 and <= 0.3, "a share from 0 to 0.3, such as 0.05"),
            Bounds.Of($"{key}:Augmentation:Jitter", options.Augmentation.Jitter, options.Augmentation.Jitter is >= 0 and <= 10, "a number from 0 to 10, such as 0.05"),
            Bounds.Of($"{key}:Augmentation:Scaling", options.Augmentation.Scaling, options.Augmentation.Scaling is >= 0 and <= 1, "a number from 0 to 1, such as 0.1"),
            Bounds.Of($"{key}:Augmentation:TimeMasking", options.Augmentation.TimeMasking, options.Augmentation.TimeMasking is >= 0 and <= 0.9, "a share from 0 to 0.9, such as 0.1"),
            Bounds.Of($"{key}:KeepVersions", options.KeepVersions, 1, 1000),
            .. RetrainErrors($"{key}:Retrain", options.Retrain),
        ];
        return errors.OfType<string>();
    }

    private static IEnumerable<string?> RetrainErrors(string key, RetrainOptions options) =>
    [
        Bounds.Of($"{key}:Every", options.Every, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650)),
        Bounds.Of($"{key}:Review", options.Review, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)),
        Bounds.Of($"{key}:Handover", options.Handover, TimeSpan.Zero, TimeSpan.FromDays(1)),
        options.Handover >= options.Review ? $"{key}:Handover is {options.Handover}, not shorter than Review: write less than {options.Review}." : null,
        Bounds.Of($"{key}:PoolRows", options.PoolRows, 256, 1_000_000),
        Bounds.Of($"{key}:PoolMemory", options.PoolMemory, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650)),
        Bounds.Of($"{key}:ShiftLimit", options.ShiftLimit, options.ShiftLimit is > 0 and <= 20, "a number of standard deviations above 0 and up to 20, such as 2"),
        Bounds.Of($"{key}:NewNormalAfter", options.NewNormalAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)),
        Bounds.Of($"{key}:BudgetSeconds", options.BudgetSeconds, 1, 3600),
    ];
}
