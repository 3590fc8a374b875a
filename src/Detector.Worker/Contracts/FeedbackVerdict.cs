namespace Detector.Worker.Contracts;

/// <summary>What a person says of an alert.</summary>
public enum FeedbackVerdict
{
    /// <summary>A fault it was: its samples are not learned from, and its like is told somewhat sooner.</summary>
    Confirmed,

    /// <summary>It was none: its like is not told again unless it is clearly stronger, and its samples may be learned from.</summary>
    NoAnomaly,

    /// <summary>It was a change that stays: as with none, but for anything up to twice as strong.</summary>
    NewNormal,
}
