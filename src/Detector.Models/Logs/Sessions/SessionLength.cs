namespace Detector.Models.Logs.Sessions;

/// <summary>How far the number of events is from the nearest that a normal session had, as a logarithm (base 2).</summary>
internal sealed class SessionLength(IEnumerable<ulong[]> sessions) : ISessionView
{
    public const string ViewName = "length";

    private readonly int[] _lengths = [.. sessions.Select(session => session.Length).Distinct().Order()];

    public string Name => ViewName;

    public double Score(SessionVector session, double[]? weights)
    {
        int length = session.Events.Length;
        int at = Array.BinarySearch(_lengths, length);
        if (at >= 0)
            return 0;
        at = ~at;
        double below = at > 0 ? Distance(_lengths[at - 1], length) : double.PositiveInfinity;
        double above = at < _lengths.Length ? Distance(_lengths[at], length) : double.PositiveInfinity;
        return Math.Min(below, above);
    }

    private static double Distance(int a, int b) => Math.Abs(Math.Log2((1.0 + a) / (1.0 + b)));
}
