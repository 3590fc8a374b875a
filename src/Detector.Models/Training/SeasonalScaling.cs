using Detector.Models.Scaling;

namespace Detector.Models.Training;

/// <summary>Fits the scaler of a training range, and takes the season out before where there is one.</summary>
internal static class SeasonalScaling
{
    public static FeatureScaler Fit(ModelSettings settings, ITrainingData data)
    {
        int features = data.Features.Count;
        if (settings.Season is null && (settings.Calendar is null || settings.PeriodTicks <= 0 || data.Range.Last - data.Range.First < TimeSpan.TicksPerDay))
            return FeatureScaler.Fit(settings.Scaler, data.Rows, features);
        var ticks = new List<long>();
        var values = new List<double>();
        data.Replay((window, at, _) =>
        {
            ticks.Add(at);
            values.AddRange(window[^features..]);
        });
        if ((settings.Season ?? SeasonFinder.Find([.. ticks], [.. values], features, settings.Calendar!, settings.PeriodTicks)) is not { } season)
            return FeatureScaler.Fit(settings.Scaler, data.Rows, features);
        double[] rows = [.. values];
        for (int i = 0; i < ticks.Count; i++)
        {
            ReadOnlySpan<float> usual = season.At(ticks[i]);
            for (int f = 0; f < features; f++)
                rows[i * features + f] -= usual[f];
        }

        return FeatureScaler.Fit(settings.Scaler, rows, features).With(season);
    }
}
