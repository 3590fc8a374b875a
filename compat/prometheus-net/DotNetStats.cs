using System.Diagnostics;
using System.Globalization;

namespace Prometheus;

/// <summary>Exports the process' own use of processor, memory, threads and handles.</summary>
public sealed class DotNetStats
{
    private readonly Lock _lock = new();
    private readonly Process _process = Process.GetCurrentProcess();
    private readonly Counter.Child[] _collections;
    private readonly Counter _processorSeconds;
    private readonly Gauge _virtualMemory;
    private readonly Gauge _workingSet;
    private readonly Gauge _privateMemory;
    private readonly Gauge _openHandles;
    private readonly Gauge _threads;
    private readonly Gauge _managedMemory;

    private DotNetStats(MetricFactory factory)
    {
        // Names, help and order are those of the package: a scrape must read the same with either.
        var collections = factory.CreateCounter("dotnet_collection_count_total", "GC collection count", ["generation"]);
        _collections = [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(g => collections.WithLabels(g.ToString(CultureInfo.InvariantCulture)))];
        var start = factory.CreateGauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.");
        _processorSeconds = factory.CreateCounter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.");
        _virtualMemory = factory.CreateGauge("process_virtual_memory_bytes", "Virtual memory size in bytes.");
        _workingSet = factory.CreateGauge("process_working_set_bytes", "Process working set");
        _privateMemory = factory.CreateGauge("process_private_memory_bytes", "Process private memory size");
        _openHandles = factory.CreateGauge("process_open_handles", "Number of open handles");
        _threads = factory.CreateGauge("process_num_threads", "Total number of threads");
        _managedMemory = factory.CreateGauge("dotnet_total_memory_bytes", "Total known allocated memory");
        start.SetToTimeUtc(_process.StartTime);
    }

    /// <summary>Adds these metrics to <paramref name="registry"/>; they are read anew at each export.</summary>
    public static void Register(CollectorRegistry registry)
    {
        var stats = new DotNetStats(Metrics.WithCustomRegistry(registry));
        registry.AddBeforeCollectCallback(stats.Update);
    }

    private void Update()
    {
        // Process is not safe for two exports at once.
        lock (_lock)
        {
            _process.Refresh();
            for (var generation = 0; generation < _collections.Length; generation++)
                _collections[generation].IncTo(GC.CollectionCount(generation));
            _managedMemory.Set(GC.GetTotalMemory(forceFullCollection: false));
            _virtualMemory.Set(_process.VirtualMemorySize64);
            _workingSet.Set(_process.WorkingSet64);
            _privateMemory.Set(_process.PrivateMemorySize64);
            _processorSeconds.IncTo(_process.TotalProcessorTime.TotalSeconds);
            _openHandles.Set(_process.HandleCount);
            _threads.Set(_process.Threads.Count);
        }
    }
}
