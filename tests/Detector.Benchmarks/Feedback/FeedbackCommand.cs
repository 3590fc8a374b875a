using System.CommandLine;
using System.Globalization;
using Detector.Worker.Cli;
using Detector.Worker.Cli.Quickstart;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding;

namespace Detector.Benchmarks.Feedback;

/// <summary><c>feedback</c>: what becomes of twins and of other faults once an alert is marked as no anomaly, on simulated pumps.</summary>
internal static class FeedbackCommand
{
    private static readonly FaultKind[] s_kinds = Enum.GetValues<FaultKind>();

    public static Command Create()
    {
        Option<int> pumps = NumberOption.Of("--pumps", "pumps, each with a seed of its own", 1, 1000, 8, "a whole number above 0");
        Option<int> first = NumberOption.Of("--seed", "seed of the first pump", 0, int.MaxValue, 1, "a whole number");
        Option<int> rounds = NumberOption.Of("--rounds", "times that every fault comes", 2, 100, 4, "a whole number above 1");
        Option<int> strength = NumberOption.Of("--strength", "how strong faults are; 1 as in the quickstart", 1, 10, 1, "a whole number from 1 to 10");
        var command = new Command("feedback", "Marks an alert of each kind of fault as no anomaly and counts what is still told, as Markdown.") { pumps, first, rounds, strength };
        command.SetAction(result => Run(
            [.. Enumerable.Range(result.GetValue(first), result.GetValue(pumps)).Select(seed => new ScoredPump(seed, result.GetValue(rounds), result.GetValue(strength)))]));
        return command;
    }

    private static int Run(ScoredPump[] pumps)
    {
        var report = new Report(Console.Out);
        report.Machine();
        Life(report, pumps);
        Similarity(report, pumps);
        Matrix(report, pumps);
        return 0;
    }

    /// <summary>How strong faults are, without feedback.</summary>
    private static void Life(Report report, ScoredPump[] pumps)
    {
        report.Table("Faults without feedback", "fault", "told", "alerts a fault", "peak over threshold, median", "peak of one over another of its kind, median and most", "info / warning / critical");
        foreach (FaultKind kind in s_kinds)
        {
            int told = 0, all = 0, alerts = 0;
            List<double> strengths = [], ratios = [];
            int[] severities = new int[3];
            foreach (ScoredPump pump in pumps)
            {
                using var life = new MarkedLife(pump, new AlertOptions(), marked: null);
                all += pump.Rows.Max(row => row.Round) + 1;
                told += life.Told.Count(fault => fault.Kind == kind);
                Alert[] mine = [.. life.Alerts.Values.Where(alert => FaultAt(pump, alert.StartedAt.UtcTicks) == kind)];
                alerts += mine.Length;
                strengths.AddRange(mine.Select(alert => alert.Peak.Score / alert.Threshold));
                ratios.AddRange(from one in mine from other in mine where one.Peak.Score > other.Peak.Score select one.Peak.Score / other.Peak.Score);
                foreach (Alert alert in mine)
                    severities[(int)alert.Severity]++;
            }

            report.Row(
                kind, $"{told} of {all}", (double)alerts / Math.Max(1, told), Median(strengths), FormattableString.Invariant($"{Median(ratios):F2}, {ratios.DefaultIfEmpty().Max():F2}"),
                string.Join(" / ", severities));
        }

        int quiet = pumps.Sum(pump =>
        {
            using var life = new MarkedLife(pump, new AlertOptions(), marked: null);
            return life.False;
        });
        report.Row("none", $"{quiet} alerts", "", "", "", "");
    }

    private static void Similarity(Report report, ScoredPump[] pumps)
    {
        report.Table("One alert is marked: which similarity and margin to excuse by", "Alert:Similarity", "margin over the peak", "twins stopped", "other faults still told");
        foreach (double margin in (double[])[1, 1.25, 1.5, 2])
        {
            foreach (double similarity in (double[])[0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.96])
            {
                Tally tally = Sum(pumps, similarity, margin, s_kinds, s_kinds);
                report.Row(similarity, margin, Share(tally.Stopped, tally.Twins), Share(tally.Told, tally.Others));
            }
        }
    }

    private static void Matrix(Report report, ScoredPump[] pumps)
    {
        report.Table("One alert is marked, with the defaults: faults still told", ["marked", .. s_kinds.Select(kind => $"{kind}")]);
        foreach (FaultKind marked in s_kinds)
        {
            report.Row(
            [
                marked, .. s_kinds.Select(other =>
                {
                    Tally tally = Sum(pumps, new AlertOptions().Similarity, 1.25, [marked], [other]);
                    return marked == other ? $"{tally.Twins - tally.Stopped} of {tally.Twins}" : $"{tally.Told} of {tally.Others}";
                }),
            ]);
        }
    }

    private static Tally Sum(ScoredPump[] pumps, double similarity, double margin, FaultKind[] marked, FaultKind[] others)
    {
        var tally = new Tally();
        foreach (ScoredPump pump in pumps)
        {
            using var unmarked = new MarkedLife(pump, new AlertOptions(), marked: null);
            foreach (FaultKind kind in marked)
            {
                using var life = new MarkedLife(pump, new AlertOptions { Similarity = similarity }, kind, margin / 1.25);
                if (life.Marked is null)
                    continue;
                // Which would have been told, had nothing been marked.
                foreach ((FaultKind Kind, int Round) fault in unmarked.Told.Where(fault => fault.Round > 0 && others.Contains(fault.Kind)))
                    tally.Add(twin: fault.Kind == kind, told: life.Told.Contains(fault));
            }
        }

        return tally;
    }

    private static FaultKind? FaultAt(ScoredPump pump, long ticks) => pump.Rows.Find(row => row.Ticks == ticks)?.Fault;

    private static string Share(int part, int all) => string.Create(CultureInfo.InvariantCulture, $"{part} of {all} ({100.0 * part / Math.Max(1, all):F0} %)");

    private static double Median(List<double> values) => values.Count == 0 ? double.NaN : values.Order().ElementAt(values.Count / 2);

    /// <summary>Faults after the mark that would have been told without it.</summary>
    private sealed class Tally
    {
        public int Twins { get; private set; }

        public int Stopped { get; private set; }

        public int Others { get; private set; }

        public int Told { get; private set; }

        public void Add(bool twin, bool told)
        {
            if (twin)
                (Twins, Stopped) = (Twins + 1, Stopped + (told ? 0 : 1));
            else
                (Others, Told) = (Others + 1, Told + (told ? 1 : 0));
        }
    }
}
