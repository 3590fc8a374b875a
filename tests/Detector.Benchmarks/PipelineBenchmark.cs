using Detector.Worker.Cli.Quickstart;

namespace Detector.Benchmarks;

/// <summary>The whole pipeline in memory, at full speed and at half of it.</summary>
internal static class PipelineBenchmark
{
    private const int SeriesCount = 64, Samples = 10_000;

    public static void Run(Report report)
    {
        byte[][] messages = PlantMessages.Create(SeriesCount, PipelineRun.WarmupSamples + Samples);
        PipelineRun[] runs = [Execute(messages, "pipeline"), Execute(messages, "series")];
        report.Table(
            $"Whole pipeline in memory: JSON bytes to verdict, {SeriesCount} series of 8 features, window 32, denoising + variational + linear for every sample",
            "models", "messages/s", "points/s", "CPU µs a message", "decode, window", "score", "decide", "bytes allocated a message", "of which reading, scoring, deciding", "resident MB");
        foreach ((PipelineRun run, string models) in runs.Zip((string[])["one for all series", "one for each series"]))
        {
            report.Row(
                models, Math.Round(run.Rate), Math.Round(run.Rate * PumpSimulator.Sensors.Count), run.CpuMicroseconds,
                run.Microseconds("source memory"), run.Microseconds("scoring"), run.Microseconds("deciding"), run.BytesAllocated, run.StageBytes(), Math.Round(run.ResidentMegabytes));
        }

        PipelineRun half = Execute(messages, "pipeline", runs[0].Rate / 2);
        report.Table("From the reading of a message to its verdict, at half of that rate, one model for all", "messages/s", "median ms", "99th percentile ms", "99.9th percentile ms", "bytes allocated a message", "of which reading, scoring, deciding");
        report.Row(Math.Round(half.Rate), half.Latency(0.5), half.Latency(0.99), half.Latency(0.999), half.BytesAllocated, half.StageBytes());
    }

    private static PipelineRun Execute(byte[][] messages, string scope, double? rate = null)
    {
        var run = new PipelineRun(messages, SeriesCount, scope, rate);
        run.Execute();
        return run;
    }
}
