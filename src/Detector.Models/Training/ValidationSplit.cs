namespace Detector.Models.Training;

/// <summary>Cuts the windows of each series in time: the earlier ones train, the later ones validate, and none of the two overlap.</summary>
internal static class ValidationSplit
{
    /// <param name="segments">The series of each window; windows of one series together, in time order.</param>
    /// <param name="rows">T; windows that far apart share no row.</param>
    /// <param name="validationShare">Share of each series' windows that validate.</param>
    public static WindowPart[] Cut(ReadOnlySpan<int> segments, int rows, double validationShare)
    {
        var parts = new WindowPart[segments.Length];
        for (int start = 0, end; start < segments.Length; start = end)
        {
            end = start + 1;
            while (end < segments.Length && segments[end] == segments[start])
                end++;
            int count = end - start;
            int held = Math.Max(1, (int)(count * validationShare));
            // Windows that share rows with the validation part are left out, as long as half of the others remain.
            int gap = Math.Min(rows - 1, (count - held) / 2);
            parts.AsSpan(end - held - gap, gap).Fill(WindowPart.Gap);
            parts.AsSpan(end - held, held).Fill(WindowPart.Validation);
        }

        return parts;
    }
}
