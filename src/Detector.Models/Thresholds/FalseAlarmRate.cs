using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Detector.Models.Thresholds;

/// <summary>How many false alarms (episodes, not rows) a series may raise in a stretch of time: <c>1 per series per week</c>,
/// <c>0.5 per series per day</c>, <c>2 per series per 3 days</c>, <c>1 per series per 12:00:00</c>.</summary>
/// <param name="Events">Episodes, &gt; 0.</param>
/// <param name="Per">The stretch of time, &gt; 0.</param>
[JsonConverter(typeof(FalseAlarmRateConverter))]
public readonly partial record struct FalseAlarmRate(double Events, TimeSpan Per)
{
    private static readonly (string Name, TimeSpan Length)[] Units =
        [("week", TimeSpan.FromDays(7)), ("day", TimeSpan.FromDays(1)), ("hour", TimeSpan.FromHours(1)), ("minute", TimeSpan.FromMinutes(1))];

    /// <summary>One a week for each series.</summary>
    public static FalseAlarmRate OncePerWeek { get; } = new(1, TimeSpan.FromDays(7));

    /// <summary>Episodes per series and day.</summary>
    [JsonIgnore]
    public double PerDay => Events / Per.TotalDays;

    /// <summary>Reads the text a user wrote.</summary>
    /// <param name="text">See the type's examples; spaces around it and case do not matter.</param>
    /// <param name="rate">The rate read.</param>
    /// <param name="error">A sentence that names the value and gives examples; null on success.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out FalseAlarmRate rate, [NotNullWhen(false)] out string? error)
    {
        rate = default;
        error = $"'{text}' is not a rate of false alarms; write for example '1 per series per week', '0.5 per series per day', "
            + "'2 per series per 3 days' or '1 per series per 12:00:00'.";
        var match = Pattern().Match(text ?? "");
        if (!match.Success
            || !double.TryParse(match.Groups["events"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var events)
            || !TryLength(match, out var per) || events <= 0 || !double.IsFinite(events) || per <= TimeSpan.Zero)
            return false;

        rate = new FalseAlarmRate(events, per);
        error = null;
        return true;
    }

    /// <summary>The text that <see cref="TryParse"/> reads back to the same value.</summary>
    public override string ToString()
    {
        var per = Per;
        var unit = Array.Find(Units, unit => per.Ticks % unit.Length.Ticks == 0);
        var count = unit.Name is null ? 0 : Per.Ticks / unit.Length.Ticks;
        var length = count == 0 ? Per.ToString("c", CultureInfo.InvariantCulture)
            : count == 1 ? unit.Name
            : string.Create(CultureInfo.InvariantCulture, $"{count} {unit.Name}s");
        return string.Create(CultureInfo.InvariantCulture, $"{Events:R} per series per {length}");
    }

    private static bool TryLength(Match match, out TimeSpan length)
    {
        length = default;
        if (match.Groups["span"].Success)
            return TimeSpan.TryParseExact(match.Groups["span"].Value, "c", CultureInfo.InvariantCulture, out length);

        var name = match.Groups["unit"].Value;
        var unit = Array.Find(Units, unit => name.StartsWith(unit.Name, StringComparison.OrdinalIgnoreCase));
        var count = 1.0;
        if (match.Groups["count"].Success
            && !double.TryParse(match.Groups["count"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out count))
            return false;
        if (!(count * unit.Length.TotalDays < 36_500))
            return false;
        length = TimeSpan.FromTicks((long)Math.Round(count * unit.Length.Ticks));
        return true;
    }

    [GeneratedRegex(@"^\s*(?<events>[0-9.eE+-]+)\s+per\s+series\s+per\s+(?:(?<span>(?:\d+\.)?\d{1,2}:\d{2}:\d{2}(?:\.\d{1,7})?)|(?:(?<count>[0-9.]+)\s+)?(?<unit>weeks?|days?|hours?|minutes?))\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
