using System.Globalization;

namespace Detector.Worker.Contracts;

/// <summary>Checks options against their range; null when the value is inside, else a sentence with key, value and remedy.</summary>
internal static class Bounds
{
    public static string? Of(string key, TimeSpan? value, TimeSpan least, TimeSpan most) =>
        value is null || (value >= least && value <= most) ? null : $"{key} is {value}: write a duration from {least} to {most}.";

    public static string? Of(string key, int value, int least, int most) =>
        value >= least && value <= most ? null : string.Create(CultureInfo.InvariantCulture, $"{key} is {value}: write a whole number from {least} to {most}.");

    /// <summary>For ranges with an open end, <paramref name="inside"/> says what <paramref name="range"/> describes.</summary>
    public static string? Of(string key, double value, bool inside, string range) =>
        inside ? null : string.Create(CultureInfo.InvariantCulture, $"{key} is {value}: write {range}.");

    /// <summary>For names looked up by the configuration.</summary>
    public static string? Known(string key, string value, IReadOnlyCollection<string> known) =>
        known.Contains(value) ? null : $"{key} is \"{value}\", which is not known: {Nearest.Remedy(value, known)}";
}
