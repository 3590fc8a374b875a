namespace Detector.Models.Thresholds;

/// <summary>Looks thresholds up by the name the configuration uses.</summary>
public static class ThresholdFactory
{
    public const string Spot = "spot";
    public const string DriftingSpot = "dspot";
    public const string Conformal = "conformal";
    public const string Sigma = "sigma";
    public const string MedianDeviation = "mad";
    public const string Quantile = "quantile";
    public const string Static = "static";

    /// <summary>Known names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [DriftingSpot, Spot, Conformal, Sigma, MedianDeviation, Quantile, Static];

    /// <summary>A threshold that is yet to be fitted.</summary>
    /// <exception cref="ArgumentException">Unknown method or impossible options; the message lists every problem.</exception>
    public static IThreshold Create(string method, ThresholdOptions options) => Make(method, options, null);

    /// <summary>The threshold that was saved: continues number for number.</summary>
    /// <inheritdoc cref="Create" path="/exception"/>
    public static IThreshold Restore(ThresholdState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Make(state.Method, state.Options, state);
    }

    /// <summary>The threshold that was saved, set to what the user says now: what was learned of normal scores stays, the value follows the options
    /// where they have changed. The cluster gap belongs to what was learned and stays.</summary>
    /// <inheritdoc cref="Create" path="/exception"/>
    public static IThreshold Restore(ThresholdState state, ThresholdOptions options)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        var threshold = Make(state.Method, options.With(state.Options.ClusterGap), state);
        threshold.FollowOptions(state.Options);
        return threshold;
    }

    /// <summary>The threshold that was saved, set to another rate of false alarms; methods that state none stay as they are.</summary>
    /// <param name="share">Of the rate that was asked for.</param>
    public static IThreshold Restore(ThresholdState state, double share)
    {
        ArgumentNullException.ThrowIfNull(state);
        ThresholdOptions options = state.Options.With(state.Options.ClusterGap);
        options.FalseAlarms = options.FalseAlarms with { Events = share * options.FalseAlarms.Events };
        return Restore(state, options);
    }

    private static EpisodeThreshold Make(string method, ThresholdOptions options, ThresholdState? state)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] problems = [.. options.Problems(method)];
        if (problems.Length > 0)
            throw new ArgumentException(string.Join(" ", problems), nameof(options));
        return method switch
        {
            Spot or DriftingSpot => new SpotThreshold(method, options, state),
            Conformal => new ConformalThreshold(options, state),
            Sigma or MedianDeviation => new SpreadThreshold(method, options, state),
            Quantile => new QuantileThreshold(options, state),
            Static => new StaticThreshold(options, state),
            _ => throw new ArgumentException($"'{method}' is not a threshold; known are {string.Join(", ", Names)}.", nameof(method)),
        };
    }
}
