using System.Globalization;
using System.Text.RegularExpressions;

namespace Detector.Worker.Hosting.Configuration;

/// <summary>Turns the text of a configuration value into its type and back; the same in every culture.</summary>
internal static partial class ValueText
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    public static bool IsScalar(Type type) => Plain(type) is { IsEnum: true } or { IsPrimitive: true }
        || Plain(type) == typeof(string) || Plain(type) == typeof(TimeSpan) || Plain(type) == typeof(DateTimeOffset);

    /// <summary>Converts, or says which form was expected.</summary>
    public static bool TryConvert(string text, Type type, out object? value, out string expected)
    {
        (value, expected) = Plain(type) switch
        {
            var plain when plain == typeof(string) => (text, ""),
            var plain when plain == typeof(bool) => (bool.TryParse(text, out bool parsed) ? parsed : null, "write true or false"),
            var plain when plain == typeof(int) => (int.TryParse(text, NumberStyles.Integer, s_culture, out int parsed) ? (object)parsed : null,
                "write a whole number"),
            var plain when plain == typeof(double) => (TryDouble(text), "write a number with a point for decimals"),
            var plain when plain == typeof(TimeSpan) => TryDuration(text),
            var plain when plain == typeof(DateTimeOffset) => (TryInstant(text), "write a time such as 2000-01-01T00:00:00Z"),
            { IsEnum: true } plain => (Enum.TryParse(plain, text, ignoreCase: true, out object? parsed) && Enum.IsDefined(plain, parsed) ? parsed : null,
                $"write one of {string.Join(", ", Enum.GetNames(plain))}"),
            var plain => throw new NotSupportedException($"Options of type {plain} are not supported."),
        };
        return value is not null;
    }

    /// <summary>The text that <see cref="TryConvert"/> turns into the same value.</summary>
    public static string Format(object value) => value switch
    {
        TimeSpan duration => duration.ToString("c", s_culture),
        DateTimeOffset instant => instant.ToString("O", s_culture),
        IFormattable formattable => formattable.ToString(null, s_culture),
        _ => value.ToString() ?? "",
    };

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static double? TryDouble(string text) =>
        double.TryParse(text, NumberStyles.Float, s_culture, out double parsed) && double.IsFinite(parsed) ? parsed : null;

    private static DateTimeOffset? TryInstant(string text) =>
        DateTimeOffset.TryParse(text, s_culture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed) ? parsed : null;

    /// <summary>Only forms with colons: .NET reads a bare 30 as 30 days, and 24:00:00 as 24 days.</summary>
    private static (object? Value, string Expected) TryDuration(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", s_culture, out TimeSpan parsed))
            return (parsed, "");

        const string Form = "write a duration as hours:minutes:seconds, such as 00:00:30, with days in front from 24 hours on, such as 7.00:00:00";
        Match bare = BareNumber().Match(text);
        if (!bare.Success)
            return (null, Form);
        double seconds = double.Parse(bare.Groups["number"].Value, s_culture) * bare.Groups["unit"].Value switch
        {
            "ms" => 1e-3,
            "m" or "min" => 60,
            "h" => 3600,
            "d" => 86400,
            _ => 1,
        };
        return (null, seconds < 1e9 ? $"write {TimeSpan.FromSeconds(seconds).ToString("c", s_culture)}" : Form);
    }

    [GeneratedRegex(@"^\s*(?<number>\d+(\.\d+)?)\s*(?<unit>ms|s|sec|m|min|h|d)?\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex BareNumber();
}
