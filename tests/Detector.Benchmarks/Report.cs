using System.Globalization;
using System.Runtime.InteropServices;
using Detector.Models.Compute;
using Detector.Worker.Hosting;

namespace Detector.Benchmarks;

/// <summary>Results as Markdown.</summary>
internal sealed class Report(TextWriter output)
{
    public void Machine()
    {
        ComputeDevice device = BenchmarkDevice.Select();
        output.WriteLine($"Machine: {Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; "
            + $"packages {BuildFacts.Packages}, device {device.Name}, BLAS {ComputeDevice.DescribeBlas()}.");
    }

    public void Table(string title, params string[] columns)
    {
        output.WriteLine();
        output.WriteLine($"### {title}");
        output.WriteLine();
        output.WriteLine($"| {string.Join(" | ", columns)} |");
        output.WriteLine($"|{string.Concat(columns.Select(_ => " --- |"))}");
    }

    public void Row(params object[] cells) =>
        output.WriteLine($"| {string.Join(" | ", cells.Select(cell => cell is double number ? number.ToString("#,##0.##", CultureInfo.InvariantCulture) : cell.ToString()))} |");

    private static string Processor()
    {
        const string Name = "model name";
        return File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
    }
}
