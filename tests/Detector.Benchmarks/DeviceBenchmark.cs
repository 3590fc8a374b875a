using Detector.Models.Autoencoders;
using Detector.Models.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Benchmarks;

/// <summary>The default networks through torch on one device, from its own memory and from the host's, beside what the device can do at best.</summary>
internal static class DeviceBenchmark
{
    private const int CopyBytes = 64 << 20;
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
        foreach (int batch in (int[])[256, 4096, 65_536])
            Row(report, networks, on, batch);
        foreach (Autoencoder network in networks)
            network.Dispose();
    }

    private static void Row(Report report, Autoencoder[] networks, Device on, int batch)
    {
        using var scope = NewDisposeScope();
        Tensor host = randn(batch, s_dimensions.Size), resident = host.to(on);
        double near = Time(() => Score(networks, resident)), far = Time(() => Score(networks, host.to(on)));
        double operations = 2.0 * batch * networks.Sum(network => network.parameters().Sum(weights => weights.shape.Length > 1 ? weights.numel() : 0));
        report.Row((double)batch, Math.Round(batch * 1e9 / near), operations / near, Math.Round(batch * 1e9 / far), (double)batch * s_dimensions.Size * sizeof(float) / far);
    }

    /// <summary>Mean squared residual of each window, of all networks; on the host.</summary>
    private static void Score(Autoencoder[] networks, Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor errors = zeros(windows.shape[0]).to(windows.device); // (B)
        foreach (Autoencoder network in networks)
            errors.add_((windows - network.Score(windows)).square().mean([1L]));
        _ = errors.cpu();
    }

    private static double Product(Device on, int size)
    {
        using var scope = NewDisposeScope();
        Tensor a = randn(size, size).to(on);
        return 2.0 * size * size * size / Time(() => Finish(a.mm(a)));
    }

    private static double Copy(Device from, Device to)
    {
        using var scope = NewDisposeScope();
        Tensor source = zeros(CopyBytes / sizeof(float)).to(from), target = zeros(CopyBytes / sizeof(float)).to(to);
        return CopyBytes / Time(() =>
        {
            target.copy_(source);
            Finish(target.narrow(0, 0, 1));
        });
    }

    private static double Time(Action work) => Measure.PerOperation(1, () =>
    {
        using var scope = NewDisposeScope();
        work();
    }, elapsed: true).Nanoseconds;

    /// <summary>Waits until the device has computed it.</summary>
    private static void Finish(Tensor result) => _ = result.flatten().narrow(0, 0, 1).cpu();
}
