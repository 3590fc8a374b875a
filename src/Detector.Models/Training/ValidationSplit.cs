namespace Detector.Models.Training;

/// <summary>Cuts the windows of each series in time: the earlier ones train, the later ones validate, and none of the two overlap.</summary>
internal static class ValidationSplit
{
    public static (WindowSet Training, WindowSet Validation) Cut(WindowSet windows, double validationShare)
    {
        var training = new WindowSet(windows.Dimensions);
        var validation = new WindowSet(windows.Dimensions);
        for (int start = 0, end; start < windows.Count; start = end)
        {
            end = start + 1;
            while (end < windows.Count && windows.Segments[end] == windows.Segments[start])
                end++;
            int count = end - start;
            int held = Math.Max(1, (int)(count * validationShare));
            // Windows that share rows with the validation part are left out, as long as half of the others remain.
            int gap = Math.Min(windows.Dimensions.Rows - 1, (count - held) / 2);
            training.AddRange(windows, start, count - held - gap);
            validation.AddRange(windows, end - held, held);
        }

        return (training, validation);
    }
}
