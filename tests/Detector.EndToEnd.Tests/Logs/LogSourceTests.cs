using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Detector.EndToEnd.Tests.Service;
using Detector.Tests.Support;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Tests;

namespace Detector.EndToEnd.Tests.Logs;

/// <summary>Lines of two services that come as other programs send them; one of the services begins to report an error that never came before.</summary>
public sealed class LogSourceTests : IDisposable
{
    private const int BucketSeconds = 10, LearnSeconds = 300, WarmupBuckets = 220, FaultFrom = LearnSeconds + (WarmupBuckets * BucketSeconds) + 300, Seconds = FaultFrom + 120;
    private const string Faulty = "orders";

    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Run_LinesOverMqtt_AnAlertNamesTheNewError()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        object source = new
        {
            Type = "mqtt", Server = string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{broker.Port}"), Topics = new[] { "logs/+" },
            Mqtt = new { ClientId = "detector", Qos = 1 }, Decode = Decode("message", "topic:1"),
        };
        await using RunningService service = await RunningService.StartAsync(Write(source));
        await service.WaitForLogAsync("Source lines is connected");
        // Several lines a message, as forwarders send them. A minute at a time, so that neither service runs ahead of the other.
        foreach (IGrouping<int, (int Second, string Service, string Line)> minute in Lines().GroupBy(line => line.Second / 60))
        {
            foreach (IGrouping<string, (int Second, string Service, string Line)> part in minute.GroupBy(line => line.Service))
                await broker.PublishAsync($"logs/{part.Key}", part.Select(line => line.Line), "-q", "1");
        }

        JsonElement alert = await AlertAsync(service);
        Assert.Equal(Faulty, alert.GetProperty("series").GetString());
        await service.StopAsync();
    }

    [Fact]
    public async Task Run_SyslogOverTcp_AnAlertNamesTheNewError()
    {
        int port = FreePort.Next();
        object source = new { Type = "syslog", Listen = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), Decode = Decode("host", null) };
        await using RunningService service = await RunningService.StartAsync(Write(source));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await using (NetworkStream stream = client.GetStream())
        {
            foreach ((_, string name, string line) in Lines())
                await stream.WriteAsync(Frame(name, line), TestContext.Current.CancellationToken);
        }

        JsonElement alert = await AlertAsync(service);
        Assert.Equal(Faulty, alert.GetProperty("series").GetString());
        await service.StopAsync();
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>The lines of both services, in the order of time. The error ends in an escape sequence that would clear a terminal.</summary>
    private static IEnumerable<(int Second, string Service, string Line)> Lines()
    {
        ServiceSimulator[] services = [new(Faulty, seed: 3), new("search", seed: 4)];
        for (int second = 0; second < Seconds; second++)
        {
            foreach (ServiceSimulator service in services)
            {
                LogFaultKind? fault = service.Name == Faulty && second is >= FaultFrom and < FaultFrom + 60 ? LogFaultKind.NewError : null;
                foreach (string line in service.Second(s_start.AddSeconds(second), fault))
                    yield return (second, service.Name, line.Replace("left on device", "left on device\u001b[2J", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>RFC 5424, with its length before it (RFC 6587).</summary>
    private static byte[] Frame(string host, string line)
    {
        string[] parts = line.Split(' ', 4);
        int severity = parts[1] switch { "ERROR" => 3, "WARN" => 4, _ => 6 };
        string message = string.Create(CultureInfo.InvariantCulture, $"<{8 + severity}>1 {parts[0]} {host} {parts[2].TrimEnd(':')} - - - {parts[3]}");
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(message)} {message}"));
    }

    private static object Decode(string divideBy, string? series) => new
    {
        Format = "logs", Series = series,
        Logs = new { Bucket = Duration(BucketSeconds), Learn = Duration(LearnSeconds), Session = "req-", SessionTimeout = "00:00:20", DivideBy = divideBy },
    };

    private static string Duration(int seconds) => TimeSpan.FromSeconds(seconds).ToString("c");

    /// <summary>The first alert since the error began; before it there may be none but a false one of the training's short time.</summary>
    private async Task<JsonElement> AlertAsync(RunningService service)
    {
        JsonElement[] alerts = [];
        await Eventually.HoldsAsync(
            () => (alerts = Alerts()).Length > 0,
            () => $"No alert since {s_start.AddSeconds(FaultFrom):O}. {service.Log}",
            () => service.HasExited,
            TimeSpan.FromMinutes(2));
        string text = alerts[0].GetRawText();
        Assert.True(text.Contains("no space left on device", StringComparison.Ordinal), text);
        Assert.DoesNotContain('\u001b', text);
        Assert.InRange(alerts[0].GetProperty("startedAt").GetDateTimeOffset(), s_start.AddSeconds(FaultFrom), s_start.AddSeconds(FaultFrom + (3 * BucketSeconds)));
        return alerts[0];
    }

    private JsonElement[] Alerts()
    {
        string path = Path.Combine(_directory.Path, "alerts.jsonl");
        if (!File.Exists(path))
            return [];
        string text = File.ReadAllText(path);
        return
        [
            .. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
                .Where(alert => alert.GetProperty("startedAt").GetDateTimeOffset() >= s_start.AddSeconds(FaultFrom)),
        ];
    }

    private string Write(object source) => _directory.Write("config.json", JsonSerializer.Serialize(new
    {
        Detector = new
        {
            Sources = new { lines = source },
            Pipelines = new
            {
                logs = new
                {
                    Sources = new[] { "lines" },
                    Window = new { Period = Duration(BucketSeconds), Length = "00:01:20" },
                    Model = new { Networks = new[] { "linear" } },
                    Training = new { Warmup = Duration(WarmupBuckets * BucketSeconds), MaxSteps = 100 },
                    Sinks = new[] { "alerts" },
                },
            },
            Sinks = new { alerts = new { Type = "file", Path = Path.Combine(_directory.Path, "alerts.jsonl") } },
            State = new { Directory = Path.Combine(_directory.Path, "state") },
            Http = new { Port = 0 },
            Device = "cpu",
        },
    }));
}
