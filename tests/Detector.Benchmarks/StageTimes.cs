using System.Globalization;

namespace Detector.Benchmarks;

/// <summary>Processor time that this process's threads have used, by their names, as Linux counts it.</summary>
internal sealed class StageTimes
{
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);

    private StageTimes()
    {
    }

    public static StageTimes Now()
    {
        var times = new StageTimes();
        foreach (string thread in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                string name = File.ReadAllText(Path.Combine(thread, "comm")).Trim();
                string[] figures = File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' '); // nanoseconds run, nanoseconds waited, slices
                times._seconds[name] = times.Of(name) + double.Parse(figures[0], CultureInfo.InvariantCulture) / 1e9;
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return times;
    }

    /// <summary>Seconds of all threads of that name.</summary>
    public double Of(string thread) => _seconds.GetValueOrDefault(thread);

    /// <summary>Seconds since <paramref name="before"/> of all threads whose name is one of these.</summary>
    public double Of(Func<string, bool> isOf, StageTimes before) => _seconds.Where(thread => isOf(thread.Key)).Sum(thread => thread.Value - before.Of(thread.Key));

    /// <summary>Name of the calling thread.</summary>
    public static string CurrentName() => File.ReadAllText("/proc/thread-self/comm").Trim();
}
