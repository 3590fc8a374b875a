using Detector.Models.Scoring;
using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>Puts what is known of an episode into the words of an alert.</summary>
internal sealed class AlertComposer(SeriesIdentity identity, AlertOptions options, AnomalyModel model, AlertModel named, FeatureGuards? guards, DecidingContext context)
{
    /// <summary>Name of an episode that starts then.</summary>
    private string Id(long startedTicks) => AlertId.Create(identity.Pipeline, identity.Series, startedTicks);

    public Alert Compose(Episode episode, AlertState state, long ticks, double score, double threshold) => new(
        Id(episode.StartedTicks),
        state,
        episode.Revision,
        identity.Pipeline,
        identity.Series,
        episode.Severity,
        Time(episode.StartedTicks),
        Time(ticks),
        state == AlertState.Resolved ? Time(episode.LastAnomalousTicks) : null,
        score,
        threshold,
        episode.PeakPValue,
        new AlertPeak(Time(episode.PeakTicks), episode.PeakScore),
        episode.PeakFeatures,
        named,
        identity.ConfigHash)
    {
        Group = Group(episode.StartedTicks),
        Pattern = new AlertPattern(model.Features, [.. episode.Directions], episode.PeakScore),
    };

    /// <summary>
    /// The group of an episode: those of a pipeline that start in the same stretch of time. A function of its start alone, so that a replay finds the
    /// same one, whatever came in between from other series; two that start on either side of a stretch's end are not grouped.
    /// </summary>
    private string Group(long startedTicks) => options.GroupWindow <= TimeSpan.Zero
        ? Id(startedTicks)
        : AlertId.Create(identity.Pipeline, "", startedTicks - (startedTicks % options.GroupWindow.Ticks));

    /// <summary>The features that an alert names: those outside their physical limits, then the largest shares of the score.</summary>
    public List<AlertFeature> TopFeatures(in Evidence evidence)
    {
        int[] order = new int[evidence.Contributions.Length];
        float[] keys = new float[order.Length];
        for (int f = 0; f < order.Length; f++)
        {
            order[f] = f;
            keys[f] = -evidence.Contributions[f] - (guards?.Limit(f, evidence.Values[f]) is null ? 0 : 1);
        }

        Array.Sort(keys, order);
        var top = new List<AlertFeature>();
        foreach (int f in order.AsSpan(0, Math.Min(options.MaxFeatures, order.Length)))
        {
            // Three standard deviations either way: the band that holds nearly all of normal operation.
            double expected = model.Scaler.Inverse(f, evidence.Expected[f], evidence.Ticks);
            double low = model.Scaler.Inverse(f, evidence.Expected[f] - 3 * model.Noise[f], evidence.Ticks);
            double high = model.Scaler.Inverse(f, evidence.Expected[f] + 3 * model.Noise[f], evidence.Ticks);
            double value = evidence.Values[f];
            var feature = new AlertFeature(
                model.Features[f], evidence.Contributions[f], double.IsNaN(value) ? null : value, expected, [low, high], guards?.Limit(f, value));
            top.Add(context.Explained(feature, identity.Series, evidence.Ticks));
        }

        return top;
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
