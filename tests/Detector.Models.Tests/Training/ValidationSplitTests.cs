using Detector.Models.Training;

namespace Detector.Models.Tests.Training;

public sealed class ValidationSplitTests
{
    [Fact]
    public void Cut_OneSeries_TrainsOnTheEarlierWindowsAndLeavesAGap()
    {
        WindowPart[] parts = ValidationSplit.Cut(new int[100], rows: 8, validationShare: 0.25);

        Assert.All(parts[..68], part => Assert.Equal(WindowPart.Training, part));
        Assert.All(parts[68..75], part => Assert.Equal(WindowPart.Gap, part)); // window 67 ends 8 rows before window 75 does
        Assert.All(parts[75..], part => Assert.Equal(WindowPart.Validation, part));
    }

    [Fact]
    public void Cut_TwoSeries_CutsEachForItself()
    {
        int[] segments = [.. Enumerable.Repeat(4, 40), .. Enumerable.Repeat(9, 80)];

        WindowPart[] parts = ValidationSplit.Cut(segments, rows: 3, validationShare: 0.5);

        Assert.Equal((18, 2, 20), Counts(parts[..40]));
        Assert.Equal((38, 2, 40), Counts(parts[40..]));
        Assert.Equal(WindowPart.Training, parts[40]);
    }

    [Fact]
    public void Cut_ShortSeries_KeepsHalfOfTheRestDespiteTheGap()
    {
        Assert.Equal((9, 8, 3), Counts(ValidationSplit.Cut(new int[20], rows: 60, validationShare: 0.19)));
        Assert.Equal((1, 0, 1), Counts(ValidationSplit.Cut(new int[2], rows: 60, validationShare: 0.25)));
        Assert.Equal((0, 0, 1), Counts(ValidationSplit.Cut(new int[1], rows: 60, validationShare: 0.25)));
        Assert.Empty(ValidationSplit.Cut([], rows: 60, validationShare: 0.25));
    }

    private static (int, int, int) Counts(WindowPart[] parts) => (
        parts.Count(part => part == WindowPart.Training), parts.Count(part => part == WindowPart.Gap), parts.Count(part => part == WindowPart.Validation));
}
