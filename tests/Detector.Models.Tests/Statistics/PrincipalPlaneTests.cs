using Detector.Models.Statistics;

namespace Detector.Models.Tests.Statistics;

public sealed class PrincipalPlaneTests
{
    [Fact]
    public void Fit_PointsInAPlane_KeepsTheirDistances()
    {
        var random = new Random(1);
        float[] points = new float[200 * 5];
        for (int i = 0; i < 200; i++)
        {
            float a = 3 * (float)Simulation.Gaussian(random), b = (float)Simulation.Gaussian(random);
            ((float[])[7 + a, 2 + b, a - b, 0.5f * a, 1]).CopyTo(points, i * 5);
        }

        var plane = PrincipalPlane.Fit(points, 5);
        Assert.Equal(1, plane.First + plane.Second, 1e-6);
        Assert.True(plane.First > plane.Second);
        for (int i = 1; i < 200; i++)
        {
            (double x, double y) = Difference(plane.Project(points.AsSpan(0, 5)), plane.Project(points.AsSpan(i * 5, 5)));
            double distance = Math.Sqrt(Enumerable.Range(0, 5).Sum(z => Math.Pow(points[z] - points[i * 5 + z], 2)));
            Assert.Equal(distance, Math.Sqrt(x * x + y * y), 1e-3);
        }

        static (double X, double Y) Difference((double X, double Y) a, (double X, double Y) b) => (a.X - b.X, a.Y - b.Y);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 1)]
    [InlineData(5000, 3)]
    public void Fit_FewPointsOrDimensions_IsFinite(int count, int width)
    {
        float[] points = [.. Enumerable.Range(0, count * width).Select(i => MathF.Sin(i))];
        var plane = PrincipalPlane.Fit(points, width);
        (double x, double y) = plane.Project(points.AsSpan(0, width));
        Assert.True(double.IsFinite(x) && double.IsFinite(y) && plane.First is >= 0 and <= 1.000001 && plane.Second is >= 0 and <= 1);
    }

    [Fact]
    public void Project_SamePointsTurnedRound_SamePicture()
    {
        float[] points = [.. Enumerable.Range(0, 90).Select(i => MathF.Sin(i * i))];
        float[] reversed = [.. points.Chunk(3).Reverse().SelectMany(point => point)];
        (double x, double y) = PrincipalPlane.Fit(points, 3).Project(points.AsSpan(0, 3));
        (double u, double v) = PrincipalPlane.Fit(reversed, 3).Project(points.AsSpan(0, 3));
        Assert.Equal((x, y), (u, v), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-4 && Math.Abs(a.Item2 - b.Item2) < 1e-4);
    }
}
