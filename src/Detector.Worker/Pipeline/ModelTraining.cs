using Detector.Models.Training;
using Detector.Worker.Contracts;
using Detector.Worker.Learning;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>Trains the model of a slot whose collection is complete.</summary>
internal static class ModelTraining
{
    /// <exception cref="TrainingException">The collection yields no model.</exception>
    public static LearnedModel Train(
        PipelineRuntime pipeline, ModelSlot slot, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        IReadOnlyList<SeriesState> members = slot.Members();
        SeriesState longest = members.MaxBy(series => series.Pool.Count)!;
        if (!SamplingPeriod.TryMeasure(longest.Pool.Ticks, out long measured))
            throw new TrainingException($"Series '{longest.Key}' has no two samples at different times; check Decode:Timestamp.");
        WindowShape shape = WindowShape.From(pipeline.Options.Window, measured);
        if (shape.Rows > WindowOptionsCheck.MostRows)
        {
            throw new TrainingException(
                $"Series '{longest.Key}' has a sample every {TimeSpan.FromTicks(shape.PeriodTicks)}, so that a window has {shape.Rows} rows, " +
                $"and {WindowOptionsCheck.MostRows} are the most; shorten Window:Length or name a longer Window:Period.");
        }

        var data = new PoolReplay(slot.Schema.Names, shape, members);
        TimeSpan length = TimeSpan.FromTicks(shape.Rows * shape.PeriodTicks);
        TimeSpan mergeGap = pipeline.Options.Alert.MergeGap;
        StreamBaseline baseline = Measure(slot.Schema.Count, members);
        return pipeline.Learner.Learn(slot.Key, data, shape.PeriodTicks, mergeGap > length ? mergeGap : length, baseline, progress, cancel);
    }

    /// <summary>A model that is stored already and was trained on the very samples that were collected; null when there is none.</summary>
    public static LearnedModel? FindTrained(PipelineRuntime pipeline, ModelSlot slot)
    {
        SeriesState[] members = [.. slot.Members().Where(series => series.Pool.Count > 0)];
        if (members.Length == 0 || pipeline.Find(slot.Key) is not { Range: { } range } found)
            return null;
        if (range == (members.Min(series => series.Pool.Ticks[0]), members.Max(series => series.Pool.Ticks[^1])))
            return found;
        found.Model.Dispose();
        return null;
    }

    private static StreamBaseline Measure(int features, IReadOnlyList<SeriesState> members)
    {
        var meter = new BaselineMeter(features);
        double[] row = new double[features];
        foreach (SeriesState series in members)
        {
            meter.NextSeries();
            for (int i = 0; i < series.Pool.Count; i++)
            {
                series.Pool.CopyRow(i, row);
                meter.Add(series.Pool.Ticks[i], row);
            }
        }

        return meter.Measure();
    }
}
