using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Benchmarks;

/// <summary>The default networks through torch on one device, from its own memory and from the host's, beside what the device can do at best.</summary>
internal static class DeviceBenchmark
{
    private const int CopyBytes = 64 << 20;

    /// <summary>Batches that are on their way to the device, in work or on their way back at the same time.</summary>
    private const int Ahead = 4;
    private static readonly WindowDimensions s_dimensions = new(32, 8);

    public static void Run(Report report)
    {
        ComputeDevice compute = ComputeDevice.Select(Environment.GetEnvironmentVariable("DETECTOR_TEST_DEVICE") ?? "auto");
        Device on = compute.Name == "cpu" ? CPU : device(compute.Name);
        using var noGrad = inference_mode();
        report.Table($"Limits of device {compute.Name}", "product of two large matrices, GFLOP/s", "copy from the host, GB/s", "copy within its memory, GB/s");
        report.Row(Product(on, compute.Name == "cpu" ? 1024 : 8192), Copy(CPU, on), Copy(on, on));
        report.Table(
            $"Windows of {s_dimensions.Rows} × {s_dimensions.Features} through torch on {compute.Name}: denoising, variational and linear", "batch", "windows/s, device memory",
            "GFLOP/s", "windows/s, host memory", "GB/s from the host");
        using Generator generator = new(1, CPU);
        Autoencoder[] networks = [.. ((string[])["denoising", "variational", "linear"]).Select(name => AutoencoderFactory.Create(name, s_dimensions, new NetworkOptions(), generator))];
        foreach (Autoencoder network in networks)
            _ = network.to(on);
        foreach (int batch in (int[])(on.type == DeviceType.CUDA ? [256, 4096, 65_536] : [256, 4096]))
            Row(report, networks, on, batch);
        foreach (Autoencoder network in networks)
            network.Dispose();
        Precisions(report, on);
    }

    /// <summary>Each network through torch, in single and in half precision.</summary>
    private static void Precisions(Report report, Device on)
    {
        ScalarType half = on.type == DeviceType.CUDA ? ScalarType.Float16 : ScalarType.BFloat16;
        report.Table(
            $"Single precision and {half}, windows of {s_dimensions.Rows} × {s_dimensions.Features} in device memory, networks as they are before training", "network", "batch",
            "µs a batch, single", "µs a batch, half", "times as fast", "largest difference of a reconstruction, in root mean squares of it");
        foreach (string name in AutoencoderFactory.Names.Where(name => name != "linear")) // which is nothing before it was trained
        {
            foreach (int batch in (int[])[64, 1024])
                Precision(report, name, batch, on, half);
        }
    }

    private static void Precision(Report report, string name, int batch, Device on, ScalarType half)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(1, CPU);
        using Autoencoder network = AutoencoderFactory.Create(name, s_dimensions, new NetworkOptions(), generator).to(on);
        Tensor windows = randn([batch, s_dimensions.Size], generator: generator).to(on), narrow = windows.to(half); // (B, D)
        Tensor exact = network.Score(windows); // (B, D)
        double single = TimeOn(on, () => network.Score(windows));
        _ = network.to(half);
        try
        {
            Tensor difference = network.Score(narrow).to(ScalarType.Float32) - exact;
            double halved = TimeOn(on, () => network.Score(narrow));
            double largest = difference.abs().max().cpu().item<float>() / Math.Sqrt(exact.square().mean().cpu().item<float>());
            report.Row(name, (double)batch, single / 1000, halved / 1000, single / halved, FormattableString.Invariant($"{largest:F4}"));
        }
        catch (ExternalException)
        {
            // As libtorch 1.13 does with transposed convolutions in bfloat16 on the CPU.
            report.Row(name, (double)batch, single / 1000, "not computed by this libtorch", "", "");
        }
    }

    private static double TimeOn(Device on, Action work) => Time(() =>
    {
        work();
        Wait(on);
    });

    private static void Row(Report report, Autoencoder[] networks, Device on, int batch)
    {
        using var scope = NewDisposeScope();
        Tensor host = Pinned(randn(batch, s_dimensions.Size), on), resident = host.to(on), scores = Pinned(zeros(batch), on);
        double near = Time(() => Score(networks, () => resident, scores, on)), far = Time(() => Score(networks, () => host.to(on, non_blocking: true), scores, on));
        double operations = 2.0 * batch * networks.Sum(network => network.parameters().Sum(weights => weights.shape.Length > 1 ? weights.numel() : 0));
        report.Row((double)batch, Math.Round(Ahead * batch * 1e9 / near), Ahead * operations / near, Math.Round(Ahead * batch * 1e9 / far), (double)Ahead * batch * s_dimensions.Size * sizeof(float) / far);
    }

    /// <summary>Mean squared residual of each window of some batches, of all networks; on the host. Only the last batch is waited for.</summary>
    private static void Score(Autoencoder[] networks, Func<Tensor> next, Tensor scores, Device on)
    {
        for (int i = 0; i < Ahead; i++)
        {
            using var scope = NewDisposeScope();
            Tensor windows = next(), errors = zeros(windows.shape[0], device: on); // (B)
            foreach (Autoencoder network in networks)
                errors.add_((windows - network.Score(windows)).square().mean([1L]));
            scores.copy_(errors, true);
        }

        Wait(on);
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
