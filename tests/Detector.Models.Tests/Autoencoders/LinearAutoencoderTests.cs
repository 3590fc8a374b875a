using System.Runtime.InteropServices;
using Detector.Models.Autoencoders;
using Detector.Models.Statistics;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Autoencoders;

public sealed class LinearAutoencoderTests
{
    [Fact]
    public void TrySolve_CorrelatedWindows_SpansTheLeadingEigenvectors()
    {
        using var scope = NewDisposeScope();
        const int Size = 12, Latent = 3;
        Tensor windows = Correlated(400, Size);
        using Autoencoder network = Networks.Create("linear", new WindowDimensions(4, 3), new NetworkOptions { Latent = Latent });

        Assert.True(network.TrySolve(windows, null));

        SymmetricEigen eigen = SymmetricEigen.Of(Covariance(windows), Size);
        Tensor components = network.state_dict()["components"];
        Assert.InRange(Networks.Squared(components.t().matmul(components) - eye(Latent)), 0, 1e-10);
        int[] byVariance = [.. Enumerable.Range(0, Size).OrderByDescending(k => eigen.Values[k])];
        for (int k = 0; k < Size; k++)
        {
            float[] vector = [.. eigen.Vectors.Slice(byVariance[k] * Size, Size).ToArray().Select(x => (float)x)];
            double inside = tensor(vector).unsqueeze(0).matmul(components).square().sum().item<float>();
            Assert.Equal(k < Latent ? 1 : 0, inside, 1e-4);
        }
    }

    [Fact]
    public void Forward_WindowOfThePlane_ReturnsIt()
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(3, CPU);
        Tensor basis = randn([2, 6], generator: generator);
        Tensor windows = randn([100, 2], generator: generator).matmul(basis) + 5;
        using Autoencoder network = Networks.Create("linear", new WindowDimensions(3, 2), new NetworkOptions { Latent = 2 });
        network.TrySolve(windows, null);

        Assert.InRange(Networks.Squared(network.forward(windows) - windows), 0, 1e-9);
        Assert.InRange(network.Loss(windows, null, 0, null).item<float>(), 0, 1e-9f);
        Assert.Equal([100L, 2L], network.Encode(windows).shape);
    }

    [Fact]
    public void TrySolve_WiderThanTheCovarianceAllows_StillFindsThePlane()
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(3, CPU);
        var dimensions = new WindowDimensions(8, 300);
        Tensor basis = randn([3, dimensions.Size], generator: generator);
        Tensor windows = randn([70, 3], generator: generator).matmul(basis) + 2;
        using Autoencoder network = Networks.Create("linear", dimensions, new NetworkOptions { Latent = 200 });

        network.TrySolve(windows, null);

        Assert.InRange(Networks.Squared(network.forward(windows) - windows), 0, 1e-7);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1200)] // wider than the covariance allows
    public void TrySolve_ValuesUnderTheMask_AreNotLearned(int features)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(3, CPU);
        var dimensions = new WindowDimensions(2, features);
        Tensor windows = randn([200, 2], generator: generator).mm(randn([2, dimensions.Size], generator: generator)) + 3;
        Tensor observed = rand(windows.shape, generator: generator).ge(0.05).to(ScalarType.Float32);
        using Autoencoder network = Networks.Create("linear", dimensions, new NetworkOptions { Latent = 2 });
        using Autoencoder other = Networks.Create("linear", dimensions, new NetworkOptions { Latent = 2 });
        using Autoencoder unmasked = Networks.Create("linear", dimensions, new NetworkOptions { Latent = 2 });

        network.TrySolve(windows * observed, observed);
        other.TrySolve(windows * observed + (1 - observed) * 20, observed);
        unmasked.TrySolve(windows * observed + (1 - observed) * 20, null);

        Assert.Equal(0, Networks.Squared(network.forward(windows) - other.forward(windows)), 1e-8);
        double error = Networks.Squared(network.forward(windows) - windows), misled = Networks.Squared(unmasked.forward(windows) - windows);
        Assert.True(error < 0.25 * misled, $"{error} against {misled}");
    }

    [Fact]
    public void Forward_LatentAsWideAsTheWindow_StillLeavesAResidual()
    {
        using var scope = NewDisposeScope();
        Tensor windows = Correlated(50, 4);
        using Autoencoder network = Networks.Create("linear", new WindowDimensions(2, 2), new NetworkOptions { Latent = 64 });
        network.TrySolve(windows, null);

        Assert.Equal(3, network.Encode(windows).shape[1]);
        Assert.True(Networks.Squared(network.forward(windows) - windows) > 1e-6);
    }

    [Fact]
    public void Constructor_InACallersScope_OutlivesIt()
    {
        Autoencoder network;
        using (NewDisposeScope())
            network = Networks.Create("linear", new WindowDimensions(2, 2));

        using var scope = NewDisposeScope();
        Assert.Equal([5L, 4L], network.forward(zeros(5, 4)).shape);
        network.Dispose();
    }

    private static Tensor Correlated(int count, int size)
    {
        using Generator generator = new(11, CPU);
        return randn([count, size], generator: generator).matmul(randn([size, size], generator: generator));
    }

    private static double[] Covariance(Tensor windows)
    {
        Tensor exact = windows.to(ScalarType.Float64);
        Tensor centred = exact - exact.mean([0L]);
        return MemoryMarshal.Cast<byte, double>((centred.t().matmul(centred) / windows.shape[0]).contiguous().bytes).ToArray();
    }
}
