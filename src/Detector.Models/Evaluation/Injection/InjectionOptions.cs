namespace Detector.Models.Evaluation.Injection;

/// <summary>How large, long and frequent made-up anomalies are.</summary>
public sealed record InjectionOptions
{
    /// <summary>The same seed gives the same events, for each kind others.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Least size in standard deviations of the feature; sizes are spread evenly on a logarithmic scale. Half of one is hard to see.</summary>
    public double LeastSize { get; init; } = 0.5;

    /// <summary>Largest size. From 4 on hardly any model misses.</summary>
    public double MostSize { get; init; } = 4;

    /// <summary>Shortest event but for spikes, which last one to three rows.</summary>
    public int LeastRows { get; init; } = 8;

    /// <summary>Longest event; lengths are spread as sizes are.</summary>
    public int MostRows { get; init; } = 48;

    /// <summary>Least untouched rows before, between and behind events, so that what remembers one has forgotten it at the next.</summary>
    public int NormalRows { get; init; } = 64;

    /// <summary>Share of the features that an event shows in, at most; at least one.</summary>
    public double MostFeatures { get; init; } = 0.25;

    /// <summary>Options for so many rows: events no longer, and no further apart, than lets several of them fit in.</summary>
    public static InjectionOptions For(int rows, int seed)
    {
        int most = Math.Clamp(rows / 12, 4, 48);
        return new InjectionOptions { Seed = seed, MostRows = most, LeastRows = Math.Max(3, most / 6), NormalRows = Math.Clamp(rows / 8, 8, 64) };
    }
}
