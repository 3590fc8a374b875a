using System.CommandLine;
using System.Net;
using Detector.Worker.Web;

namespace Detector.Worker.Cli;

/// <summary><c>detector health</c>: asks a running service whether it is healthy, or ready; the probe of containers.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var configuration = new ConfigurationArguments();
        var ready = new Option<bool>("--ready") { Description = "Asks whether the service is ready to do its work, not only alive." };
        var url = new Option<Uri?>("--url")
        {
            Description = "Where the service listens; without it, the address of the configuration.",
            HelpName = "URL",
            CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https"
                ? parsed
                : Refuse(result, "--url takes an address such as http://localhost:9464."),
        };
        var command = new CommandWithExamples("health", "Asks the running service for its health; exits 0 when it is well and 1 when it is not.",
            "detector health", "detector health --ready --url http://localhost:9464");
        configuration.AddTo(command);
        command.Add(ready);
        command.Add(url);
        command.SetAction(async (arguments, stop) =>
        {
            TextWriter error = arguments.InvocationConfiguration.Error;
            Uri? service = arguments.GetValue(url);
            if (service is null)
            {
                // Other mistakes are the running service's own affair: the probe needs the address only.
                HttpOptions http = configuration.Load(arguments).Options.Http;
                if (!http.Enabled || http.Port == 0)
                {
                    error.WriteLine(http.Enabled ? "Http:Port is 0, any free port: give the address with --url." : "Http:Enabled is false: there is nothing to ask.");
                    return ExitCodes.Failure;
                }

                service = Address(http);
            }

            return await AskAsync(new Uri(service, arguments.GetValue(ready) ? Endpoints.Ready : Endpoints.Healthy), arguments, stop).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> AskAsync(Uri address, ParseResult arguments, CancellationToken stop)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = s_timeout };
        try
        {
            using HttpResponseMessage response = await client.GetAsync(address, stop).ConfigureAwait(false);
            string text = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            bool well = response.StatusCode == HttpStatusCode.OK;
            (well ? arguments.InvocationConfiguration.Output : arguments.InvocationConfiguration.Error).WriteLine(
                text.Length > 0 ? text.TrimEnd() : FormattableString.Invariant($"{address} answers {(int)response.StatusCode}."));
            return well ? ExitCodes.Ok : ExitCodes.Failure;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            arguments.InvocationConfiguration.Error.WriteLine($"No answer from {address}: {exception.GetBaseException().Message}");
            return ExitCodes.Failure;
        }
    }

    private static Uri Address(HttpOptions http)
    {
        bool any = http.Address is HttpOptionsCheck.Any or HttpOptionsCheck.Localhost;
        IPAddress address = any || !IPAddress.TryParse(http.Address, out IPAddress? parsed) || parsed.Equals(IPAddress.Any) ? IPAddress.Loopback : parsed;
        return new UriBuilder("http", (address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address).ToString(), http.Port).Uri;
    }

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return null;
    }
}
