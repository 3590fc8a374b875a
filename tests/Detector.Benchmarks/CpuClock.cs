using System.Diagnostics;

namespace Detector.Benchmarks;

/// <summary>CPU time of this process from where partitions are assigned to where so many messages have come and what they led to is done, and whose it was.</summary>
internal sealed class CpuClock(int messages)
{
    private string _reader = ""; // name of the thread that polls
    private int _messages;
    private TimeSpan? _from;
    private TimeSpan _to;
    private StageTimes? _before;
    private StageTimes? _after;

    /// <summary>What <see cref="Shares"/> are of.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["fetch, decompress (librdkafka)", "poll, decode, order, window", "score", "decide", "write snapshots", "compiler", "collector", "rest"];

    public bool IsOver => Volatile.Read(ref _messages) >= messages;

    public double MicrosecondsAMessage => (_to - _from!.Value).TotalMicroseconds / messages;

    /// <summary>CPU µs a message of each of <see cref="Columns"/>, by threads. The last is what is left: the thread pool, and what was still under way with the last message.</summary>
    public IReadOnlyList<object> Shares
    {
        get
        {
            double[] threads =
            [
                Of(name => name.StartsWith("rdk:", StringComparison.Ordinal)), Of(name => name == _reader),
                Of(name => name == "scoring"), Of(name => name == "deciding"), Of(name => name == "checkpoints"),
                Of(name => name.StartsWith(".NET Tiered", StringComparison.Ordinal)), Of(name => name.StartsWith(".NET", StringComparison.Ordinal) && name.Contains("GC", StringComparison.Ordinal)),
            ];
            return [.. threads.Append(Math.Max(0, MicrosecondsAMessage - threads.Sum())).Select(share => (object)share)];
        }
    }

    /// <summary>To be called by the thread that polls.</summary>
    public void Begin()
    {
        if (_from is not null)
            return;
        _reader = StageTimes.CurrentName();
        _before = StageTimes.Now();
        _from = Cpu();
    }

    /// <summary>Another message has come. With the last the threads are looked at, while they are still there.</summary>
    public void Count()
    {
        if (_messages + 1 == messages)
            _after = StageTimes.Now();
        Volatile.Write(ref _messages, _messages + 1);
    }

    public void Stop() => _to = Cpu();

    /// <summary>None of threads that have ended since, as the compiler's may.</summary>
    private double Of(Func<string, bool> isOf) => Math.Max(0, _after!.Of(isOf, _before!)) * 1e6 / messages;

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;
}
