using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

/// <summary>Compares tensors with plain numbers, and gradients with finite differences.</summary>
internal static class Expect
{
    private const double Step = 1e-6;

    internal static Tensor Doubles(params double[] values) => tensor(values);

    internal static Tensor Doubles(double[,] values) => tensor(values);

    /// <summary>Row-major elements, whatever the type.</summary>
    internal static double[] Values(Tensor actual)
    {
        using var wide = actual.detach().to_type(ScalarType.Float64).contiguous();
        return wide.data<double>().ToArray();
    }

    internal static void Equal(ReadOnlySpan<double> expected, Tensor actual, double tolerance = 1e-9)
    {
        var values = Values(actual);
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(
                (double.IsNaN(expected[i]) && double.IsNaN(values[i])) || expected[i] == values[i] ||
                Math.Abs(expected[i] - values[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"element {i}: expected {expected[i]}, got {values[i]}");
    }

    internal static void Shape(ReadOnlySpan<long> expected, Tensor actual) => Assert.Equal(expected.ToArray(), actual.shape);

    /// <summary>The gradient of a weighted sum of f(x), by differentiation and by central differences.</summary>
    internal static void Gradient(Func<Tensor, Tensor> f, Tensor at, double tolerance = 1e-5)
    {
        using var scope = NewDisposeScope();
        using var x = at.detach().clone().requires_grad_();
        var y = f(x);
        var weights = linspace(0.5, 1.5, y.numel(), ScalarType.Float64).reshape(y.shape);
        var analytic = Values(autograd.grad([(y * weights).sum()], [x])[0]);

        var numbers = Values(at);
        var numeric = new double[numbers.Length];
        for (var i = 0; i < numbers.Length; i++) numeric[i] = (Value(i, Step) - Value(i, -Step)) / (2 * Step);

        for (var i = 0; i < numeric.Length; i++)
            Assert.True(
                Math.Abs(analytic[i] - numeric[i]) <= tolerance * Math.Max(1, Math.Abs(numeric[i])),
                $"element {i}: {analytic[i]} by differentiation, {numeric[i]} by differences");

        double Value(int i, double change)
        {
            using var inner = NewDisposeScope();
            var moved = (double[])numbers.Clone();
            moved[i] += change;
            return (f(tensor(moved).reshape(at.shape)) * weights).sum().ToDouble();
        }
    }
}
