namespace Detector.Models.Thresholds;

/// <summary>What is known about the normal scores of a series: their marginal distribution and how often clusters of high ones come.</summary>
public sealed record EpisodeState
{
    /// <summary>Distribution of single rows, as calibrated.</summary>
    public required MarginalDistribution Marginal { get; init; }

    /// <summary>Tail that is used while there are too few clusters.</summary>
    public required SparseTail Sparse { get; init; }

    /// <summary>Where the scores lie and how far they spread.</summary>
    public required ScoreMoments Moments { get; init; }

    /// <summary>Tail of cluster peaks over the base level; null while there are too few.</summary>
    public PeakTail? Tail { get; init; }

    /// <summary>Gap in ticks that tells clusters apart: the stated one, or the one a fallback chose.</summary>
    public required long GapTicks { get; init; }

    /// <summary>none, base-quantile, cluster-gap or sparse: what was done for want of data.</summary>
    public required string Fallback { get; init; }

    /// <summary>Rows calibrated on.</summary>
    public required int CalibrationRows { get; init; }

    /// <summary>Calibration clusters that were too high to be normal and are not learned from.</summary>
    public int SetAside { get; init; }

    /// <summary>Observed time in ticks, calibration included, over rows that were not flagged.</summary>
    public required long Clock { get; init; }

    /// <summary>Observed time at the end of the calibration.</summary>
    public required long CalibrationEnd { get; init; }

    /// <summary>Observed time from which <see cref="Peaks"/> is complete.</summary>
    public required long WindowStart { get; init; }

    /// <summary>Observed time of the last fit.</summary>
    public required long FittedAt { get; init; }

    /// <summary>Peaks of the latest clusters, oldest first, in score units.</summary>
    public required double[] Peaks { get; init; }

    /// <summary>Observed time of each peak's cluster end.</summary>
    public required long[] PeakClocks { get; init; }

    /// <summary>Peaks of the latest clusters that were flagged, oldest first, in score units.</summary>
    public required double[] FlaggedPeaks { get; init; }

    /// <summary>Observed time of each flagged cluster's end.</summary>
    public required long[] FlaggedClocks { get; init; }

    /// <summary>Clusters taken to be normal at the last fit: those not too high, and of the flagged others as many as the stated rate grants.</summary>
    public double NormalClusters { get; init; }

    /// <summary>UTC ticks of the latest row; null before the first.</summary>
    public long? LastTicks { get; init; }

    /// <summary>The cluster not yet closed; null when there is none.</summary>
    public OpenCluster? Open { get; init; }
}
