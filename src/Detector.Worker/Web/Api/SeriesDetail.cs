using Detector.Models.Scoring;
using Detector.Worker.Pipeline;
using Detector.Worker.Pipeline.History;

namespace Detector.Worker.Web.Api;

/// <summary>The past of one series in columns of N points.</summary>
/// <param name="At">(N) event times, milliseconds since 1970.</param>
/// <param name="Recorded">Whether a past is kept; it is not once the bound of memory is reached.</param>
internal sealed record SeriesDetail(
    SeriesRow Row,
    string? Model,
    bool Recorded,
    IReadOnlyList<long> At,
    IReadOnlyList<double?> Score,
    IReadOnlyList<double?> Threshold,
    IReadOnlyList<FeatureDetail> Features)
{
    /// <param name="since">Only points after it, UTC ticks.</param>
    public static SeriesDetail Of(SeriesState series, long since = 0)
    {
        LiveModel? model = series.Model;
        IReadOnlyList<HistoryPoint> points = series.History?.Since(since) ?? [];
        return new SeriesDetail(
            SeriesRow.Of(series),
            model?.Version,
            series.History is not null,
            [.. points.Select(point => Columns.Milliseconds(point.Ticks))],
            [.. points.Select(point => Columns.Rounded(point.Score))],
            [.. points.Select(point => Columns.Rounded(point.Threshold))],
            model is null ? [] : [.. Enumerable.Range(0, model.Scorer.Features.Count).Select(f => FeatureDetail.Of(model.Scorer, points, f))]);
    }
}

/// <summary>The past of one feature in columns of N points, in the sensor's units.</summary>
/// <param name="Low">Lower end of what is normal around the expected value.</param>
/// <param name="High">Upper end.</param>
/// <param name="Contribution">Shares of the score.</param>
internal sealed record FeatureDetail(
    string Name,
    IReadOnlyList<double?> Value,
    IReadOnlyList<double?> Expected,
    IReadOnlyList<double?> Low,
    IReadOnlyList<double?> High,
    IReadOnlyList<double?> Contribution)
{
    public static FeatureDetail Of(AnomalyModel model, IReadOnlyList<HistoryPoint> points, int feature)
    {
        // Three standard deviations either way, as in alerts.
        double band = 3 * model.Noise[feature];
        return new FeatureDetail(
            model.Features[feature],
            [.. points.Select(point => Columns.Rounded(point.Values[feature]))],
            [.. points.Select(point => Columns.Rounded(model.Scaler.Inverse(feature, point.Expected[feature])))],
            [.. points.Select(point => Columns.Rounded(model.Scaler.Inverse(feature, point.Expected[feature] - (float)band)))],
            [.. points.Select(point => Columns.Rounded(model.Scaler.Inverse(feature, point.Expected[feature] + (float)band)))],
            [.. points.Select(point => Columns.Rounded(point.Contributions[feature]))]);
    }
}
