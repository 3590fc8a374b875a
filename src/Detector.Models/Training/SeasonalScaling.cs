using Detector.Models.Scaling;

namespace Detector.Models.Training;

/// <summary>Fits the scaler of a training range, and takes the season out before where there is one.</summary>
internal static class SeasonalScaling
{
    /// <param name="suspicious">Samples that have no say; null = all have.</param>
    public static FeatureScaler Fit(ModelSettings settings, ITrainingData data, SuspiciousTimes? suspicious = null)
    {
        int features = data.Features.Count;
        bool mayHaveSeason = settings.Season is not null
            || (settings.Calendar is not null && settings.PeriodTicks > 0 && data.Range.Last - data.Range.First >= TimeSpan.TicksPerDay);
        if (!mayHaveSeason && suspicious is null)
            return FeatureScaler.Fit(settings.Scaler, data.Rows, features);
        var ticks = new List<long>();
        var values = new List<double>();
        data.Replay((window, at, segment) =>
        {
            if (suspicious?.Holds(segment, at) == true)
                return;
            ticks.Add(at);
            values.AddRange(window[^features..]);
        });
        double[] rows = [.. values];
        Season? found = !mayHaveSeason ? null : settings.Season ?? SeasonFinder.Find([.. ticks], rows, features, settings.Calendar!, settings.PeriodTicks);
        if (found is not { } season)
            return FeatureScaler.Fit(settings.Scaler, suspicious is null ? data.Rows : rows, features);
        for (int i = 0; i < ticks.Count; i++)
        {
            ReadOnlySpan<float> usual = season.At(ticks[i]);
            for (int f = 0; f < features; f++)
                rows[i * features + f] -= usual[f];
        }

        return FeatureScaler.Fit(settings.Scaler, rows, features).With(season);
    }
}
