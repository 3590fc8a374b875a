using System.Diagnostics;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Ingestion;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.Benchmarks;

/// <summary>A mosquitto whose sessions hold all messages, as for readers that were away.</summary>
internal sealed class FilledBroker : IDisposable
{
    private const string Filter = "plant/+/telemetry";
    private const int Window = 1000;
    private readonly MosquittoProcess _broker = MosquittoProcess.Start("queue_qos0_messages true\nmax_queued_bytes 0");
    private readonly int _qos;
    private readonly int _messages;

    /// <param name="readers">Names of the sessions.</param>
    public FilledBroker(int qos, string[] readers, byte[][] payloads)
    {
        _qos = qos;
        _messages = payloads.Length;
        FillAsync(readers, payloads).GetAwaiter().GetResult();
    }

    private MqttQualityOfServiceLevel Quality => (MqttQualityOfServiceLevel)_qos;

    /// <summary>How long mosquitto_sub takes for all of it, its own start included.</summary>
    public TimeSpan Outside(string reader)
    {
        long started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(
            "mosquitto_sub", ["-h", "127.0.0.1", "-p", $"{_broker.Port}", "-i", reader, "-c", "-q", $"{_qos}", "-t", Filter, "-V", "5", "-x", "600",
                "-D", "connect", "receive-maximum", $"{Window}", "-C", $"{_messages}"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill();
            throw new InvalidOperationException($"mosquitto_sub did not get {_messages} messages.");
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>How long the client takes for all of it with a handler that counts.</summary>
    public TimeSpan Loop(string reader)
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        using var all = new ManualResetEventSlim();
        int left = _messages;
        client.ApplicationMessageReceivedAsync += _ =>
        {
            if (--left == 0)
                all.Set();
            return Task.CompletedTask;
        };
        long started = Stopwatch.GetTimestamp();
        client.ConnectAsync(Options(reader)).GetAwaiter().GetResult();
        if (!all.Wait(TimeSpan.FromMinutes(2)))
            throw new InvalidOperationException($"{left} of {_messages} messages did not come.");
        return Stopwatch.GetElapsedTime(started);
    }

    public MqttSource Source(string reader) => new(
        reader,
        new SourceOptions
        {
            Type = SourceFactory.Mqtt,
            Server = $"mqtt://127.0.0.1:{_broker.Port}",
            Topics = [Filter],
            MaxInFlight = _messages,
            Mqtt = { ClientId = reader, Qos = _qos, ReceiveMaximum = Window },
        },
        NullLogger.Instance);

    public void Dispose() => _broker.Dispose();

    private MqttClientOptions Options(string reader)
    {
        MqttClientOptions options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _broker.Port).WithTlsOptions(tls => tls.UseTls(false))
            .WithClientId(reader).WithCleanStart(false).WithSessionExpiryInterval(600).WithReceiveMaximum(Window).Build();
        ((MqttClientTcpOptions)options.ChannelOptions).BufferSize = 256 * 1024;
        return options;
    }

    private async Task FillAsync(string[] readers, byte[][] payloads)
    {
        foreach (string reader in readers)
        {
            using IMqttClient client = new MqttClientFactory().CreateMqttClient();
            await client.ConnectAsync(Options(reader));
            await client.SubscribeAsync(Filter, Quality);
            await client.DisconnectAsync();
        }

        using IMqttClient publisher = new MqttClientFactory().CreateMqttClient();
        await publisher.ConnectAsync(Options("publisher"));
        for (int i = 0; i < payloads.Length; i++)
        {
            MqttApplicationMessage message = new MqttApplicationMessageBuilder()
                .WithTopic($"plant/pump-{i % 64}/telemetry").WithPayload(payloads[i]).WithQualityOfServiceLevel(Quality).Build();
            await publisher.PublishAsync(message);
        }

        // The answer says that everything before has come.
        await publisher.PingAsync();
        await publisher.DisconnectAsync();
    }
}
