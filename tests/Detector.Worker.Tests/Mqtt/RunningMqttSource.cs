using System.Globalization;
using Detector.Tests.Support;
using Detector.Worker.Ingestion;
using Detector.Worker.Tests.Ingestion;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Mqtt;

/// <summary>A source on a thread of its own, as the service runs it.</summary>
internal sealed class RunningMqttSource : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private Exception? _fault;
    private bool _stopped;

    public RunningMqttSource(SourceOptions options, Inbox? inbox = null)
    {
        Inbox = inbox ?? new Inbox();
        Source = new MqttSource("cells", options, NullLogger.Instance);
        _thread = new Thread(Run);
        _thread.Start();
        Until(() => Source.IsReady, "the source is subscribed");
    }

    public MqttSource Source { get; }

    public Inbox Inbox { get; }

    public string[] Payloads => [.. Inbox.Messages.Select(message => message.Payload)];

    public static SourceOptions Options(int port, int qos = 1, string version = "5") => new()
    {
        Type = "mqtt",
        Server = string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{port}"),
        Topics = ["plant/+/telemetry"],
        Decode = { Series = "topic:1" },
        Mqtt = { Qos = qos, ProtocolVersion = version, ClientId = "cells" },
    };

    public static void Until(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(() => Poll(condition), TimeSpan.FromSeconds(60)), $"It never came to pass that {what}.");

    public void UntilReceived(int count) => Until(() => Inbox.Messages.Count >= count, $"{count} messages arrive ({Inbox.Messages.Count} did)");

    /// <summary>Stops reading but keeps the connection, as while the service drains.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _thread.Join();
        _stopped = true;
    }

    public void Dispose()
    {
        if (!_stopped)
            Stop();
        Source.Dispose();
        _stop.Dispose();
        Assert.Null(_fault);
    }

    private static bool Poll(Func<bool> condition)
    {
        if (condition())
            return true;
        Thread.Sleep(5);
        return false;
    }

    private void Run()
    {
        try
        {
            Source.Run(Inbox, _stop.Token);
        }
#pragma warning disable CA1031 // Whatever it is, the test reports it.
        catch (Exception error)
        {
            _fault = error;
        }
#pragma warning restore CA1031
    }
}
