using System.Net;
using Detector.Worker.Contracts;

namespace Detector.Worker.Web;

/// <summary>What can be wrong with <see cref="HttpOptions"/>.</summary>
internal static class HttpOptionsCheck
{
    public const string Localhost = "localhost";
    public const string Any = "*";

    /// <param name="key">Key of the section, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, HttpOptions options)
    {
        if (options.Address is not (Localhost or Any) && !IPAddress.TryParse(options.Address, out _))
            yield return $"{key}:Address is \"{options.Address}\": write an IP address such as 127.0.0.1, {Localhost}, or {Any} for all interfaces.";
        if (Bounds.Of($"{key}:Port", options.Port, 0, 65_535) is { } port)
            yield return port;
    }
}
