namespace Detector.Worker.Contracts;

/// <summary>The label values of <see cref="DropReason"/>.</summary>
public static class DropReasons
{
    private static readonly string[] s_labels =
    [
        "none", "empty", "too_large", "malformed", "wrong_type", "missing_series", "missing_timestamp", "bad_timestamp", "timestamp_past",
        "timestamp_future", "no_features", "series_limit", "feature_limit", "no_pipeline", "late", "duplicate", "overload",
        "unknown_alias", "expired",
    ];

    /// <summary>Snake-case name, as it stands in metrics and dead-letter headers.</summary>
    public static string Label(this DropReason reason) => s_labels[(int)reason];
}
