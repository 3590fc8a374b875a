using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Detector.Worker.Web;

/// <summary>The HTTP server: what <see cref="Endpoints"/> maps, behind the <see cref="RequestGuard"/> and the limits set here.</summary>
internal sealed class HttpEndpoint : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HttpEndpoint(WebApplication application, Uri url)
    {
        _application = application;
        Url = url;
    }

    /// <summary>Where it listens, with the port that was bound.</summary>
    public Uri Url { get; }

    /// <summary>Binds the address and starts to serve.</summary>
    /// <exception cref="IOException">The address cannot be bound; the message names the keys.</exception>
    public static async Task<HttpEndpoint> StartAsync(
        HttpOptions options, HttpServices services, ILoggerProvider logs, CancellationToken stop)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddRoutingCore();
        // The command line owns the signals; the framework's lifetime would stop this server alone.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        // Why it cannot start the caller says in one sentence, without a trace. The server warns of every connection it refuses: whoever floods it
        // would flood the log.
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical).AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);

        WebApplication application = builder.Build();
        Endpoints.Map(application, services, new RequestGuard(options));
        try
        {
            await application.StartAsync(stop).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new IOException(
                FormattableString.Invariant($"Http:Address {options.Address} and Http:Port {options.Port} cannot be bound ({exception.Message}): choose another port, or 0 for a free one."),
                exception);
        }

        return new HttpEndpoint(application, new Uri(application.Urls.First()));
    }

    public async ValueTask DisposeAsync()
    {
        // Scrapes are short; one that hangs must not hold up the end of the process.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _application.StopAsync(limit.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static void Configure(KestrelServerOptions kestrel, HttpOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 50;
        kestrel.Limits.MaxConcurrentConnections = 100;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

        switch (options.Address)
        {
            case HttpOptionsCheck.Any:
                kestrel.ListenAnyIP(options.Port, listen => listen.Protocols = HttpProtocols.Http1);
                break;
            case HttpOptionsCheck.Localhost when options.Port != 0:
                kestrel.ListenLocalhost(options.Port, listen => listen.Protocols = HttpProtocols.Http1);
                break;
            default:
                // A free port can be taken on one address only.
                IPAddress address = options.Address == HttpOptionsCheck.Localhost ? IPAddress.Loopback : IPAddress.Parse(options.Address);
                kestrel.Listen(address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
                break;
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
