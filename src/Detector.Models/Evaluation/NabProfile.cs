namespace Detector.Models.Evaluation;

/// <summary>What mistakes cost in the Numenta benchmark. A detection at the start of a window is worth 1.</summary>
/// <param name="Name">As the benchmark names it.</param>
/// <param name="FalsePositive">Cost of a false alarm far from a window.</param>
/// <param name="FalseNegative">Cost of a missed window.</param>
public sealed record NabProfile(string Name, double FalsePositive, double FalseNegative)
{
    public static NabProfile Standard { get; } = new("standard", 0.11, 1);

    public static NabProfile RewardLowFalsePositives { get; } = new("reward_low_FP_rate", 0.22, 1);

    public static NabProfile RewardLowFalseNegatives { get; } = new("reward_low_FN_rate", 0.11, 2);

    public static IReadOnlyList<NabProfile> All { get; } = [Standard, RewardLowFalsePositives, RewardLowFalseNegatives];
}
