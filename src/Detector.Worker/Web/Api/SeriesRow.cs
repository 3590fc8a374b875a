using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Web.Api;

/// <summary>The figures of one series.</summary>
/// <param name="State"><c>warming</c>, <c>training</c>, <c>active</c>, <c>silent</c>, or the severity of its open alert; <c>gone</c> when it is
/// watched no longer.</param>
/// <param name="At">Event time of the latest verdict, milliseconds since 1970; 0 before the first.</param>
/// <param name="WarmupMinutes">Event time that is missing until it has collected what its model is learned from, whole minutes; null unless it is <c>warming</c>.</param>
internal sealed record SeriesRow(string Pipeline, string Series, string State, double? Score, double? Threshold, long At, int? WarmupMinutes = null)
{
    public static SeriesRow Of(SeriesState series)
    {
        SeriesStatus status = series.Status;
        bool judged = status.Ticks > 0;
        return new SeriesRow(
            series.Pipeline.Name, series.Key, StateOf(series), judged ? Columns.Finite(status.Score) : null, judged ? Columns.Finite(status.Threshold) : null,
            judged ? Columns.Milliseconds(status.Ticks) : 0,
            series.Slot.Phase == SlotPhase.Warming ? (int)Math.Min(int.MaxValue, Math.Ceiling(series.Slot.Remaining().TotalMinutes)) : null);
    }

    /// <summary>A series that is in memory no longer.</summary>
    public static SeriesRow Gone(SeriesState series) => new(series.Pipeline.Name, series.Key, "gone", null, null, 0);

    public static string StateOf(SeriesState series) =>
        series.Judge?.Firing switch
        {
            Severity.Critical => "critical",
            Severity.Warning => "warning",
            Severity.Info => "info",
            _ => series.IsSilent ? "silent" : series.Slot.Phase switch
            {
                SlotPhase.Active => "active",
                SlotPhase.Training => "training",
                _ => "warming",
            },
        };
}
