using System.CommandLine;
using System.Globalization;
using Detector.Tests.Messages;
using Detector.Worker.Cli;
using Detector.Worker.Contracts;

namespace Detector.Benchmarks;

/// <summary><c>fuzz</c>: the long form of the decoders' fuzzing, with the account of each decoder as a table.</summary>
internal static class FuzzCommand
{
    public static Command Create()
    {
        Option<int> messages = NumberOption.Of("--messages", "messages for each decoder", 1, int.MaxValue, 1_000_000, "a whole number above 0");
        Option<int> seed = NumberOption.Of("--seed", "seed of the messages; the same one gives the same messages", 0, int.MaxValue, 77, "a whole number");
        var command = new Command("fuzz", "Feeds every decoder hostile messages and prints what became of them as Markdown.") { messages, seed };
        command.SetAction(result => Run(result.GetValue(messages), result.GetValue(seed)));
        return command;
    }

    private static int Run(int messages, int seed)
    {
        var report = new Report(Console.Out);
        report.Machine();
        report.Table(
            FormattableString.Invariant($"Fuzzed decoders, {messages:#,0} messages each, seed {seed}"), "decoder", "messages", "gave samples", "hold none", "dropped", "by reason",
            "samples", "dropped beside them", "slowest ms", "most bytes allocated");
        foreach (FuzzFormat format in FuzzFormat.All)
            Row(report, FuzzAccount.Run(format, messages, seed, TimeProvider.System));
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
}
