using System.CommandLine;
using System.Net;
using Detector.Worker.Web;

namespace Detector.Worker.Cli.Alerts;

/// <summary>The options that say which running service is meant: <c>--url</c> and <c>--token-file</c>, or else those of the configuration.</summary>
internal sealed class ServiceArguments
{
    private readonly ConfigurationArguments _configuration = new();
    private readonly Option<Uri?> _url = ServiceOptions.Url(
        "Where the service listens; without it, the address of the configuration.");

    private readonly Option<FileInfo?> _token = ServiceOptions.TokenFile("File that holds the bearer token; without it, Http:Token of the configuration.");

    public void AddTo(Command command)
    {
        _configuration.AddTo(command);
        command.Add(_url);
        command.Add(_token);
    }

    /// <summary>A client of that service; null, and a sentence on stderr, where the configuration names none.</summary>
    /// <exception cref="IOException">The file of the token cannot be read.</exception>
    public ServiceClient? Connect(ParseResult arguments)
    {
        // Other mistakes of the configuration are the running service's own affair.
        HttpOptions http = _configuration.Load(arguments).Options.Http;
        string? token = arguments.ReadToken(_token) ?? http.Token;
        Uri? service = arguments.GetValue(_url);
        if (service is null && (!http.Enabled || http.Port == 0))
        {
            arguments.InvocationConfiguration.Error.WriteLine(
                http.Enabled ? "Http:Port is 0, any free port: give the address with --url." : "Http:Enabled is false: there is nothing to ask.");
            return null;
        }

        return new ServiceClient(service ?? Address(http), token);
    }

    private static Uri Address(HttpOptions http)
    {
        bool any = !IPAddress.TryParse(http.Address, out IPAddress? address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        return new UriBuilder("http", any ? "127.0.0.1" : address!.ToString(), http.Port).Uri;
    }
}
