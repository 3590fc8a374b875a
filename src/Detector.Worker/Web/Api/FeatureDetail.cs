using Detector.Models.Scoring;
using Detector.Worker.Pipeline.History;

namespace Detector.Worker.Web.Api;

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
            [.. points.Select(point => Columns.Rounded(model.Scaler.Inverse(feature, point.Expected[feature], point.Ticks)))],
            [.. points.Select(point => Columns.Rounded(model.Scaler.Inverse(feature, point.Expected[feature] - (float)band, point.Ticks)))],
            [.. points.Select(point => Columns.Rounded(model.Scaler.Inverse(feature, point.Expected[feature] + (float)band, point.Ticks)))],
            [.. points.Select(point => Columns.Rounded(point.Contributions[feature]))]);
    }
}
