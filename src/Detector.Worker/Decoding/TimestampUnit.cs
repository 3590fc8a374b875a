namespace Detector.Worker.Decoding;

/// <summary>Unit of a numeric timestamp since 1970.</summary>
internal enum TimestampUnit
{
    /// <summary>By magnitude: below 1e11 seconds, below 1e14 milliseconds, below 1e17 microseconds, else nanoseconds; right from 1973 to 5138.</summary>
    Auto,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}
