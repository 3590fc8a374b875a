using System.Net;
using Detector.Worker.Contracts;

namespace Detector.Worker.Web;

/// <summary>What can be wrong with <see cref="HttpOptions"/>.</summary>
internal static class HttpOptionsCheck
{
    public const string Localhost = "localhost";
    public const string Any = "*";

    /// <summary>A token that can be guessed protects nothing: 16 characters of hexadecimal digits are 64 bits.</summary>
    public const int LeastTokenLength = 16;

    /// <param name="key">Key of the section, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, HttpOptions options)
    {
        if (options.Address is not (Localhost or Any) && !IPAddress.TryParse(options.Address, out _))
            yield return $"{key}:Address is \"{options.Address}\": write an IP address such as 127.0.0.1, {Localhost}, or {Any} for all interfaces.";
        if (Bounds.Of($"{key}:Port", options.Port, 0, 65_535) is { } port)
            yield return port;
        if (Bounds.Of($"{key}:History", options.History, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)) is { } history)
            yield return history;
        if (options.Token is { } token && (token.Length < LeastTokenLength || !token.All(c => c is > ' ' and <= '~')))
        {
            yield return $"{key}:Token is shorter than {LeastTokenLength} characters or holds others than printable ASCII: "
                + "write one that nobody can guess, such as the output of openssl rand -hex 24.";
        }

        foreach (string host in options.Hosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
            yield return $"{key}:Hosts names \"{host}\", which is no host name: write one such as detector.example.com, without scheme and port.";
    }
}
