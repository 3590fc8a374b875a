using Detector.Worker.Contracts;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The simulated plant, a minute of it every second.</summary>
internal sealed class PlantFeed : IFeed
{
    /// <summary>Event time over real time.</summary>
    public const int Speed = 60;

    /// <summary>Event time that the detector gets to learn from before the first fault, less what training takes.</summary>
    public static readonly TimeSpan Warmup = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan s_untilFirstFault = Warmup + TimeSpan.FromMinutes(12);
    private readonly PlantSimulator _plant;
    private readonly DateTimeOffset _end;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private long _sent;

    /// <param name="duration">Real time that the plant runs.</param>
    public PlantFeed(TimeSpan duration, int seed, TimeProvider clock)
    {
        _clock = clock;
        // Event time ends at the present, so that no sample comes from the future.
        DateTimeOffset now = clock.GetUtcNow();
        _end = new(now.Ticks - now.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        DateTimeOffset start = _end - duration * Speed;
        _plant = new PlantSimulator(seed, pumps: 4, start, start + s_untilFirstFault, _end);
    }

    public string Description =>
        $"a simulated plant of 4 pumps with {PumpSimulator.Sensors.Count} sensors each, one sample a second, {Speed} times as fast as real time";

    public long Sent => Interlocked.Read(ref _sent);

    public IReadOnlyList<KnownEvent> Events
    {
        get
        {
            DateTimeOffset now;
            lock (_lock)
                now = _plant.Now;
            // One that has only begun when the plant stops may be found, but cannot be missed.
            return [.. _plant.Faults.Where(fault => fault.Start < now)
                .Select(fault => new KnownEvent(
                    fault.Series, fault.Description, fault.Start, fault.End, fault.Features, Counts: fault.Start + TimeSpan.FromSeconds(60) < now))];
        }
    }

    public void Run(ISink topic, CancellationToken stop)
    {
        long started = _clock.GetTimestamp();
        DateTimeOffset from = _plant.Now;
        while (!stop.IsCancellationRequested && _plant.Now < _end)
        {
            TimeSpan due = (_plant.Now - from) / Speed - _clock.GetElapsedTime(started);
            if (due > TimeSpan.Zero && stop.WaitHandle.WaitOne(due))
                return;
            lock (_lock)
            {
                _plant.Step((pump, at, values) =>
                {
                    topic.Publish(SampleMessage.Create(pump, at, PumpSimulator.Sensors, values.Span), stop);
                    Interlocked.Increment(ref _sent);
                });
            }
        }
    }
}
