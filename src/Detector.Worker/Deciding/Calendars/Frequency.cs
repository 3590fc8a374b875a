namespace Detector.Worker.Deciding.Calendars;

/// <summary>How often an event recurs.</summary>
internal enum Frequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}
