namespace Detector.Worker.Web.Api;

/// <summary>Rows that changed.</summary>
internal sealed record OverviewUpdate(long Now, IReadOnlyList<string> Missing, IReadOnlyList<SeriesRow> Series);
