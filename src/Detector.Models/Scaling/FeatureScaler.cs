using System.Buffers;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text.Json.Serialization;
using Detector.Models.Statistics;

namespace Detector.Models.Scaling;

/// <summary>Brings features to comparable size: (x − center) / scale per feature, clipped to ±20; missing stays missing. Immutable.</summary>
public sealed class FeatureScaler
{
    /// <summary>Scaled values are clipped to ± this: beyond, a value says no more than "far out", and a loss would see nothing else.</summary>
    public const float Limit = 20;

    private readonly double[] _factors; // (F), 1 / scale: a product takes a fourth of the time of a quotient

    /// <summary>Takes fitted values; the arrays are not copied.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or a scale is not positive and finite.</exception>
    [JsonConstructor]
    public FeatureScaler(string name, double[] center, double[] scale, IReadOnlyList<int> unobserved)
    {
        ArgumentNullException.ThrowIfNull(center);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(unobserved);
        if (center.Length != scale.Length)
            throw new ArgumentException(
                $"A scaler needs one scale per center; got {center.Length} centers and {scale.Length} scales.", nameof(scale));
        for (var j = 0; j < scale.Length; j++)
            if (!(scale[j] > 0) || !double.IsFinite(scale[j]) || !double.IsFinite(center[j]))
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"Feature {j} has center {center[j]} and scale {scale[j]}; both must be finite and the scale positive."),
                    nameof(scale));
        foreach (var j in unobserved)
            if (j < 0 || j >= center.Length)
                throw new ArgumentException($"Feature {j} is listed as unobserved; there are {center.Length} features.", nameof(unobserved));
        Name = name;
        Center = center;
        Scale = scale;
        Unobserved = unobserved;
        _factors = [.. scale.Select(unit => Math.Min(1 / unit, double.MaxValue))]; // of a subnormal scale it would be infinite
    }

    /// <summary>robust, standard or minmax.</summary>
    public string Name { get; }

    /// <summary>(F) in units of the feature.</summary>
    public double[] Center { get; }

    /// <summary>(F) in units of the feature, positive.</summary>
    public double[] Scale { get; }

    /// <summary>Features without a single finite value when fitted; their center is 0 and their scale 1. Nothing is known of what is normal for
    /// them, so they count as missing until a later fit sees them.</summary>
    public IReadOnlyList<int> Unobserved { get; }

    /// <summary>What the calendar lets expect, taken out before; null where the data follow none.</summary>
    public Season? Season { get; init; }

    /// <summary>F.</summary>
    [JsonIgnore]
    public int Features => Center.Length;

    /// <summary>Fits a scaler; see <see cref="ScalerFitter"/>.</summary>
    /// <param name="method">One of <see cref="ScalerFitter.Names"/>.</param>
    /// <param name="rows">(N, F) row-major; NaN and ±Inf = missing.</param>
    /// <param name="features">F ≥ 1.</param>
    /// <exception cref="ArgumentException">Unknown method, or rows that are not a multiple of F.</exception>
    public static FeatureScaler Fit(string method, ReadOnlySpan<double> rows, int features) => ScalerFitter.Fit(method, rows, features);

    /// <summary>The same scaler with another season.</summary>
    public FeatureScaler With(Season? season) => new(Name, Center, Scale, Unobserved) { Season = season };

    /// <summary>Scales rows.</summary>
    /// <param name="raw">(F) or (N, F) row-major; NaN and ±Inf = missing.</param>
    /// <param name="scaled">As long as <paramref name="raw"/>; in ±<see cref="Limit"/>, NaN where missing and in <see cref="Unobserved"/> features.</param>
    /// <exception cref="ArgumentException">Lengths differ or are no multiple of F.</exception>
    public void Transform(ReadOnlySpan<double> raw, Span<float> scaled)
    {
        if (raw.Length != scaled.Length || raw.Length % Features != 0)
            throw new ArgumentException(
                $"Scaling {Features} features takes equally long rows; got {raw.Length} values and room for {scaled.Length}.", nameof(scaled));
        for (var row = 0; row < raw.Length; row += Features)
            TransformRow(raw.Slice(row, Features), scaled.Slice(row, Features));
    }

    /// <summary>Scales a window: takes the season out of its rows first.</summary>
    /// <param name="raw">(T, F) raw values, oldest row first.</param>
    /// <param name="ticks">Event time of the newest row, UTC ticks.</param>
    /// <param name="scaled">As long as <paramref name="raw"/>.</param>
    /// <inheritdoc cref="Transform(ReadOnlySpan{double}, Span{float})" path="/exception"/>
    public void Transform(ReadOnlySpan<double> raw, long ticks, Span<float> scaled)
    {
        if (Season is not { } season)
        {
            Transform(raw, scaled);
            return;
        }

        double[] rows = ArrayPool<double>.Shared.Rent(raw.Length);
        raw.CopyTo(rows);
        season.Subtract(ticks, rows.AsSpan(0, raw.Length));
        Transform(rows.AsSpan(0, raw.Length), scaled);
        ArrayPool<double>.Shared.Return(rows);
    }

    /// <summary>A scaled value in units of the feature, but for the season.</summary>
    public double Inverse(int feature, double scaled) => scaled * Scale[feature] + Center[feature];

    /// <summary>A scaled value of a time in units of the feature.</summary>
    public double Inverse(int feature, double scaled, long ticks) => Inverse(feature, scaled) + (Season?.Of(feature, ticks) ?? 0);

    private void TransformRow(ReadOnlySpan<double> raw, Span<float> scaled)
    {
        var j = 0;
        for (; j + Lanes.Count <= raw.Length; j += Lanes.Count)
            Lanes.Narrow(ScaledAt(raw, j), scaled, j);
        for (; j < raw.Length; j++)
            scaled[j] = double.IsFinite(raw[j]) ? (float)Math.Clamp((raw[j] - Center[j]) * _factors[j], -Limit, Limit) : float.NaN;
        for (var i = 0; i < Unobserved.Count; i++)
            scaled[Unobserved[i]] = float.NaN;
    }

    private Vector512<double> ScaledAt(ReadOnlySpan<double> raw, int j)
    {
        var x = Lanes.Load(raw, j);
        var scaled = (x - Lanes.Load(Center, j)) * Lanes.Load(_factors, j);
        var clipped = Vector512.Min(Vector512.Max(scaled, Vector512.Create((double)-Limit)), Vector512.Create((double)Limit));
        return Vector512.ConditionalSelect(Vector512.IsFinite(x), clipped, Vector512.Create(double.NaN));
    }
}
