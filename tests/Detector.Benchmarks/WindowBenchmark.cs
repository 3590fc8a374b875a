using Detector.Worker.Windowing;

namespace Detector.Benchmarks;

/// <summary>Laying samples on the grid.</summary>
internal static class WindowBenchmark
{
    public static void Run(Report report)
    {
        const int Samples = 200_000;
        report.Table("Windowing", "window", "ns a sample", "bytes allocated a sample");
        foreach ((int rows, int features) in ((int, int)[])[(32, 8), (32, 38)])
        {
            var shape = new WindowShape(rows, TimeSpan.TicksPerSecond, rows * TimeSpan.TicksPerSecond, 0.5);
            var window = new WindowBuffer(shape, features);
            double[] row = new double[features];
            long ticks = PlantMessages.Start.UtcTicks;
            (double time, double bytes) = Measure.PerOperation(Samples, () =>
            {
                for (int i = 0; i < Samples; i++)
                    window.Add(ticks += TimeSpan.TicksPerSecond, row);
            });
            report.Row($"{rows} × {features}", time, bytes);
        }
    }
}
