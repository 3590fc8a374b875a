using FsCheck;
using FsCheck.Fluent;

namespace Detector.Worker.Tests.Windowing;

/// <summary>A stream with the dirt of real ones: irregular periods, gaps, missing values, samples that overtake each other, samples that come again.</summary>
/// <param name="Lateness">What the receiver allows, ticks.</param>
/// <param name="Clean">Every sample once, in order of event time.</param>
/// <param name="Arrivals">The same samples as they arrive.</param>
internal sealed record DirtyStream(long Lateness, IReadOnlyList<DirtyStream.Sample> Clean, IReadOnlyList<DirtyStream.Sample> Arrivals)
{
    public const int Features = 3;
    public const long Period = 1000;

    /// <summary>Streams of whole samples that come at most the allowed lateness late: none is lost.</summary>
    public static Gen<DirtyStream> Punctual { get; } = Streams((delay, lateness) => delay % (lateness + 1), parts: false);

    /// <summary>Streams whose samples come as late as they like, some of them in parts.</summary>
    public static Gen<DirtyStream> Any { get; } = Streams((delay, _) => delay, parts: true);

    public override string ToString() =>
        $"lateness {Lateness}: {string.Join(' ', Arrivals.Select(sample => $"{sample.Ticks}[{string.Join(',', sample.Values)}]"))}";

    private static Gen<DirtyStream> Streams(Func<int, long, long> delay, bool parts)
    {
        Gen<int> gap = Gen.Frequency(
            (60, Gen.Choose((int)Period - 200, (int)Period + 200)), (15, Gen.Choose(1, (int)Period)), (15, Gen.Choose(1, 6 * (int)Period)),
            (3, Gen.Choose(1, 60 * (int)Period)), (10, Gen.Constant(0)));
        Gen<int> lag = Gen.Frequency((70, Gen.Constant(0)), (25, Gen.Choose(0, 4 * (int)Period)), (5, Gen.Choose(0, 40 * (int)Period)));
        Gen<double> value = Gen.Frequency((85, Gen.Choose(-1000, 1000).Select(number => (double)number)), (15, Gen.Constant(double.NaN)));
        Gen<Step> step = from after in gap
                         from late in lag
                         from again in Gen.Frequency((85, Gen.Constant(-1)), (15, lag))
                         from values in Gen.ArrayOf(value, Features)
                         select new Step(after, late, again, values);
        return from allowed in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 3 * (int)Period))
               from steps in Gen.Choose(0, 120).SelectMany(count => Gen.ArrayOf(step, count))
               select Create(allowed, steps, late => delay(late, allowed), parts);
    }

    private static DirtyStream Create(long lateness, IReadOnlyList<Step> steps, Func<int, long> delay, bool parts)
    {
        var clean = new List<Sample>();
        var arrivals = new List<(long At, Sample Sample)>();
        long ticks = 0;
        foreach (Step step in steps)
        {
            ticks += step.Gap;
            var sample = new Sample(ticks, step.Values);
            if (step.Values.All(double.IsNaN) || (!parts && clean.Count > 0 && clean[^1].Ticks == ticks))
                continue;
            clean.Add(sample);
            arrivals.Add((ticks + delay(step.Delay), sample));
            if (step.Again >= 0)
                arrivals.Add((ticks + delay(step.Again), sample));
        }

        return new DirtyStream(lateness, clean, [.. arrivals.OrderBy(arrival => arrival.At).Select(arrival => arrival.Sample)]);
    }

    internal sealed record Sample(long Ticks, double[] Values);

    private sealed record Step(int Gap, int Delay, int Again, double[] Values);
}
