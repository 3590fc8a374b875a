using System.Runtime.InteropServices;
using Detector.Models.Descent;
using static TorchSharp.torch;

namespace Detector.Models.Tests.Descent;

public sealed class TorchRandomTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(1, 1000)]
    [InlineData(20_250_601, 3001)]
    public void Uniform_SameSeed_GivesTheNumbersOfTorch(int seed, int count)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new((ulong)seed, CPU);
        var random = new TorchRandom((ulong)seed);
        for (int draw = 0; draw < 3; draw++)
        {
            float[] values = new float[count];
            random.Uniform(values);
            Assert.Equal(Floats(rand([count], generator: generator)), values);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(1000)]
    [InlineData(4099)]
    public void Normal_SameSeed_GivesTheNumbersOfTorchWithinRounding(int count)
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(3, CPU);
        var random = new TorchRandom(3);
        for (int draw = 0; draw < 3; draw++)
        {
            float[] values = new float[count], expected = Floats(randn([count], generator: generator));
            random.Normal(values);
            for (int i = 0; i < count; i++)
                Assert.Equal(expected[i], values[i], 1e-5f);
        }
    }

    [Fact]
    public void Normal_FewerThanABlock_AreTheFirstOfOne()
    {
        float[] few = new float[5], block = new float[16];
        new TorchRandom(1).Normal(few);
        new TorchRandom(1).Normal(block);

        Assert.Equal(block[..5], few);
    }

    [Fact]
    public void Permutation_BetweenOtherDraws_GivesTheOrderOfTorch()
    {
        using var scope = NewDisposeScope();
        using Generator generator = new(9, CPU);
        var random = new TorchRandom(9);
        int[] order = new int[700];
        float[] between = new float[321];
        for (int draw = 0; draw < 3; draw++)
        {
            random.Permutation(order);
            random.Uniform(between);
            Tensor expected = randperm(order.Length, generator: generator);
            rand([between.Length], generator: generator).Dispose();
            Assert.Equal(MemoryMarshal.Cast<byte, long>(expected.bytes).ToArray(), order.Select(i => (long)i));
        }
    }

    private static float[] Floats(Tensor values) => MemoryMarshal.Cast<byte, float>(values.bytes).ToArray();
}
