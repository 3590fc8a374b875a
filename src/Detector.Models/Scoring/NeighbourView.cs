using System.Runtime.Intrinsics;
using Detector.Models.Statistics;

namespace Detector.Models.Scoring;

/// <summary>
/// How far the window is from the one before it that is most like it: the root mean square distance to its nearest neighbour among the latest thousand,
/// none of which overlaps it (a discord, looked for backwards only: Keogh, Lin and Fu, "HOT SAX", ICDM 2005). Rows on both sides of a gap are kept side
/// by side.
/// </summary>
/// <remarks>Slots: rows kept, then these, oldest first; they end where the present window begins.</remarks>
internal sealed class NeighbourView() : SurpriseView(1 + Capacity)
{
    /// <summary>Rows kept: three and a half days at five minutes; with the counts, 12 KiB a series.</summary>
    public const int Capacity = 1024;

    private const int MaxOnStack = 1024;
    private readonly float[] _history = new float[Capacity];

    public override string Subject => "Neighbour";

    /// <summary>The latest rows of training, (Capacity), 0 after the first <see cref="Rows"/>.</summary>
    public float[] History
    {
        get => [.. _history];
        init => _history = [.. value];
    }

    /// <summary>Rows of <see cref="History"/> that are there.</summary>
    public int Rows { get; set; }

    protected override double Error(in WindowEvidence evidence, ReadOnlySpan<double> own)
    {
        int rows = evidence.Window.Length, windows = (int)own[0] - rows + 1;
        if (windows < 1)
            return double.NaN;
        Span<double> newest = rows <= MaxOnStack ? stackalloc double[rows] : new double[rows];
        for (int i = 0; i < rows; i++)
            newest[i] = evidence.Window[i];
        double least = double.PositiveInfinity;
        for (int start = 1; start <= windows; start++)
            least = Math.Min(least, Distance(newest, own.Slice(start, rows), least));
        return Math.Sqrt(least / rows);
    }

    protected override void Remember(in WindowEvidence evidence, Span<double> own)
    {
        Span<double> rows = own[1..];
        if (own[0] == Capacity)
            rows[1..].CopyTo(rows);
        else
            own[0]++;
        rows[(int)own[0] - 1] = evidence.Window[0];
    }

    protected override void StartOwn(Span<double> own)
    {
        own[0] = Rows;
        for (int i = 0; i < Capacity; i++)
            own[1 + i] = _history[i];
    }

    protected override void LearnOwn(ReadOnlySpan<double> own)
    {
        Rows = (int)own[0];
        for (int i = 0; i < Capacity; i++)
            _history[i] = (float)own[1 + i];
    }

    /// <summary>Sum of the squared differences; once it is over <paramref name="most"/>, no more than that.</summary>
    private static double Distance(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double most)
    {
        double sum = 0;
        int i = 0;
        for (; i + Lanes.Count <= first.Length && sum < most; i += Lanes.Count)
        {
            Vector512<double> difference = Lanes.Load(first, i) - Lanes.Load(second, i);
            sum += Vector512.Sum(difference * difference);
        }

        for (; i < first.Length && sum < most; i++)
            sum += (first[i] - second[i]) * (first[i] - second[i]);
        return sum;
    }
}
