using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Detector.Models.Statistics;

/// <summary>The plane that keeps most of the variance of points (Pearson 1901): their first two principal components.</summary>
public sealed class PrincipalPlane
{
    private const int MaxFitted = 4096;

    private readonly float[] _centre; // (Z)
    private readonly float[] _directions; // (2, Z), orthonormal; zero where the points have no such direction

    private PrincipalPlane(float[] centre, float[] directions, double first, double second)
    {
        _centre = centre;
        _directions = directions;
        (First, Second) = (first, second);
    }

    /// <summary>Share of the variance along the first direction.</summary>
    public double First { get; }

    /// <summary>Share of the variance along the second direction.</summary>
    public double Second { get; }

    /// <summary>Fits the plane, on points spread evenly over all where there are very many.</summary>
    /// <param name="points">(N, Z) row by row, N ≥ 1.</param>
    /// <param name="width">Z.</param>
    public static PrincipalPlane Fit(ReadOnlySpan<float> points, int width)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        int count = points.Length / width;
        Tensor all = tensor(points.ToArray()).reshape(count, width).to(ScalarType.Float64); // (N, Z)
        if (count > MaxFitted)
            all = all.index_select(0, linspace(0, count - 1, MaxFitted, ScalarType.Float64).round().to(ScalarType.Int64));
        Tensor centre = all.mean([0L]); // (Z)
        (_, Tensor singular, Tensor right) = linalg.svd(all - centre, fullMatrices: false); // (K), (K, Z)
        double[] variances = [.. Values<double>(singular).Select(value => value * value)];
        double sum = Math.Max(variances.Sum(), double.Epsilon);
        float[] directions = new float[2 * width];
        for (int d = 0; d < Math.Min(2, variances.Length); d++)
            Oriented(Values<double>(right.select(0, d))).CopyTo(directions, d * width);
        return new PrincipalPlane(
            [.. Values<double>(centre).Select(value => (float)value)], directions, variances[0] / sum, variances.Length > 1 ? variances[1] / sum : 0);
    }

    /// <summary>Coordinates of a point (Z) in the plane.</summary>
    public (double X, double Y) Project(ReadOnlySpan<float> point)
    {
        double x = 0, y = 0;
        for (int i = 0; i < point.Length; i++)
        {
            x += (point[i] - _centre[i]) * _directions[i];
            y += (point[i] - _centre[i]) * _directions[point.Length + i];
        }

        return (x, y);
    }

    /// <summary>A direction has no sign of its own; its largest entry is made positive, so that the same points give the same picture.</summary>
    private static float[] Oriented(double[] direction)
    {
        double sign = direction.MaxBy(Math.Abs) < 0 ? -1 : 1;
        return [.. direction.Select(value => (float)(sign * value))];
    }

    private static T[] Values<T>(Tensor values)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(values.contiguous().bytes).ToArray();
}
