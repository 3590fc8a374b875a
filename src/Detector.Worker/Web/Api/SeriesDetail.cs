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
        LiveModel? model = series.Judged ?? series.Model;
        IReadOnlyList<HistoryPoint> points = series.History?.Since(since) ?? [];
        // Just now a model of other features takes over: its points are there the next time.
        if (model is not null && points is [var point, ..] && point.Values.Length != model.Scorer.Features.Count)
            points = [];
        return new SeriesDetail(
            SeriesRow.Of(series),
            model is { IsOfGroup: true } ? $"{model.Version} (of the group)" : model?.Version,
            series.History is not null,
            [.. points.Select(point => Columns.Milliseconds(point.Ticks))],
            [.. points.Select(point => Columns.Rounded(point.Score))],
            [.. points.Select(point => Columns.Rounded(point.Threshold))],
            model is null ? [] : [.. Enumerable.Range(0, model.Scorer.Features.Count).Select(f => FeatureDetail.Of(model.Scorer, points, f))]);
    }
}
