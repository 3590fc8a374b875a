using Detector.Models.Artifacts;
using Detector.Models.Compute;
using Detector.Tests.Support;
using Detector.Worker.Contracts;
using Detector.Worker.Decoding;
using Detector.Worker.Hosting;
using Detector.Worker.Learning;
using Detector.Worker.Pipeline;
using Detector.Worker.Telemetry;
using Prometheus;

namespace Detector.Worker.Tests.Pipeline;

/// <summary>Pipelines with small models: windows of eight rows, a linear network.</summary>
internal static class TestPipeline
{
    public const int TrainRows = 200;

    private static readonly Lazy<LearnedModel> s_learned = new(() => Learn([]));

    /// <summary>A model of <see cref="Rows"/>, trained once for all tests.</summary>
    public static LearnedModel Learned => s_learned.Value;

    public static PipelineOptions Options() => new()
    {
        Window = { Length = TimeSpan.FromSeconds(8), Period = TimeSpan.FromSeconds(1) },
        Model = { Networks = ["linear"], Latent = 4 },
        Training = { Warmup = TimeSpan.FromSeconds(TrainRows), MinSamples = 10, MaxSteps = 60, BatchSize = 32 },
        Threshold = { Method = "quantile", Quantile = 0.98 }, // two hundred rows are too few for a tail
        Alert = { MergeGap = TimeSpan.FromSeconds(10) },
    };

    public static PipelineRuntime Create(
        PipelineOptions? options = null, ArtifactStore? store = null, PipelineSinks? sinks = null, TimeProvider? clock = null, string name = "p",
        string device = "cpu")
    {
        options ??= Options();
        var learner = new ModelLearner(
            name, ModelSettingsFactory.Create(options), options.Training.KeepVersions, store, ComputeDevice.Select(device), clock ?? new FakeClock());
        return new PipelineRuntime(name, options, "hash", learner, sinks ?? PipelineSinks.None, Metrics().Pipeline(name));
    }

    public static DetectorMetrics Metrics() => new(Prometheus.Metrics.NewCustomRegistry());

    public static IDecoder Decoder() => SourceDecoder.Create(
        new Worker.Ingestion.SourceOptions { MaxMessageBytes = 4096, Decode = new DecodeOptions { Format = "json", Series = "$.id" } }, new FakeClock());

    /// <summary>A decoded row of <see cref="Rows"/>.</summary>
    public static DecodedSample Sample(int row, double[]? values = null, string series = "s")
    {
        var sample = new DecodedSample();
        Fill(sample, row, values ?? Rows.Values(row), series);
        return sample;
    }

    public static void Fill(DecodedSample sample, int row, ReadOnlySpan<double> values, string series = "s")
    {
        sample.Begin(System.Text.Encoding.UTF8.GetBytes(series));
        sample.Ticks = Rows.Start.UtcTicks + row * TimeSpan.TicksPerSecond;
        for (int i = 0; i < values.Length; i++)
            sample.Add(System.Text.Encoding.UTF8.GetBytes(Rows.Features[i]), values[i]);
    }

    /// <summary>Joins a series to its slot and lets it learn the first rows.</summary>
    public static SeriesState Warm(PipelineRuntime pipeline, ISeriesOutput output, int rows, string series = "s")
    {
        SeriesState state = pipeline.TryCreateSeries(series, _ => { })!;
        for (int row = 0; row < rows; row++)
            Assert.Equal(DropReason.None, state.Offer(Sample(row), Receipt.None, 0, output, out _));
        return state;
    }

    /// <summary>A model of <see cref="Rows"/> with other networks.</summary>
    public static LearnedModel Learn(string[] networks, string device = "cpu")
    {
        PipelineOptions options = Options();
        if (networks.Length > 0)
            options.Model.Networks = [.. networks];
        PipelineRuntime pipeline = Create(options, device: device);
        SeriesState series = Warm(pipeline, new StubOutput(), TrainRows);
        series.Slot.Complete();
        return ModelTraining.Train(pipeline, series.Slot, null, CancellationToken.None);
    }
}
