using System.Globalization;

namespace Detector.Models.Artifacts;

/// <summary>Names of versions: ordinal order is order of time.</summary>
public static class ArtifactVersion
{
    /// <summary>For example <c>20260131T235959-1234567Z</c> (to the tick).</summary>
    public static string At(DateTimeOffset createdAt) =>
        createdAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'-'fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Whether a name is 1 to 64 letters, digits, '_' or '-'.</summary>
    public static bool IsValid(string? version) =>
        version is { Length: > 0 and <= 64 } && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
