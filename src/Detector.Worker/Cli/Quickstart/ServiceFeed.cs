using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The logs of simulated services, a minute of them every second.</summary>
internal sealed class ServiceFeed : IFeed
{
    /// <summary>Event time over real time.</summary>
    public const int Speed = 60;

    /// <summary>Event time in which templates are learned.</summary>
    public static readonly TimeSpan Learn = TimeSpan.FromMinutes(3);

    /// <summary>Event time in which, after it, the model is learned.</summary>
    public static readonly TimeSpan Warmup = TimeSpan.FromMinutes(20);

    /// <summary>Time that a sample counts over.</summary>
    public static readonly TimeSpan Bucket = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_untilFirstFault = Learn + Warmup + TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_betweenFaults = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan s_faultLasts = TimeSpan.FromMinutes(2);

    private readonly ServiceSimulator[] _services;
    private readonly List<LogFault> _faults = [];
    private readonly DateTimeOffset _start;
    private readonly DateTimeOffset _end;
    private readonly TimeProvider _clock;
    private long _sent;
    private long _nowTicks;

    /// <param name="duration">Real time that the services run.</param>
    public ServiceFeed(TimeSpan duration, int seed, TimeProvider clock)
    {
        _clock = clock;
        DateTimeOffset now = clock.GetUtcNow();
        _end = new(now.Ticks - now.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        _start = _end - duration * Speed;
        _nowTicks = _start.Ticks;
        _services = [.. Enumerable.Range(1, 3).Select(number => new ServiceSimulator($"service-{number}", seed + number))];
        int next = 0;
        for (DateTimeOffset at = _start + s_untilFirstFault; at + s_faultLasts < _end; at += s_betweenFaults, next++)
            _faults.Add(new LogFault((LogFaultKind)(next % 4), _services[next % _services.Length].Name, at, at + s_faultLasts));
    }

    public string Description => $"the logs of {_services.Length} simulated services, some 10 lines a second each, {Speed} times as fast as real time";

    public long Sent => Interlocked.Read(ref _sent);

    public IReadOnlyList<KnownEvent> Events
    {
        get
        {
            var now = new DateTimeOffset(Interlocked.Read(ref _nowTicks), TimeSpan.Zero);
            return [.. _faults.Where(fault => fault.Start < now)
                .Select(fault => new KnownEvent(fault.Service, fault.Description, fault.Start, fault.End, fault.Features, Counts: fault.Start + s_faultLasts / 2 < now))];
        }
    }

    public void Run(ISink topic, CancellationToken stop)
    {
        long started = _clock.GetTimestamp();
        for (DateTimeOffset at = _start; at < _end && !stop.IsCancellationRequested; at = at.AddSeconds(1))
        {
            TimeSpan due = (at - _start) / Speed - _clock.GetElapsedTime(started);
            if (due > TimeSpan.Zero && stop.WaitHandle.WaitOne(due))
                return;
            foreach (ServiceSimulator service in _services)
            {
                LogFaultKind? fault = _faults.Find(known => known.Service == service.Name && known.Start <= at && at < known.End)?.Kind;
                foreach (string line in service.Second(at, fault))
                {
                    topic.Publish(new OutboundRecord("line", Encoding.UTF8.GetBytes(service.Name), Encoding.UTF8.GetBytes(line), [], Receipt.None), stop);
                    Interlocked.Increment(ref _sent);
                }
            }

            Interlocked.Exchange(ref _nowTicks, at.Ticks);
        }
    }
}
