using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class DisposeScopeTests
{
    [Fact]
    public void Dispose_OfScope_DisposesWhatWasMadeInside()
    {
        using var outside = ones(2);
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = outside + 1;
            Assert.Equal(1, scope.DisposablesCount);
            Assert.True(scope.Contains(inside));
        }

        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
    }

    [Fact]
    public void MoveToOuter_OfTensor_SurvivesTheInnerScopeOnly()
    {
        Tensor moved, movedTwice, dropped;
        using (var outer = NewDisposeScope())
        {
            using (var inner = NewDisposeScope())
            {
                dropped = ones(1);
                moved = ones(2).MoveToOuterDisposeScope();
                movedTwice = inner.MoveToOuter(ones(3));
            }

            Assert.True(dropped.IsInvalid);
            Assert.False(moved.IsInvalid);
            Assert.True(outer.Contains(moved));
            outer.MoveToOuter(movedTwice);
        }

        Assert.True(moved.IsInvalid);
        Assert.False(movedTwice.IsInvalid);
        movedTwice.Dispose();
    }

    [Fact]
    public void Detach_OfTensor_TakesItOutOfAllScopes()
    {
        Tensor a, b;
        using (NewDisposeScope())
        using (var inner = NewDisposeScope())
        {
            a = ones(1).DetachFromDisposeScope();
            b = inner.Detach(ones(1));
        }

        Assert.False(a.IsInvalid);
        Assert.False(b.IsInvalid);
        a.Dispose();
        b.Dispose();
    }

    [Fact]
    public void Attach_OfTensor_GivesItToTheScope()
    {
        var tensor = ones(1);
        using (var scope = NewDisposeScope()) scope.Attach(tensor);
        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void DisposeEverything_OfScope_EmptiesIt()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(1), ones(1));
        scope.DisposeEverythingBut(a);
        Assert.True(b.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
        scope.DisposeEverything();
        Assert.True(a.IsInvalid);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Dispose_OfTensorInScope_TakesItOut()
    {
        using var scope = NewDisposeScope();
        var tensor = ones(1);
        tensor.Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Scopes_OfOtherThreads_DoNotSeeTheTensor()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;
        var thread = new Thread(() => other = ones(1));
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
        other!.Dispose();
    }

    [Fact]
    public void Module_MadeInScope_SurvivesIt()
    {
        TorchSharp.Modules.Linear layer;
        using (NewDisposeScope()) layer = nn.Linear(2, 2);
        Assert.False(layer.weight.IsInvalid);
        layer.Dispose();
        Assert.True(layer.weight.IsInvalid);
    }

    [Fact]
    public void Finalizer_OfForgottenTensors_ReleasesThem()
    {
        Collect();
        var before = Tensor.TotalCount;
        Forget();
        Collect();
        Assert.InRange(Tensor.TotalCount, 0, before);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Forget()
        {
            for (var i = 0; i < 10; i++) ones(10);
        }

        static void Collect()
        {
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
    }
}
