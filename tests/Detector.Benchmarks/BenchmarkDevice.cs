using Detector.Models.Compute;

namespace Detector.Benchmarks;

/// <summary>The device that <c>DETECTOR_TEST_DEVICE</c> names, as for the model tests.</summary>
internal static class BenchmarkDevice
{
    /// <param name="otherwise">What it is where none is named.</param>
    public static ComputeDevice Select(string otherwise = "auto") => ComputeDevice.Select(Environment.GetEnvironmentVariable("DETECTOR_TEST_DEVICE") ?? otherwise);
}
