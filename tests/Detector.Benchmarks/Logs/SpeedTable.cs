using Detector.Models.Logs;

namespace Detector.Benchmarks.Logs;

/// <summary>Lines a second of a core's time, which other processes do not count in, and memory for each template.</summary>
internal static class SpeedTable
{
    private static readonly TimeSpan s_atLeast = TimeSpan.FromSeconds(2);

    public static void Write(string folder, Report report)
    {
        report.Table("Speed, by a core's own time", "lines", "bytes a line", "header and template, lines/s", "template alone, lines/s", "bytes allocated a line", "templates", "KiB a template");
        foreach ((string name, string path) in (IEnumerable<(string, string)>)
            [
                ("HDFS", Path.Combine(folder, "logs_hdfs_100k", "HDFS_first20k.log.gz")), ("BGL", Path.Combine(folder, "logs_bgl", "BGL_first10k.log.gz")),
                .. LogHubSystem.All.Where(system => system.Name is "Mac" or "Android" or "Apache").Select(system => (system.Name, Path.Combine(folder, "loghub_2k", $"{system.Name}_2k.log.gz"))),
            ])
            Row(report, name, LogFiles.Lines(path));
    }

    private static void Row(Report report, string name, List<byte[]> lines)
    {
        byte[][] contents = [.. lines.Select(line => LogHeaders.Read(line, 0).Content.ToArray())];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var miner = new TemplateMiner();
        foreach (byte[] content in contents)
            miner.Add(content, out _);
        long memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        (double alone, _) = Measure(lines.Count, () =>
        {
            foreach (byte[] content in contents)
                miner.Add(content, out _);
        });
        (double whole, double allocated) = Measure(lines.Count, () =>
        {
            foreach (byte[] line in lines)
                miner.Add(LogHeaders.Read(line, 0).Content, out _);
        });
        report.Row(name, lines.Average(line => line.Length), whole, alone, allocated, miner.Templates.Count, memory / 1024.0 / miner.Templates.Count);
    }

    private static (double LinesPerSecond, double BytesPerLine) Measure(int lines, Action pass)
    {
        pass();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan before = Environment.CpuUsage.UserTime;
        long started = TimeProvider.System.GetTimestamp();
        long count = 0;
        do
        {
            pass();
            count += lines;
        }
        while (TimeProvider.System.GetElapsedTime(started) < s_atLeast);
        return (count / (Environment.CpuUsage.UserTime - before).TotalSeconds, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / count);
    }
}
