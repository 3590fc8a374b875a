using System.Text.Json.Serialization;
using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding.Feedback;

/// <summary>What a person said of one alert; the later word on the same alert counts.</summary>
/// <param name="AlertId">Id of the alert.</param>
/// <param name="At">When it was said.</param>
/// <param name="By">Who said it, as far as is known.</param>
/// <param name="From">Event time of the episode's beginning.</param>
/// <param name="To">Event time of its last anomalous sample so far.</param>
/// <param name="Pattern">What the episode looked like.</param>
internal sealed record FeedbackMark(
    string AlertId,
    FeedbackVerdict Verdict,
    string Pipeline,
    string Series,
    DateTimeOffset At,
    string By,
    DateTimeOffset From,
    DateTimeOffset To,
    AlertPattern Pattern)
{
    /// <summary>
    /// Up to which score its like is excused. A quarter above the peak, since a twin is never quite the same; for a new normal twice the peak.
    /// </summary>
    [JsonIgnore]
    public double ExcusedUpTo => Verdict switch
    {
        FeedbackVerdict.NoAnomaly => 1.25 * Pattern.Peak,
        FeedbackVerdict.NewNormal => 2 * Pattern.Peak,
        _ => double.NegativeInfinity,
    };
}
