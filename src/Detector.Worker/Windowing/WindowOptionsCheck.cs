using System.Globalization;
using Detector.Worker.Contracts;

namespace Detector.Worker.Windowing;

/// <summary>What can be wrong with <see cref="WindowOptions"/>.</summary>
internal static class WindowOptionsCheck
{
    /// <summary>A window of one row has no course in time; 4096 rows of 512 features are 8 MiB.</summary>
    public const int LeastRows = 2, MostRows = 4096;

    /// <param name="key">Key of the section, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, WindowOptions options)
    {
        string?[] errors =
        [
            Bounds.Of($"{key}:Period", options.Period, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1)),
            Bounds.Of($"{key}:Length", options.Length, TimeSpan.FromMilliseconds(2), TimeSpan.FromDays(30)),
            Bounds.Of($"{key}:AllowedLateness", options.AllowedLateness, TimeSpan.Zero, TimeSpan.FromDays(1)),
            Bounds.Of($"{key}:MaxGap", options.MaxGap, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(30)),
        ];
        bool inRange = errors.All(error => error is null);
        string?[] more =
        [
            Bounds.Known($"{key}:Resample", options.Resample, [WindowOptions.Last, WindowOptions.Mean]),
            Bounds.Of($"{key}:MinObserved", options.MinObserved, options.MinObserved is > 0 and <= 1, "a share above 0 and up to 1, such as 0.5"),
            inRange ? Rows(key, options) : null,
            inRange && options is { MaxGap: { } gap, Period: { } period } && gap < period
                ? $"{key}:MaxGap is {gap}, less than the Period of {period}, so that every sample would empty the window: write a longer gap."
                : null,
        ];
        return errors.Concat(more).OfType<string>();
    }

    private static string? Rows(string key, WindowOptions options) =>
        options is { Length: { } length, Period: { } period } && length / period is not (>= LeastRows and <= MostRows)
            ? string.Create(CultureInfo.InvariantCulture,
                $"{key}:Length is {length}, which is {length / period:0.###} times the Period of {period}: choose them so that a window has {LeastRows} to {MostRows} rows.")
            : null;
}
