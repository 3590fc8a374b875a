using Detector.Worker.Ingestion;
using Detector.Worker.Tests.Ingestion;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Worker.Tests.Kafka;

/// <summary>A source on a thread of its own, as the service runs it.</summary>
internal sealed class RunningSource : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private bool _disposed;

    public RunningSource(SourceOptions options, Inbox? inbox = null, bool transactional = false)
    {
        Inbox = inbox ?? new Inbox();
        Source = new KafkaSource("plant", options, NullLogger.Instance, transactional);
        _thread = new Thread(Run);
        _thread.Start();
    }

    public KafkaSource Source { get; }

    public Inbox Inbox { get; }

    public Exception? Fault { get; private set; }

    /// <summary>Waits for something to become true.</summary>
    public static void Until(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(() => Poll(condition), TimeSpan.FromSeconds(60)), $"It never came to pass that {what}.");

    public void UntilReceived(int count) => Until(() => Inbox.Messages.Count >= count, $"{count} messages arrived, but {Inbox.Messages.Count} did");

    /// <summary>Stops reading but keeps the connection, as while the service drains.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _thread.Join();
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Stop();
        Source.Dispose();
        _stop.Dispose();
        Assert.Null(Fault);
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
            Fault = error;
        }
#pragma warning restore CA1031
    }
}
