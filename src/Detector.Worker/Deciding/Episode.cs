using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>Consecutive anomalous verdicts of a series, merged over short quiet times. All times are UTC ticks.</summary>
internal sealed partial class Episode(long startedTicks)
{
    public long StartedTicks { get; } = startedTicks;

    public long LastAnomalousTicks { get; set; } = startedTicks;

    public long PeakTicks { get; set; }

    public double PeakScore { get; set; } = double.NegativeInfinity;

    public double PeakPValue { get; set; } = 1;

    public Severity Severity { get; set; }

    public IReadOnlyList<AlertFeature> PeakFeatures { get; set; } = [];

    /// <summary>Number of the alert published last, 0 while the episode is too short to fire.</summary>
    public int Revision { get; set; }

    public long PublishedTicks { get; set; }

    public double PublishedPeak { get; set; }

    public Severity PublishedSeverity { get; set; }
}
