namespace Detector.Models.Evaluation;

/// <summary>Consecutive rows, both ends included.</summary>
public readonly record struct RowRange(int First, int Last)
{
    public int Length => Last - First + 1;

    /// <summary>The runs of rows that are marked, in order.</summary>
    public static IReadOnlyList<RowRange> Of(ReadOnlySpan<bool> marks)
    {
        var ranges = new List<RowRange>();
        for (int i = 0; i < marks.Length; i++)
        {
            int first = i;
            while (i < marks.Length && marks[i])
                i++;
            if (i > first)
                ranges.Add(new RowRange(first, i - 1));
        }

        return ranges;
    }
}
