using System.Globalization;

namespace Detector.Worker.Cli.Quickstart;

/// <summary>The log of one service: a heartbeat every second, requests at random that are answered, a cache that is refreshed now and then.</summary>
internal sealed class ServiceSimulator(string name, int seed)
{
    private const double RequestsPerSecond = 3;

    private readonly Random _random = new(seed);
    private int _request = 1000;

    public string Name { get; } = name;

    /// <summary>The lines of one second, in the order of time.</summary>
    /// <param name="fault">What goes wrong in it; null when all is well.</param>
    public IEnumerable<string> Second(DateTimeOffset at, LogFaultKind? fault)
    {
        var lines = new List<(double Offset, string Text)>();
        if (fault != LogFaultKind.Silence)
            lines.Add((0.01, "INFO watchdog: heartbeat ok, uptime " + at.ToUnixTimeSeconds() % 100_000 + " s"));
        int requests = Poisson(RequestsPerSecond);
        for (int i = 0; i < requests; i++)
            AddRequest(lines, fault);
        if (_random.NextDouble() < 0.05)
            lines.Add((0.5, $"INFO cache: refreshed, {_random.Next(400, 600)} entries in {_random.Next(5, 30)} ms"));
        if (_random.NextDouble() < 0.02)
            lines.Add((0.6, $"WARN db.pool: slow query took {_random.Next(500, 900)} ms"));
        if (fault == LogFaultKind.NewError)
            lines.Add((0.7, $"ERROR storage.volume: write to /data/segment-{_random.Next(1, 99)} failed: no space left on device"));
        for (int i = 0; fault == LogFaultKind.Retries && i < 12; i++)
            lines.Add((0.2 + i * 0.05, $"WARN db.pool: slow query took {_random.Next(500, 900)} ms"));
        return lines.OrderBy(line => line.Offset).Select(line =>
            string.Create(CultureInfo.InvariantCulture, $"{at.AddSeconds(line.Offset):yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line.Text}"));
    }

    private void AddRequest(List<(double Offset, string Text)> lines, LogFaultKind? fault)
    {
        int id = _request++;
        double start = 0.05 + 0.6 * _random.NextDouble();
        int took = _random.Next(8, 90);
        lines.Add((start, $"INFO http.server: request req-{id} GET /orders/{_random.Next(1, 5000)} from 10.0.{_random.Next(0, 4)}.{_random.Next(1, 250)}"));
        lines.Add((start + took / 3000.0, $"INFO db.pool: request req-{id} query took {took / 3} ms"));
        if (fault != LogFaultKind.Unanswered)
            lines.Add((start + took / 1000.0, $"INFO http.server: request req-{id} answered 200 in {took} ms"));
    }

    private int Poisson(double mean)
    {
        double limit = Math.Exp(-mean);
        int count = 0;
        for (double product = _random.NextDouble(); product > limit; product *= _random.NextDouble())
            count++;
        return count;
    }
}
