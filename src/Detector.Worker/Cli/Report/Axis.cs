using System.Globalization;

namespace Detector.Worker.Cli.Report;

/// <summary>One axis of a plot: a range of values, and where its ticks are.</summary>
/// <param name="Label">What is plotted, with its unit.</param>
/// <param name="Least">Value at the axis' beginning.</param>
/// <param name="Most">Value at its end.</param>
/// <param name="Logarithmic">Whether equal lengths are equal ratios; the range is positive then.</param>
internal sealed record Axis(string Label, double Least, double Most, bool Logarithmic = false)
{
    private static readonly double[] s_seconds =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000];

    /// <summary>Text of a tick; null writes the number.</summary>
    public Func<double, string>? Format { get; init; }

    /// <summary>Distance of the ticks; null chooses a round one.</summary>
    public double? Step { get; init; }

    /// <summary>An axis that holds all values, with a little room at both ends.</summary>
    public static Axis Around(string label, IEnumerable<double> values, double room = 0.04)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double least = finite.Length == 0 ? 0 : finite.Min(), most = finite.Length == 0 ? 1 : finite.Max();
        double margin = most > least ? (most - least) * room : Math.Max(Math.Abs(least), 1) * 0.5;
        return new Axis(label, least - margin, most + margin);
    }

    /// <summary>An axis of event time; its values are <see cref="Time"/>.</summary>
    public static Axis OverTime(long firstTicks, long lastTicks)
    {
        const int Wanted = 8;
        double first = Time(firstTicks), last = Math.Max(Time(lastTicks), first + 1), rough = (last - first) / Wanted;
        double step = s_seconds.FirstOrDefault(seconds => seconds >= rough, s_seconds[^1]);
        string format = step < 60 ? "HH:mm:ss" : step < 86_400 ? "MM-dd HH:mm" : "yyyy-MM-dd";
        return new Axis("UTC", first, last) { Step = step, Format = time => new DateTime((long)(time * TimeSpan.TicksPerSecond)).ToString(format, CultureInfo.InvariantCulture) };
    }

    /// <summary>Event time as a value of <see cref="OverTime"/>.</summary>
    public static double Time(long ticks) => (double)ticks / TimeSpan.TicksPerSecond;

    /// <summary>Where a value lies, 0 at the beginning and 1 at the end of the axis.</summary>
    public double Place(double value)
    {
        double place = Logarithmic ? Math.Log(Math.Max(value, Least) / Least) / Math.Log(Most / Least) : (value - Least) / (Most - Least);
        return Math.Clamp(place, 0, 1);
    }

    /// <summary>Round values within the range.</summary>
    /// <param name="wanted">About how many of them there is room for.</param>
    public IEnumerable<double> Ticks(int wanted) => Logarithmic ? Powers(wanted) : Steps(wanted);

    public string Text(double tick) => Format?.Invoke(tick) ?? tick.ToString(Math.Abs(tick) is > 0 and (< 1e-3 or >= 1e6) ? "0.#e0" : "0.#####", CultureInfo.InvariantCulture);

    private IEnumerable<double> Powers(int wanted)
    {
        double decades = Math.Log10(Most / Least);
        double[] mantissas = decades * 3 <= wanted ? [1, 2, 5] : [1];
        int every = (int)Math.Max(1, Math.Ceiling(decades / wanted));
        for (int power = (int)Math.Floor(Math.Log10(Least)); power <= Math.Log10(Most) + 1e-9; power++)
        {
            foreach (double mantissa in mantissas)
            {
                double tick = mantissa * Math.Pow(10, power);
                if (power % every == 0 && tick >= Least * (1 - 1e-9) && tick <= Most * (1 + 1e-9))
                    yield return tick;
            }
        }
    }

    private IEnumerable<double> Steps(int wanted)
    {
        double step = Step ?? Round((Most - Least) / wanted);
        for (double n = Math.Ceiling(Least / step); n * step <= Most; n++)
            yield return n * step;
    }

    private static double Round(double rough)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return unit * (rough / unit) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
    }
}
