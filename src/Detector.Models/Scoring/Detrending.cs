namespace Detector.Models.Scoring;

/// <summary>
/// Takes the wandering level of some features out of a window before anything looks at it, as the temperature of a room that no other sensor tells: the
/// value of the feature's baseline just before the newest row, from all rows. Baselines follow and stop as those of <see cref="LevelView"/> do.
/// </summary>
/// <remarks>Slots: rows seen since the start; then those of <see cref="LevelView"/> for each of the features.</remarks>
/// <param name="fit">How the baselines follow.</param>
/// <param name="columns">The features.</param>
internal sealed class Detrending(LevelFit fit, int[] columns)
{
    private const int SlotsOfFeature = LevelView.SlotsOfFeature;

    public LevelFit Fit { get; } = fit;

    public IReadOnlyList<int> Columns => columns;

    public int Slots => 1 + SlotsOfFeature * columns.Length;

    public static void Start(Span<double> slots)
    {
        slots.Clear();
        for (int k = 1; k < slots.Length; k += SlotsOfFeature)
            slots[k] = double.NaN; // the first row is where a wandering feature starts
    }

    /// <summary>Takes the levels out of a window.</summary>
    /// <param name="window">T × F scaled values, what is missing filled in; changed.</param>
    /// <param name="observed">T × F mask of 0 and 1; empty when nothing is missing.</param>
    /// <param name="newRows">Rows at the end of it that were in no window before; T or more begin anew.</param>
    /// <param name="slots">What is remembered of the series, updated.</param>
    /// <param name="levels">(F), what was taken out; left as it is for other features.</param>
    public void TakeOut(Span<float> window, ReadOnlySpan<float> observed, int newRows, Span<double> slots, Span<float> levels)
    {
        int features = levels.Length, rows = window.Length / features;
        if (newRows >= rows || slots[0] == 0)
            Begin(window, observed, rows - 1, features, slots);
        else
            for (int row = rows - newRows; row < rows - 1; row++)
                Follow(window, observed, row, features, slots);
        for (int k = 0; k < columns.Length; k++)
        {
            double baseline = slots[1 + k * SlotsOfFeature];
            levels[columns[k]] = double.IsNaN(baseline) ? 0 : (float)baseline;
        }

        Follow(window, observed, rows - 1, features, slots);
        foreach (int feature in columns)
        {
            for (int i = feature; i < window.Length; i += features)
                window[i] -= levels[feature];
        }
    }

    /// <summary>Baselines after the first rows of a window: running means, until those are slower than the baselines.</summary>
    private void Begin(ReadOnlySpan<float> window, ReadOnlySpan<float> observed, int rows, int features, Span<double> slots)
    {
        Start(slots);
        slots[0] = rows;
        for (int k = 0; k < columns.Length; k++)
        {
            int seen = 0;
            double baseline = double.NaN;
            for (int at = columns[k]; at < rows * features; at += features)
            {
                if (observed.IsEmpty || observed[at] != 0)
                    baseline = seen++ == 0 ? window[at] : baseline + Math.Max(Fit.Gain[columns[k]], 1.0 / seen) * (window[at] - baseline);
            }

            slots[1 + k * SlotsOfFeature] = baseline;
        }
    }

    private void Follow(ReadOnlySpan<float> window, ReadOnlySpan<float> observed, int row, int features, Span<double> slots)
    {
        double seen = ++slots[0];
        Span<double> gains = [LevelView.Gain(0, seen), LevelView.Gain(1, seen)];
        for (int k = 0; k < columns.Length; k++)
        {
            int at = row * features + columns[k];
            if (observed.IsEmpty || observed[at] != 0)
                LevelView.Follow(Fit, columns[k], window[at], gains, slots.Slice(1 + k * SlotsOfFeature, SlotsOfFeature));
        }
    }
}
