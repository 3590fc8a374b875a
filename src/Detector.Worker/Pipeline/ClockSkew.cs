namespace Detector.Worker.Pipeline;

/// <summary>
/// How far the clocks that stamp a source's samples are from this machine's: the median of event time minus arrival time over the latest samples.
/// Above zero a sender's clock is ahead; below, it is behind, or the samples are that long under way. While a backlog is read it is the backlog's age.
/// The median, since one device with a wrong clock and a burst of late samples must not move it. Written by one thread, read by any.
/// </summary>
internal sealed class ClockSkew
{
    private const int Samples = 512;

    private readonly long[] _differences = new long[Samples];
    private long _count;

    /// <summary>Takes a sample. Allocates nothing.</summary>
    /// <param name="eventTicks">Event time, UTC ticks.</param>
    /// <param name="arrivalTicks">When it was read, UTC ticks of this machine's clock.</param>
    public void Add(long eventTicks, long arrivalTicks)
    {
        long count = _count;
        Volatile.Write(ref _differences[count % Samples], eventTicks - arrivalTicks);
        Volatile.Write(ref _count, count + 1);
    }

    /// <summary>The median over the latest 512 samples; null before the first.</summary>
    public TimeSpan? Estimate()
    {
        int count = (int)Math.Min(Volatile.Read(ref _count), Samples);
        if (count == 0)
            return null;
        long[] differences = _differences[..count];
        Array.Sort(differences);
        return TimeSpan.FromTicks(differences[count / 2]);
    }
}
