using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

public sealed class ClockSkewTests
{
    [Fact]
    public void Estimate_NothingArrived_IsUnknown() => Assert.Null(new ClockSkew().Estimate());

    [Fact]
    public void Estimate_OneDeviceWithAWrongClockAndABurstOfLateSamples_IsWhatMostSamplesSay()
    {
        var skew = new ClockSkew();
        long arrival = Rows.Start.UtcTicks;
        for (int i = 0; i < 1000; i++, arrival += TimeSpan.TicksPerSecond)
        {
            TimeSpan off = (i % 10) switch
            {
                0 => TimeSpan.FromHours(1),
                1 or 2 => TimeSpan.FromMinutes(-5),
                _ => TimeSpan.FromMilliseconds(-200 + i % 7),
            };
            skew.Add(arrival + off.Ticks, arrival);
        }

        Assert.InRange(skew.Estimate()!.Value, TimeSpan.FromMilliseconds(-200), TimeSpan.FromMilliseconds(-193));
    }

    [Fact]
    public void Estimate_ClockSetRight_ForgetsWhatWas()
    {
        var skew = new ClockSkew();
        for (int i = 0; i < 3000; i++)
            skew.Add(i + (i < 2000 ? TimeSpan.TicksPerHour : 0), i);
        Assert.Equal(TimeSpan.Zero, skew.Estimate());
    }
}
