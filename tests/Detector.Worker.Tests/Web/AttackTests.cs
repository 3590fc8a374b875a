using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Detector.Worker.Telemetry.Logging;
using Detector.Worker.Tests.Pipeline;
using Detector.Worker.Web;
using Microsoft.Extensions.Logging;

namespace Detector.Worker.Tests.Web;

/// <summary>What a client would send that means harm, as bytes: each is refused, and the endpoint answers others as before.</summary>
public sealed class AttackTests : IAsyncLifetime
{
    /// <summary>Connections that the endpoint holds at once.</summary>
    private const int MaxConnections = 100;

    private readonly StringWriter _log = new(CultureInfo.InvariantCulture);
    private readonly StubReload _reload = new();
    private HttpEndpoint _endpoint = null!;

    public async ValueTask InitializeAsync() => _endpoint = await HttpEndpoint.StartAsync(
        new HttpOptions { Port = 0 }, new HttpServices(TestPipeline.Metrics(), new Ready()) { Reload = _reload },
        new LogWriter(_log, LogFormat.Text, color: false, LogLevel.Information, TimeProvider.System), Stop);

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(200, await StatusAsync("GET /-/healthy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        await _endpoint.DisposeAsync();
        Assert.Equal("", _log.ToString());
    }

    public static TheoryData<string, string, int> Requests => new()
    {
        { "a line that does not end", $"GET /{new string('a', 5_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414 },
        { "too many headers", $"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 60).Select(i => $"X-{i}: a\r\n"))}\r\n", 431 },
        { "headers that are too long together", $"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 5).Select(i => $"X-{i}: {new string('a', 4_000)}\r\n"))}\r\n", 431 },
        { "two lengths", "POST /-/reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}", 400 },
        { "a length that is none", "POST /-/reload HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400 },
        { "a coding that is none", "POST /-/reload HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity, gzip\r\n\r\n{}", 400 },
        { "two hosts", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400 },
        { "no host", "GET / HTTP/1.1\r\n\r\n", 400 },
        { "a host that breaks the line", "GET / HTTP/1.1\r\nHost: local\rhost\r\n\r\n", 400 },
        { "a header that breaks the line", "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b\n forged: c\r\n\r\n", 400 },
        { "a path with a null byte", "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
        { "a method that is none", "G\u0000T / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
        { "another protocol", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\r\n\r\n", 400 },
        { "a proxy's request", "GET http://169.254.169.254/latest HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n", 421 },
        { "a form's write", "POST /-/reload HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1\r\n\r\na", 415 },
        { "a write from another site", "POST /-/reload HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:1\r\nContent-Length: 0\r\n\r\n", 403 },
        { "a write under another name", "POST /-/reload HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n", 421 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_ThatMeansHarm_IsRefused(string what, string request, int status)
    {
        Assert.Equal((what, status), (what, await StatusAsync(request)));
        Assert.Equal(0, _reload.Asked);
    }

    [Fact]
    public async Task Body_WithoutALength_IsCutOffAtTheLimit()
    {
        await using HttpEndpoint api = await ApiAsync();
        using TcpClient client = await ConnectAsync(api);
        await SendAsync(client, "POST /api/v1/maintenance HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        string part = $"1000\r\n{new string(' ', 4096)}\r\n";
        for (int i = 0; i < 20; i++)
            await SendAsync(client, part);
        Assert.Equal(413, await StatusAsync(client));
    }

    [Fact]
    public async Task Body_ThatTrickles_IsGivenUp()
    {
        await using HttpEndpoint api = await ApiAsync();
        using TcpClient client = await ConnectAsync(api);
        await SendAsync(client, "POST /api/v1/maintenance HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
        Assert.Equal(408, await StatusAsync(client));
    }

    [Fact]
    public async Task Connections_BeyondTheLimit_AreClosedAtOnceAndLeaveRoomWhenTheyGo()
    {
        var held = new List<TcpClient>();
        for (int i = 0; i < MaxConnections; i++)
        {
            held.Add(await ConnectAsync(_endpoint));
            // Until it is answered it may not have been taken yet.
            await SendAsync(held[i], "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Assert.Equal(200, await StatusAsync(held[i]));
        }

        using TcpClient refused = await ConnectAsync(_endpoint);
        Assert.Null(await StatusAsync(refused));

        foreach (TcpClient client in held)
            client.Dispose();
        // The server learns of each end on its own time.
        int? status = null;
        for (int attempt = 0; attempt < 600 && status != 200; attempt++)
        {
            await Task.Delay(attempt == 0 ? 0 : 100, Stop);
            status = await StatusAsync("GET /-/healthy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }

        Assert.Equal(200, status);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<TcpClient> ConnectAsync(HttpEndpoint endpoint)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, endpoint.Url.Port, Stop);
        return client;
    }

    private static async Task SendAsync(TcpClient client, string text)
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Stop);
        }
        catch (IOException)
        {
            // It has been closed on us already: what was answered can still be read.
        }
    }

    private async Task<int?> StatusAsync(string request)
    {
        using TcpClient client = await ConnectAsync(_endpoint);
        await SendAsync(client, request);
        return await StatusAsync(client);
    }

    /// <summary>Status of the answer; null when there is none.</summary>
    private static async Task<int?> StatusAsync(TcpClient client)
    {
        byte[] answer = new byte[4096];
        int length = 0;
        try
        {
            while (!Encoding.Latin1.GetString(answer, 0, length).Contains("\r\n", StringComparison.Ordinal))
            {
                int read = await client.GetStream().ReadAsync(answer.AsMemory(length), Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Stop);
                if (read == 0)
                    return null;
                length += read;
            }
        }
        catch (IOException)
        {
            return null;
        }

        return int.Parse(Encoding.Latin1.GetString(answer, 9, 3), CultureInfo.InvariantCulture);
    }

    /// <summary>An endpoint with a write that reads its body.</summary>
    private Task<HttpEndpoint> ApiAsync() => HttpEndpoint.StartAsync(
        new HttpOptions { Port = 0 }, new HttpServices(TestPipeline.Metrics(), new Ready()) { Page = TestPage.Services() },
        new LogWriter(_log, LogFormat.Text, color: false, LogLevel.Information, TimeProvider.System), Stop);

    private sealed class Ready : IReadiness
    {
        public bool IsReady => true;

        public IReadOnlyList<string> Missing => [];
    }

    private sealed class StubReload : IReload
    {
        public int Asked { get; private set; }

        public Task<IReadOnlyList<string>> AskAsync()
        {
            Asked++;
            return Task.FromResult<IReadOnlyList<string>>([]);
        }
    }
}
