using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>Consecutive anomalous verdicts of a series, merged over short quiet times. All times are UTC ticks.</summary>
internal sealed partial class Episode(long startedTicks)
{
    /// <summary>Directions that an episode keeps at most.</summary>
    private const int MaxDirections = 16;

    /// <summary>Directions closer than this are the same.</summary>
    private const float Same = 0.95f;

    private readonly List<float[]> _directions = [];

    public long StartedTicks { get; } = startedTicks;

    public long LastAnomalousTicks { get; set; } = startedTicks;

    public long PeakTicks { get; set; }

    public double PeakScore { get; set; } = double.NegativeInfinity;

    public double PeakPValue { get; set; } = 1;

    public Severity Severity { get; set; }

    public IReadOnlyList<AlertFeature> PeakFeatures { get; set; } = [];

    /// <summary>Number of the alert published last, 0 while the episode is too short to fire or is suppressed.</summary>
    public int Revision { get; set; }

    public long PublishedTicks { get; set; }

    public double PublishedPeak { get; set; }

    public Severity PublishedSeverity { get; set; }

    /// <summary>Why it is not told; null when it is.</summary>
    public SuppressionReason? Suppressed { get; set; }

    /// <summary>Whether its suppression was told of.</summary>
    public bool SuppressionTold { get; set; }

    /// <summary>The directions seen, each (F).</summary>
    public IReadOnlyList<float[]> Directions => _directions;

    /// <summary>Takes note of a direction that is unlike those before it.</summary>
    public void Note(float[] direction)
    {
        if (_directions.Count < MaxDirections && !_directions.Exists(seen => Direction.Cosine(seen, direction) >= Same))
            _directions.Add([.. direction]);
    }

    public void Save(BinaryWriter writer) => EpisodeFormat.Save(this, writer);

    public static Episode Load(BinaryReader reader) => EpisodeFormat.Load(reader);
}
