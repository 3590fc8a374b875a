using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class InitTests
{
    [Fact]
    public void Init_OfParameters_FillsWithoutRecording()
    {
        using var p = nn.Parameter(empty(200, 100));
        nn.init.zeros_(p);
        Assert.Equal(0, p.abs().max().ToDouble());
        nn.init.constant_(p, 2.5);
        Assert.Equal(2.5, p.mean().ToDouble(), 6);
        nn.init.uniform_(p, 1, 2);
        Assert.InRange(p.min().ToDouble(), 1, 1.01);
        Assert.InRange(p.max().ToDouble(), 1.99, 2);
        nn.init.normal_(p, 3, 0.5);
        Assert.InRange(p.std().ToDouble(), 0.48, 0.52);
        Assert.True(p.is_leaf);
        Assert.True(p.requires_grad);
    }

    [Fact]
    public void Init_Scaled_StaysWithinItsBound()
    {
        using var p = empty(200, 100);
        nn.init.xavier_uniform_(p);
        Assert.InRange(p.abs().max().ToDouble(), 0.98 * Math.Sqrt(6.0 / 300), Math.Sqrt(6.0 / 300));
        nn.init.kaiming_uniform_(p, nonlinearity: nn.init.NonlinearityType.ReLU);
        Assert.InRange(p.abs().max().ToDouble(), 0.98 * Math.Sqrt(6.0 / 100), Math.Sqrt(6.0 / 100) + 1e-6);
        Assert.Equal((6, 12), nn.init.CalculateFanInAndFanOut(empty(4, 2, 3)));
    }
}
