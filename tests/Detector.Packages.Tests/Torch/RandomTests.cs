using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class RandomTests
{
    [Fact]
    public void ManualSeed_SameSeed_RepeatsAllDraws()
    {
        Assert.Equal(Draw(7), Draw(7));
        Assert.NotEqual(Draw(7), Draw(8));

        static double[] Draw(long seed)
        {
            manual_seed(seed);
            using var scope = NewDisposeScope();
            using var layer = nn.Linear(4, 3);
            return
            [
                .. Expect.Values(rand(3)), .. Expect.Values(randn(3)), .. Expect.Values(randint(0, 100, new long[] { 3 })),
                .. Expect.Values(randperm(10)), .. Expect.Values(layer.weight), .. Expect.Values(nn.functional.dropout(ones(20), 0.5)),
            ];
        }
    }

    [Fact]
    public void Generator_OfItsOwn_IsIndependentOfTheDefault()
    {
        using var first = new Generator(42);
        using var second = new Generator(42);
        using var a = randn(5, generator: first);
        manual_seed(1);
        using var unrelated = randn(5);
        using var b = randn(5, generator: second);
        Expect.Equal(Expect.Values(a), b, 0);
        second.manual_seed(42);
        Expect.Equal(Expect.Values(a), randn(5, generator: second), 0);
        Assert.Equal(42, first.initial_seed());
    }

    [Fact]
    public void State_OfGenerator_CanBeRestored()
    {
        using var generator = new Generator(3);
        using var state = generator.get_state();
        using var a = rand(4, generator: generator);
        generator.set_state(state);
        Expect.Equal(Expect.Values(a), rand(4, generator: generator), 0);
    }

    [Fact]
    public void Draws_InBulk_FollowTheirDistributions()
    {
        using var g = new Generator(5);
        using var uniform = rand(20_000, generator: g);
        Assert.InRange(uniform.mean().ToDouble(), 0.49, 0.51);
        Assert.InRange(uniform.min().ToDouble(), 0, 0.01);
        using var normal = randn(20_000, generator: g);
        Assert.InRange(normal.std().ToDouble(), 0.98, 1.02);
        using var whole = randint(3, 6, new long[] { 1000 }, generator: g);
        Assert.Equal(3, whole.min().item<long>());
        Assert.Equal(5, whole.max().item<long>());
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (double)i), Expect.Values(randperm(50, generator: g)).Order());
        using var coins = bernoulli(full(20_000, 0.3), g);
        Assert.InRange(coins.mean().ToDouble(), 0.28, 0.32);
        Assert.InRange(empty(20_000).uniform_(2, 4, g).mean().ToDouble(), 2.97, 3.03);
        Assert.InRange(empty(20_000).normal_(1, 3, g).std().ToDouble(), 2.94, 3.06);
        Assert.InRange(empty(20_000).bernoulli_(0.2, g).mean().ToDouble(), 0.18, 0.22);
    }
}
