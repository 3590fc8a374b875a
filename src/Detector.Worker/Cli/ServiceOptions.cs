using System.CommandLine;

namespace Detector.Worker.Cli;

/// <summary>Options of commands that ask a running service.</summary>
internal static class ServiceOptions
{
    /// <summary><c>--url</c>, where the service listens.</summary>
    public static Option<Uri?> Url(string description) => new("--url")
    {
        Description = description,
        HelpName = "URL",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https")
                return parsed;
            result.AddError("--url takes an address such as http://localhost:9464.");
            return null;
        },
    };

    /// <summary><c>--token-file</c>, which holds the bearer token.</summary>
    public static Option<FileInfo?> TokenFile(string description) => new("--token-file") { Description = description, HelpName = "FILE" };

    /// <summary>The token in the file that was named; null when none was.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? ReadToken(this ParseResult arguments, Option<FileInfo?> option) =>
        arguments.GetValue(option) is { } file ? File.ReadAllText(file.FullName).Trim() : null;
}
