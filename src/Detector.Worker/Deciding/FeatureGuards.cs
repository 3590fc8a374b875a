using Detector.Models.Scaling;
using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>
/// The guards of a model's features. A deviation that does not count is left out by taking the feature's share off the score; a value outside its
/// physical limits is anomalous whatever the score. Immutable.
/// </summary>
internal sealed class FeatureGuards
{
    private readonly (int Feature, FeatureGuardOptions Guard)[] _guards;
    private readonly FeatureScaler _scaler;

    private FeatureGuards((int, FeatureGuardOptions)[] guards, FeatureScaler scaler)
    {
        _guards = guards;
        _scaler = scaler;
    }

    /// <summary>Finds the guard of each feature: the entry of its name, or else the first pattern that matches; null when there is none for any.</summary>
    public static FeatureGuards? Create(IDictionary<string, FeatureGuardOptions> options, IReadOnlyList<string> features, FeatureScaler scaler)
    {
        if (options.Count == 0)
            return null;
        (int, FeatureGuardOptions)[] guards =
        [
            .. from index in Enumerable.Range(0, features.Count)
               let guard = options.TryGetValue(features[index], out FeatureGuardOptions? exact)
                   ? exact
                   : options.OrderBy(entry => entry.Key, StringComparer.Ordinal).FirstOrDefault(entry => SeriesPattern.Matches(entry.Key, features[index])).Value
               where guard is not null
               select (index, guard),
        ];
        return guards.Length == 0 ? null : new FeatureGuards(guards, scaler);
    }

    /// <summary>The score that is left once what does not count is taken off.</summary>
    /// <param name="broken">Index of a feature outside its physical limits, -1 when none is.</param>
    public double Apply(in Evidence evidence, out int broken)
    {
        broken = -1;
        double kept = 1;
        foreach ((int feature, FeatureGuardOptions guard) in _guards)
        {
            double value = evidence.Values[feature];
            if (double.IsNaN(value))
                continue;
            if (LimitOf(guard, value) is not null)
                broken = feature;
            else if (!Counts(guard, value, _scaler.Inverse(feature, evidence.Expected[feature])))
                kept -= evidence.Contributions[feature];
        }

        return evidence.Score * Math.Max(kept, 0);
    }

    /// <summary>The physical limit that a value of a feature has passed.</summary>
    public double? Limit(int feature, double value)
    {
        foreach ((int guarded, FeatureGuardOptions guard) in _guards)
        {
            if (guarded == feature)
                return LimitOf(guard, value);
        }

        return null;
    }

    private static double? LimitOf(FeatureGuardOptions guard, double value) => value < guard.Min ? guard.Min : value > guard.Max ? guard.Max : null;

    private static bool Counts(FeatureGuardOptions guard, double value, double expected)
    {
        double deviation = value - expected;
        return guard.Direction switch
        {
            FeatureDirection.High => deviation > 0,
            FeatureDirection.Low => deviation < 0,
            _ => true,
        } && Math.Abs(deviation) >= guard.MinDeviation && Math.Abs(deviation) >= guard.MinRelativeDeviation * Math.Abs(expected);
    }
}
