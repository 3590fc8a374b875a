namespace Detector.Worker.Web.Api;

/// <summary>Numbers as JSON has them.</summary>
internal static class Columns
{
    /// <summary>What is not finite is null.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>UTC ticks as milliseconds since 1970.</summary>
    public static long Milliseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    /// <summary>Five significant digits: a picture shows no more, and the bytes are halved.</summary>
    public static double? Rounded(double value)
    {
        if (!double.IsFinite(value) || value == 0)
            return double.IsFinite(value) ? 0 : null;
        double scale = Math.Pow(10, 4 - Math.Floor(Math.Log10(Math.Abs(value))));
        double rounded = Math.Round(value * scale) / scale;
        return double.IsFinite(rounded) ? rounded : value;
    }
}
