namespace Detector.Worker.Web.Api;

/// <summary>What the service watches.</summary>
/// <param name="Now">The service's clock, milliseconds since 1970.</param>
/// <param name="Missing">What is missing until it is ready.</param>
/// <param name="Series">Every series: pipeline, key and its figures.</param>
internal sealed record Overview(string Version, long Now, IReadOnlyList<string> Missing, IReadOnlyList<string> Pipelines, IReadOnlyList<SeriesRow> Series)
{
    public static Overview Of(PageServices services, IReadiness readiness) => new(
        services.Version,
        services.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
        readiness.Missing,
        [.. services.Pipelines.Select(pipeline => pipeline.Name)],
        [.. services.Pipelines.SelectMany(pipeline => pipeline.Series.Select(SeriesRow.Of))]);
}
