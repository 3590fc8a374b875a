using System.CommandLine;
using Detector.Worker.Cli.Alerts;

namespace Detector.Worker.Cli.Model;

/// <summary>The options that have a running service do what a command wants: <c>--url</c> and <c>--token-file</c>.</summary>
internal sealed class LiveArguments
{
    private readonly Option<Uri?> _url = ServiceOptions.Url(
        "have the service that listens there do it, in force with the next sample; without it, the store is changed and a service follows when it is restarted");

    private readonly Option<FileInfo?> _token = ServiceOptions.TokenFile("file that holds the service's bearer token");

    public void AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_token);
    }

    /// <summary>Whether a running service is meant.</summary>
    public bool Given(ParseResult arguments) => arguments.GetValue(_url) is not null;

    /// <summary>Asks the service.</summary>
    /// <exception cref="ModelNotFoundException">It refuses, or does not answer.</exception>
    public void Ask(ParseResult arguments, string path, string pipeline, string series, string? version)
    {
        string? token = arguments.ReadToken(_token);
        using var client = new ServiceClient(arguments.GetValue(_url)!, token);
        var body = new Dictionary<string, string> { ["pipeline"] = pipeline, ["series"] = series, ["by"] = Environment.UserName };
        if (version is not null)
            body["version"] = version;
        (bool well, string text) = client.AskAsync(HttpMethod.Post, path, body, CancellationToken.None).GetAwaiter().GetResult();
        if (!well)
            throw new ModelNotFoundException(text);
    }
}
