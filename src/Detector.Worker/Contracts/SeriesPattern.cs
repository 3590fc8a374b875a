using System.IO.Enumeration;

namespace Detector.Worker.Pipeline;

/// <summary>Matches series keys against a pattern with <c>*</c> and <c>?</c>.</summary>
internal static class SeriesPattern
{
    public static bool Matches(string pattern, string key) => pattern == "*" || FileSystemName.MatchesSimpleExpression(pattern, key, ignoreCase: false);
}
