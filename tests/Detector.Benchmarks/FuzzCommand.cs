using System.Globalization;
using Detector.Tests.Messages;
using Detector.Worker.Contracts;

namespace Detector.Benchmarks;

/// <summary>The long form of the decoders' fuzzing: <c>fuzz [--messages N] [--seed N]</c>, the account of each decoder as a table.</summary>
internal static class FuzzCommand
{
    public static int Run(string[] args)
    {
        if (!TryRead(args, "--messages", 1_000_000, out long messages) || !TryRead(args, "--seed", 77, out long seed))
        {
            Console.Error.WriteLine("Write fuzz --messages N --seed N with whole numbers above 0.");
            return 64;
        }

        var report = new Report(Console.Out);
        report.Machine();
        report.Table(
            FormattableString.Invariant($"Fuzzed decoders, {messages:#,0} messages each, seed {seed}"), "decoder", "messages", "gave samples", "hold none", "dropped", "by reason",
            "samples", "dropped beside them", "slowest ms", "most bytes allocated");
        foreach (FuzzFormat format in FuzzFormat.All)
            Row(report, FuzzAccount.Run(format, messages, (int)seed, TimeProvider.System));
        return 0;
    }

    private static void Row(Report report, FuzzAccount account)
    {
        if (account.Messages != account.Fruitful + account.Silent + account.DroppedMessages.Sum())
            throw new InvalidOperationException($"{account.Name}: messages are missing in the account.");
        report.Row(
            account.Name, (double)account.Messages, (double)account.Fruitful, (double)account.Silent, (double)account.DroppedMessages.Sum(), Reasons(account.DroppedMessages),
            (double)account.Accepted, Reasons(account.DroppedSamples), account.Slowest.TotalMilliseconds, (double)account.MostBytes);
    }

    private static string Reasons(IReadOnlyList<long> counts) => string.Join(", ", counts
        .Select((count, reason) => (count, reason)).Where(entry => entry.count > 0)
        .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{((DropReason)entry.reason).Label()} {entry.count:#,0}")));

    private static bool TryRead(string[] args, string name, long otherwise, out long value)
    {
        int at = Array.IndexOf(args, name);
        value = otherwise;
        return at < 0 || (at + 1 < args.Length && long.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is > 0 and <= int.MaxValue);
    }
}
