using Detector.Models.Inference;
using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>
/// One voice of the ensemble. It looks at a window, remembers what it must of the series, and gives one error for each of two time scales, shared
/// out among the features; <see cref="Tails"/> put the errors on the scale of all views.
/// </summary>
internal abstract class ScoreView(int features)
{
    /// <summary>Time scales of a view: an error now, and over a few rows.</summary>
    public const int Spans = 2;

    /// <summary>Squared standardised residuals count up to this (30 standard deviations), so that no single feature drowns the others.</summary>
    public const float Cap = 900;

    /// <summary>Standard deviations, in scaled units, below this do not count: a fiftieth of normal variation is no anomaly.</summary>
    public const double LeastDeviation = 0.02;

    /// <summary>F.</summary>
    public int Features { get; } = features;

    /// <summary>Index of the network whose reconstruction the view looks at; null when it looks at the window alone.</summary>
    public virtual int? Network => null;

    /// <summary>What it looks at. Views of the same say much the same, so that together they have one voice.</summary>
    public abstract string Subject { get; }

    /// <summary>Whether it knows the windows it was fitted on better than others, so that its errors of these are too small.</summary>
    public virtual bool Memorises => true;

    /// <summary>A linear map of the newest rows that the view looks at; null when it needs none.</summary>
    public virtual PackedLayer? Projection => null;

    /// <summary>Rows between the last one that <see cref="Projection"/> reads and the end of the window.</summary>
    public virtual int ProjectsUpTo => 0;

    /// <summary>Numbers that the view remembers of a series.</summary>
    public abstract int Slots { get; }

    /// <summary>Scale of each time scale's error.</summary>
    public ErrorTail[] Tails { get; set; } = [new(1, 1), new(1, 1)];

    /// <summary>Whether the longer time scale is a mean of errors over <see cref="MeanRows"/>.</summary>
    public virtual bool Averages => true;

    /// <summary>Time constant of that mean in rows; the series' own training range decides (<see cref="Training.TimeScale"/>).</summary>
    public int MeanRows { get; set; } = SpanAverages.ShortRows;

    /// <summary>Writes what is remembered of a series of which nothing was seen.</summary>
    public abstract void Start(Span<double> slots);

    /// <summary>Rows of a series have passed that nobody has seen.</summary>
    /// <param name="window">The window after them, T × F scaled values, NaN where missing.</param>
    /// <param name="rows">How many have passed.</param>
    /// <param name="slots">What is remembered of the series; updated.</param>
    public virtual void Pass(ReadOnlySpan<float> window, double rows, Span<double> slots)
    {
    }

    /// <summary>Looks at the next window of a series.</summary>
    /// <param name="slots">What is remembered of the series; updated.</param>
    /// <param name="shares">Spans × F, written: each feature's part of the error of each time scale.</param>
    public abstract void Observe(in WindowEvidence evidence, Span<double> slots, Span<float> shares);

    /// <summary>The error of a time scale.</summary>
    public double Error(ReadOnlySpan<float> shares, int span) => Lanes.Sum(shares.Slice(span * Features, Features));

    /// <summary>What the view says: the score of the time scale on which the window is the least normal.</summary>
    /// <param name="errors">One for each time scale.</param>
    public virtual double Score(ReadOnlySpan<float> errors)
    {
        double score = 0;
        for (int span = 0; span < Spans; span++)
            score = Math.Max(score, Tails[span].Score(errors[span]));
        return score;
    }

    /// <summary>Scores of several windows on one time scale, in the place of their errors.</summary>
    /// <param name="errors">A multiple of eight.</param>
    public virtual void Score(int span, Span<double> errors) => Tails[span].Score(errors);

    /// <summary>Takes up what was remembered at the end of a training range, as the start of every series.</summary>
    public virtual void Learn(ReadOnlySpan<double> slots)
    {
    }
}
