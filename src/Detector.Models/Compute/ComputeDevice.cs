using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Models.Compute;

/// <summary>Where networks are trained and scored, and by what.</summary>
public sealed class ComputeDevice
{
    /// <summary>The processor, used as a GPU is: by torch alone.</summary>
    public const string CpuByTorch = "cpu-torch";

    private ComputeDevice(string name, Device device)
    {
        Name = name;
        Device = device;
    }

    /// <summary><c>cpu</c>, <c>cpu-torch</c> or <c>cuda:N</c>.</summary>
    public string Name { get; }

    internal Device Device { get; }

    /// <summary>Whether networks are compiled, rather than given to torch.</summary>
    internal bool Compiles => Name == "cpu";

    /// <summary>Finds a device.</summary>
    /// <param name="name">
    /// <c>auto</c> (CUDA when there is a device), <c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>, or <c>cpu-torch</c> for the processor by torch alone, slower but the way of a GPU.
    /// </param>
    /// <exception cref="ArgumentException">The name is none of these, or there is no such device.</exception>
    public static ComputeDevice Select(string name)
    {
        // The work is many small products: one thread does them faster than two that wait for each other.
        set_num_threads(1);
        if (name == "cpu" || (name == "auto" && !cuda.is_available()))
            return new ComputeDevice("cpu", CPU);
        if (name == CpuByTorch)
            return new ComputeDevice(name, CPU);
        if (!TryParseIndex(name, out int index))
            throw new ArgumentException($"There is no device '{name}'; use auto, cpu, cuda, cuda:N or cpu-torch.", nameof(name));
        if (!cuda.is_available() || index >= cuda.device_count())
            throw new ArgumentException($"Device '{name}' is not there: torch sees {cuda.device_count()} CUDA devices. Use auto or cpu.", nameof(name));
        return new ComputeDevice($"cuda:{index}", device(DeviceType.CUDA, index));
    }

    /// <summary>Why torch does not multiply matrices of such numbers on this device; null when it does, or is not asked to.</summary>
    public string? Problem(Precision precision)
    {
        if (Compiles)
            return null;
        try
        {
            using var scope = NewDisposeScope();
            Tensor one = ones([1, 1]).to(precision.Type(), Device);
            _ = one.mm(one);
            return null;
        }
        catch (ExternalException error)
        {
            return $"torch {__version__} does not compute in {precision.Name()} on {Name}: {error.Message.Split('\n')[0]}";
        }
    }

    /// <summary>Whether <see cref="Select"/> knows such a name, whether or not the device is there.</summary>
    public static bool IsKnown(string name) => name is "auto" or "cpu" or CpuByTorch || TryParseIndex(name, out _);

    /// <summary>Library that does the matrix products on the CPU, as far as the loaded files tell.</summary>
    public static string DescribeBlas()
    {
        using Tensor load = zeros(1);
        string[] libraries = LoadedLibraries();
        string? found = libraries.FirstOrDefault(path => path.Contains("openblas", StringComparison.OrdinalIgnoreCase))
            ?? libraries.FirstOrDefault(path => path.Contains("mkl", StringComparison.OrdinalIgnoreCase))
            ?? libraries.FirstOrDefault(path => Path.GetFileName(path).StartsWith("libblas", StringComparison.Ordinal));
        return found is null ? "built into libtorch" : found.Contains("openblas", StringComparison.OrdinalIgnoreCase) ? "OpenBLAS" : Path.GetFileName(found);
    }

    private static string[] LoadedLibraries()
    {
        const string Maps = "/proc/self/maps";
        if (!File.Exists(Maps))
            return [];
        return [.. File.ReadLines(Maps).Where(line => line.Contains('/')).Select(line => line[line.IndexOf('/')..]).Distinct(StringComparer.Ordinal)];
    }

    private static bool TryParseIndex(string name, out int index)
    {
        index = 0;
        if (name is "auto" or "cuda")
            return true;
        const string Prefix = "cuda:";
        return name.StartsWith(Prefix, StringComparison.Ordinal) &&
            int.TryParse(name.AsSpan(Prefix.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out index);
    }
}
