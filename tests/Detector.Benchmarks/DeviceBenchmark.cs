using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using Detector.Models.Scoring;
using Detector.Models.Training;
using Detector.Worker.Scoring;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Benchmarks;

/// <summary>Models as the service scores them on one device, in each precision, from its own memory and from the host's, beside what the device can do at best.</summary>
internal static class DeviceBenchmark
{
    private const int CopyBytes = 64 << 20, Windows = 1500;

    /// <summary>Windows that are scored one batch after the other: some tiles of a CUDA device.</summary>
    private static int BatchFor(Device on) => on.type == DeviceType.CUDA ? 4096 : 1024;

    public static void Run(Report report)
    {
        ComputeDevice compute = BenchmarkDevice.Select(cuda.is_available() ? "cuda" : ComputeDevice.CpuByTorch);
        Device on = compute.Name.StartsWith("cpu", StringComparison.Ordinal) ? CPU : device(compute.Name);
        report.Table($"Limits of device {compute.Name}", "product of two large matrices, GFLOP/s", "copy from the host, GB/s", "copy within its memory, GB/s");
        using (inference_mode())
            report.Row(Product(on, on.type == DeviceType.CPU ? 1024 : 8192), Copy(CPU, on), Copy(on, on));
        var data = new BenchmarkModel(Windows, rows: 32);
        report.Table(
            $"Windows of {data.Dimensions.Rows} × {data.Dimensions.Features} on {compute.Name} by the service's own path, batches of {BatchFor(on):N0}", "networks", "asked for", "served in",
            "windows/s, networks alone, device memory", "windows/s, raw values of the host to scores", "GB/s from the host", "same verdicts %", "scores differ by % of the threshold");
        foreach (string[] networks in Chosen())
        {
            foreach (string precision in Precisions.Names)
                Row(report, data, networks, precision, compute, on);
        }
    }

    private static IEnumerable<string[]> Chosen() => Environment.GetEnvironmentVariable("DETECTOR_TEST_NETWORKS") is { Length: > 0 } named
        ? named.Split(' ').Select(name => (string[])[name])
        : [[.. ModelSettings.DefaultNetworks], .. AutoencoderFactory.Names.Select(name => (string[])[name])];

    private static void Row(Report report, BenchmarkModel data, string[] networks, string precision, ComputeDevice compute, Device on)
    {
        var settings = new ModelSettings { Networks = networks, Precision = Precisions.Parse(precision), Trainer = new TrainerOptions { MaxSteps = 60, EvaluateEvery = 20 } };
        TrainedModel trained = new ModelTrainer(settings, compute, TimeProvider.System).Train(data, null, CancellationToken.None);
        using AnomalyModel model = trained.Model;
        double bytes = data.Dimensions.Size * (model.Precision == Precision.F32 ? sizeof(float) : sizeof(ushort));
        int count = BatchFor(on);
        double host = Host(model, data, count);
        report.Row(
            string.Join(" + ", networks), precision, model.Torch is null ? "plans, float32" : model.Precision.Name(), Resident(model, on) is { } near ? Math.Round(1e9 / near) : "",
            Math.Round(1e9 / host), model.Torch is null ? "" : bytes / host, Percent(trained.Report.Precision?.Agreement), Percent(trained.Report.Precision?.Difference));
    }

    private static object Percent(double? share) => share is { } known ? Math.Round(100 * known, 2) : "";

    /// <summary>Nanoseconds a window from its raw values to its score, as the scoring thread does it.</summary>
    private static double Host(AnomalyModel model, BenchmarkModel data, int count)
    {
        using var scorer = new BatchScorer();
        var batch = new WindowBatch(count);
        for (int i = 0; i < count && !batch.IsFull; i++)
            batch.Add(model, model.CreateMemory(), data.Window(i % Windows), i, restarted: false);
        return Measure.PerOperation(batch.Count, () => scorer.Score(batch), elapsed: true).Nanoseconds;
    }

    /// <summary>Nanoseconds a window that lies in the device's memory, through the networks alone; null where torch runs none.</summary>
    private static double? Resident(AnomalyModel model, Device on)
    {
        if (model.Torch is not { } torch)
            return null;
        using var noGrad = inference_mode();
        using var scope = NewDisposeScope();
        Tensor windows = randn(model.TileRows, model.Dimensions.Size).to(model.Precision.Type(), on);
        return Measure.PerOperation(BatchFor(on), () =>
        {
            using var batch = NewDisposeScope();
            for (int i = 0; i < BatchFor(on); i += model.TileRows)
                torch.Reconstruct(windows);
            Wait(on);
        }, elapsed: true).Nanoseconds;
    }

    private static double Product(Device on, int size)
    {
        using var scope = NewDisposeScope();
        Tensor a = randn(size, size).to(on);
        return 2.0 * size * size * size / Time(() =>
        {
            a.mm(a);
            Wait(on);
        });
    }

    private static double Copy(Device from, Device to)
    {
        using var scope = NewDisposeScope();
        Tensor values = zeros(CopyBytes / sizeof(float)), source = from.type == DeviceType.CPU ? Pinned(values, to) : values.to(from), target = values.to(to, copy: true);
        return CopyBytes / Time(() =>
        {
            target.copy_(source, true);
            Wait(to);
        });
    }

    private static double Time(Action work) => Measure.PerOperation(1, () =>
    {
        using var scope = NewDisposeScope();
        work();
    }, elapsed: true).Nanoseconds;

    private static Tensor Pinned(Tensor host, Device on) => on.type == DeviceType.CUDA ? host.pin_memory() : host;

    private static void Wait(Device on)
    {
        if (on.type == DeviceType.CUDA)
            cuda.synchronize(on);
    }
}
