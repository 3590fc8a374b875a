using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>
/// Whether the level of a feature has shifted. A baseline follows each feature as fast as training found best to predict the next row (one that
/// drifts is thereby differenced, one that is steady hardly followed) and stops while the feature is away from it. The error of a time scale is
/// the mean of the squared running means of value minus baseline, each in units of its training.
/// </summary>
/// <remarks>Slots: rows seen since the start; then for each feature the baseline, the running means, and rows it has been away.</remarks>
internal sealed class LevelView(LevelFit fit) : ScoreView(fit.Level.Length)
{
    private const double AwayMean = 10, AwayRow = 20; // standard deviations from which a feature counts as away
    private const int RebaseRows = 600; // after so many rows away, where it is now is its level

    /// <summary>What is remembered of a feature: its baseline, the running means of its distance from it, and rows it has been away.</summary>
    public const int SlotsOfFeature = 2 + Spans;

    private static readonly int[] s_rows = [8, 32];
    private readonly double[] _perDeviation = [.. fit.MeanDeviation.Select(deviation => 1.0 / deviation)]; // a product takes a fourth of the time of a quotient

    public LevelFit Fit { get; } = fit;

    public override string Subject => "Level";

    public override bool Memorises => false;

    public override bool Averages => false; // of values, not of errors

    public override int Slots => 1 + SlotsOfFeature * Features;

    /// <summary>Weight of the newest of <paramref name="seen"/> rows in the running mean of a time scale.</summary>
    public static double Gain(int span, double seen) => Math.Max(2.0 / (s_rows[span] + 1), 1 / seen);

    public override void Start(Span<double> slots)
    {
        for (int f = 0; f < Features; f++)
            slots[1 + f * SlotsOfFeature] = Fit.Gain[f] > 0 ? double.NaN : Fit.Level[f]; // the first row is where a drifting feature starts
    }

    /// <summary>Each baseline has followed meanwhile, as far as it follows in so many rows, to where the window begins, and then along the window.</summary>
    /// <inheritdoc/>
    public override void Pass(ReadOnlySpan<float> window, double rows, Span<double> slots)
    {
        for (int f = 0; f < Features; f++)
        {
            float[] values = new float[(window.Length / Features) - 1];
            for (int row = 0; row < values.Length; row++)
                values[row] = window[row * Features + f];
            ref double baseline = ref slots[1 + f * SlotsOfFeature];
            if (!double.IsNaN(baseline))
                baseline = LevelFit.Pass(baseline, Fit.Gain[f], rows, values);
            foreach (float value in values)
                baseline += float.IsNaN(value) ? 0 : Fit.Gain[f] * (value - baseline);
            slots[1 + f * SlotsOfFeature + 1 + Spans] = 0;
        }
    }

    public override void Observe(in WindowEvidence evidence, Span<double> slots, Span<float> shares)
    {
        double seen = slots[0] = evidence.Restarted ? 1 : slots[0] + 1;
        Span<double> gains = [Gain(0, seen), Gain(1, seen)];
        ReadOnlySpan<float> newest = evidence.Newest;
        for (int f = 0; f < Features; f++)
        {
            if (evidence.IsObserved(f))
                Follow(Fit, f, newest[f], gains, slots.Slice(1 + f * SlotsOfFeature, SlotsOfFeature));
        }

        for (int s = 0; s < Spans; s++)
            Share(s, slots[1..], shares.Slice(s * Features, Features));
        Lanes.Divide(shares, Features);
    }

    /// <summary>Takes up the newest value of a feature.</summary>
    /// <param name="fit">How baselines follow.</param>
    /// <param name="gains">Weight of it in each running mean.</param>
    /// <param name="slots">What is remembered of the feature, updated.</param>
    public static void Follow(LevelFit fit, int feature, double value, ReadOnlySpan<double> gains, Span<double> slots)
    {
        ref double baseline = ref slots[0], away = ref slots[1 + Spans];
        Span<double> means = slots.Slice(1, Spans);
        if (double.IsNaN(baseline))
            baseline = value;
        double error = value - baseline;
        for (int s = 0; s < Spans; s++)
            means[s] += gains[s] * (error - means[s]);

        bool isAway = Math.Abs(means[0]) > AwayMean * fit.MeanDeviation[feature] || Math.Abs(error) > AwayRow * fit.RowDeviation[feature];
        away = isAway ? away + 1 : 0;
        if (away > RebaseRows)
        {
            double shift = means[Spans - 1];
            baseline += shift;
            foreach (ref double mean in means)
                mean -= shift;
            away = 0;
        }
        else
        {
            baseline += isAway ? 0 : fit.Gain[feature] * error;
        }
    }

    /// <summary>Every feature's square.</summary>
    private void Share(int span, ReadOnlySpan<double> slots, Span<float> shares)
    {
        for (int f = 0; f < Features; f++)
        {
            double mean = slots[f * SlotsOfFeature + 1 + span] * _perDeviation[span * Features + f];
            shares[f] = (float)Math.Min(mean * mean, Cap);
        }
    }
}
