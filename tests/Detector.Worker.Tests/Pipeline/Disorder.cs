namespace Detector.Worker.Tests.Pipeline;

/// <summary>What happens to messages between a device and its broker: some are lost, some come twice, some come late. The same for the same seed.</summary>
internal sealed record Disorder(double Dropped, double Duplicated, double Late, int MostSecondsLate, int Seed)
{
    public static Disorder None { get; } = new(0, 0, 0, 0, 0);

    /// <param name="messages">Messages with the second at which each was sent, in that order.</param>
    /// <returns>The messages in the order of their arrival.</returns>
    public IReadOnlyList<string> Apply(IEnumerable<(int Second, string Payload)> messages)
    {
        var random = new Random(Seed);
        var arrivals = new List<(double At, string Payload)>();
        foreach ((int second, string payload) in messages)
        {
            if (random.NextDouble() < Dropped)
                continue;
            arrivals.Add((second + (random.NextDouble() < Late ? Delay() : 0), payload));
            if (random.NextDouble() < Duplicated)
                arrivals.Add((second + Delay(), payload));
        }

        return [.. arrivals.OrderBy(arrival => arrival.At).Select(arrival => arrival.Payload)];

        double Delay() => 1 + random.NextDouble() * (MostSecondsLate - 1);
    }
}
