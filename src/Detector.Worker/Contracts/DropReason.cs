namespace Detector.Worker.Contracts;

/// <summary>Why a message or sample was dropped. The set is bounded: each is a label value of a metric.</summary>
public enum DropReason
{
    None,
    Empty,
    TooLarge,
    Malformed,
    WrongType,
    MissingSeries,
    MissingTimestamp,
    BadTimestamp,
    TimestampPast,
    TimestampFuture,
    NoFeatures,
    SeriesLimit,
    FeatureLimit,
    NoPipeline,
    Late,
    Duplicate,
    Overload,
    UnknownAlias,

    /// <summary>The broker's retention removed it before it was read.</summary>
    Expired,
}
