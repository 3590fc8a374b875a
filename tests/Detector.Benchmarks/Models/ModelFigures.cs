using Detector.Models.Scoring;
using Detector.Models.Training;
using Detector.Worker.Learning;
using Detector.Worker.Scoring;

namespace Detector.Benchmarks.Models;

/// <summary>What a trained model of one network is like, beside its accuracy.</summary>
/// <param name="OneByOne">Windows scored in a second, one at a time, on one thread.</param>
/// <param name="Batched">The same, 256 at a time.</param>
internal sealed record ModelFigures(NetworkReport Network, double TrainSeconds, double OneByOne, double Batched)
{
    private const int Batch = 256;

    public static ModelFigures Of(LearnedModel learned)
    {
        TrainingReport report = learned.Report!;
        return new ModelFigures(report.Networks[0], report.Seconds, Rate(learned, 1), Rate(learned, Batch));
    }

    private static double Rate(LearnedModel learned, int size)
    {
        using var scorer = new BatchScorer();
        var batch = new WindowBatch(size);
        var random = new Random(1);
        SeriesMemory memory = learned.Model.CreateMemory();
        double[] window = new double[learned.Model.Dimensions.Size];
        for (int i = 0; i < size && !batch.IsFull; i++)
        {
            for (int value = 0; value < window.Length; value++)
                window[value] = random.NextDouble();
            batch.Add(learned.Model, memory, window, i, restarted: false);
        }

        // A recurrent network takes a thousand times as long as a linear one: as many calls as fit into the time.
        scorer.Score(batch);
        double seconds = Measure.PerOperation(1, () => scorer.Score(batch)).Nanoseconds / 1e9;
        int repeats = Math.Clamp((int)(0.2 / seconds), 1, 2000);
        (double time, _) = Measure.PerOperation(repeats, () =>
        {
            for (int i = 0; i < repeats; i++)
                scorer.Score(batch);
        });
        return batch.Count * 1e9 / time;
    }
}
