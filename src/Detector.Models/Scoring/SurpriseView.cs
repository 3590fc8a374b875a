namespace Detector.Models.Scoring;

/// <summary>
/// A view of a single feature whose error is how much of a surprise what it sees is, against all it has seen of the series (<see cref="ErrorCounts"/>). A series
/// of one feature has no other feature that could tell whether a new level or shape belongs to it, and no network helps: only its own past does.
/// </summary>
/// <remarks>Slots: the counts, then what the view itself remembers. Training leaves both behind as the start of every series.</remarks>
internal abstract class SurpriseView : ScoreView
{
    private readonly int _own;
    private readonly double[] _counts = new double[ErrorCounts.Bins];

    /// <param name="own">Numbers that the view itself remembers.</param>
    protected SurpriseView(int own)
        : base(1) => _own = own;

    public sealed override bool Memorises => false;

    public sealed override bool Averages => false;

    public sealed override int Slots => ErrorCounts.Bins + _own;

    /// <summary>How often errors of each size came in training, (Bins).</summary>
    public float[] Counts
    {
        get => [.. _counts.Select(count => (float)count)];
        init => _counts = [.. value.Select(count => (double)count)];
    }

    public sealed override void Start(Span<double> slots)
    {
        _counts.CopyTo(slots);
        StartOwn(slots[ErrorCounts.Bins..]);
    }

    public sealed override void Learn(ReadOnlySpan<double> slots)
    {
        for (int b = 0; b < _counts.Length; b++)
            _counts[b] += slots[b];
        LearnOwn(slots[ErrorCounts.Bins..]);
    }

    public sealed override void Observe(in WindowEvidence evidence, Span<double> slots, Span<float> shares)
    {
        shares.Clear();
        double error = evidence.IsObserved(0) ? Error(evidence, slots[ErrorCounts.Bins..]) : double.NaN;
        Remember(evidence, slots[ErrorCounts.Bins..]);
        if (double.IsNaN(error))
            return;
        shares[0] = (float)ErrorCounts.Surprise(slots[..ErrorCounts.Bins], error);
        ErrorCounts.Add(slots[..ErrorCounts.Bins], error);
    }

    public sealed override double Score(ReadOnlySpan<float> errors) => errors[0];

    public sealed override void Score(int span, Span<double> errors)
    {
    }

    /// <summary>How unlike the past the window is, scaled units; NaN if there is nothing to compare with.</summary>
    protected abstract double Error(in WindowEvidence evidence, ReadOnlySpan<double> own);

    /// <summary>Writes what the view itself starts with.</summary>
    protected abstract void StartOwn(Span<double> own);

    /// <summary>Takes up what the view itself remembered at the end of a training range.</summary>
    protected abstract void LearnOwn(ReadOnlySpan<double> own);

    /// <summary>Remembers the window.</summary>
    protected abstract void Remember(in WindowEvidence evidence, Span<double> own);
}
