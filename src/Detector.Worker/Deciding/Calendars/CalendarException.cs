namespace Detector.Worker.Deciding.Calendars;

/// <summary>A calendar file says something that cannot be followed. The message names the line and the remedy.</summary>
internal sealed class CalendarException(string message) : Exception(message);
