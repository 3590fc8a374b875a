namespace Detector.Models.Training;

/// <summary>How the learning rate changes over a training phase, by the name the configuration uses.</summary>
public static class LearningRateSchedule
{
    public const string Constant = "constant";
    public const string Cosine = "cosine";
    public const string OneCycle = "one-cycle";

    /// <summary>Share of a one-cycle phase in which the rate rises, and the fraction it begins with (Smith and Topin 2018; PyTorch's defaults).</summary>
    private const double Rise = 0.3, Beginning = 1.0 / 25;

    /// <summary>Known names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Constant, Cosine, OneCycle];

    /// <summary>The learning rate as a share of the stated one.</summary>
    /// <param name="schedule">One of <see cref="Names"/>.</param>
    /// <param name="progress">Share of the phase that is over, 0…1.</param>
    public static double Factor(string schedule, double progress) => schedule switch
    {
        Constant => 1,
        Cosine => Fall(1, progress),
        OneCycle when progress < Rise => Beginning + Fall(1 - Beginning, 1 - progress / Rise),
        OneCycle => Fall(1, (progress - Rise) / (1 - Rise)),
        _ => throw new ArgumentException($"There is no learning-rate schedule '{schedule}'; use one of {string.Join(", ", Names)}.", nameof(schedule)),
    };

    /// <summary>Half a cosine from <paramref name="height"/> to 0 (Loshchilov and Hutter 2017).</summary>
    private static double Fall(double height, double progress) => height * 0.5 * (1 + Math.Cos(Math.PI * progress));
}
