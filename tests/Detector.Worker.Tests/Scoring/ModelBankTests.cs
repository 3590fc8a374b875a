using Detector.Models.Scoring;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Scoring;
using Detector.Worker.Tests.Pipeline;

namespace Detector.Worker.Tests.Scoring;

/// <summary>Many series, each with a model of its own, scored together while some of them come and go.</summary>
public sealed class ModelBankTests
{
    private const int Series = 9, WindowRows = 8, Steps = 60;

    [Fact]
    public void Score_SeriesComeAndGo_EachScoresAsIfAlone()
    {
        AnomalyModel[] models = [.. Enumerable.Range(0, Series).Select(series => Learn(series).Model)];
        var together = new List<double>[Series];
        var memories = new SeriesMemory?[Series];
        using var scorer = new BatchScorer();
        var batch = new WindowBatch(64);
        for (int step = 0; step < Steps; step++)
        {
            int[] here = [.. Enumerable.Range(0, Series).Where(series => IsHere(series, step))];
            foreach (int series in here)
            {
                together[series] ??= [];
                batch.Add(models[series], memories[series] ??= models[series].CreateMemory(), Window(series, step), step, restarted: false);
            }

            scorer.Score(batch);
            for (int i = 0; i < here.Length; i++)
                together[here[i]].Add(batch.Score(i));
            batch.Clear();
        }

        for (int series = 0; series < Series; series++)
        {
            Assert.NotEmpty(together[series]);
            Assert.Equal(Alone(models[series], series), together[series]);
        }
    }

    /// <summary>Some begin later, some end sooner, and every third is away now and then.</summary>
    private static bool IsHere(int series, int step) => step >= 4 * series && step < Steps - 3 * (series % 4) && (series % 3 != 0 || step / 5 % 2 == 0);

    private static List<double> Alone(AnomalyModel model, int series)
    {
        var scores = new List<double>();
        SeriesMemory memory = model.CreateMemory();
        using var scorer = new BatchScorer();
        var one = new WindowBatch(1);
        foreach (int step in Enumerable.Range(0, Steps).Where(step => IsHere(series, step)))
        {
            one.Add(model, memory, Window(series, step), step, restarted: false);
            scorer.Score(one);
            scores.Add(one.Score(0));
            one.Clear();
        }

        return scores;
    }

    private static LearnedModel Learn(int series)
    {
        PipelineOptions options = TestPipeline.Options();
        options.Model = new() { Networks = ["denoising", "variational", "linear"], Hidden = [16], Latent = 4 };
        PipelineRuntime pipeline = TestPipeline.Create(options);
        SeriesState state = pipeline.TryCreateSeries("s", _ => { })!;
        for (int row = 0; row < TestPipeline.TrainRows; row++)
            state.Offer(TestPipeline.Sample(row, Rows.Values(row, seed: series + 1)), Worker.Contracts.Receipt.None, 0, new StubOutput(), out _);
        state.Slot.Complete();
        return ModelTraining.Train(pipeline, state.Slot, null, CancellationToken.None);
    }

    private static double[] Window(int series, int step) =>
        [.. Enumerable.Range(TestPipeline.TrainRows + step, WindowRows).SelectMany(row => Rows.Values(row, seed: series + 1))];
}
