using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class ModuleTests
{
    private sealed class Autoencoder : Module<Tensor, Tensor>
    {
        private readonly Linear encode = Linear(4, 2);
        private readonly Module<Tensor, Tensor> activation = Tanh();
        private readonly Sequential decoder = Sequential(Linear(2, 3), ReLU(), Linear(3, 4, hasBias: false));
        private readonly Parameter scale = Parameter(ones(4));
        private readonly Tensor center = zeros(4);

        internal Autoencoder() : base(nameof(Autoencoder)) => RegisterComponents();

        public override Tensor forward(Tensor input) => decoder.call(activation.call(encode.call(input - center))) * scale;
    }

    private sealed class Pair : Module<Tensor, Tensor, Tensor>
    {
        private readonly ModuleList<Linear> layers = ModuleList(Linear(2, 2), Linear(2, 2));
        private readonly ModuleDict<Module> heads = ModuleDict(("mean", (Module)Linear(2, 1)));

        internal Pair() : base(nameof(Pair)) => RegisterComponents();

        public override Tensor forward(Tensor input1, Tensor input2) => layers[0].call(input1) + layers[1].call(input2);
    }

    [Fact]
    public void StateDict_OfFields_UsesTheirNames()
    {
        using var model = new Autoencoder();
        Assert.Equal(
            ["center", "decoder.0.bias", "decoder.0.weight", "decoder.2.weight", "encode.bias", "encode.weight", "scale"],
            model.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(6, model.parameters().Count());
        Assert.Equal(["center"], model.named_buffers().Select(b => b.name));
        Assert.Equal(["encode", "activation", "decoder"], model.named_children().Select(c => c.name));
        Assert.Contains("decoder.1", model.named_modules().Select(m => m.name));
        Expect.Shape([3, 2], model.get_parameter("decoder.0.weight")!);
        Assert.Null(model.get_parameter("decoder.9.weight"));
    }

    [Fact]
    public void StateDict_OfListsAndDictionaries_UsesPositionsAndKeys()
    {
        using var model = new Pair();
        Assert.Equal(
            ["heads.mean.bias", "heads.mean.weight", "layers.0.bias", "layers.0.weight", "layers.1.bias", "layers.1.weight"],
            model.state_dict().Keys.Order(StringComparer.Ordinal));
        Expect.Shape([3, 2], model.call(ones(3, 2), ones(3, 2)));
    }

    [Fact]
    public void LoadStateDict_OfAnotherModel_CopiesItsValues()
    {
        using var source = new Autoencoder();
        using var target = new Autoencoder();
        target.load_state_dict(source.state_dict());
        using var x = randn(5, 4);
        Expect.Equal(Expect.Values(source.call(x)), target.call(x), 0);

        var wrong = new Dictionary<string, Tensor> { ["scale"] = ones(4), ["extra"] = ones(1) };
        Assert.Throws<InvalidOperationException>(() => target.load_state_dict(wrong));
        var (missing, unexpected) = target.load_state_dict(wrong, strict: false);
        Assert.Equal(6, missing.Count);
        Assert.Equal(["extra"], unexpected);
    }

    [Fact]
    public void Register_NamesAndValues_AreChecked()
    {
        using var model = new Autoencoder();
        Assert.Throws<InvalidOperationException>(() => model.register_parameter("scale", Parameter(ones(1))));
        Assert.Throws<InvalidOperationException>(() => model.register_module("encode", Linear(1, 1)));
        Assert.Throws<ArgumentException>(() => model.register_module("a.b", Linear(1, 1)));
        model.register_buffer("momentum", ones(3));
        model.register_buffer("scratch", ones(3), persistent: false);
        Assert.Contains("momentum", model.state_dict().Keys);
        Assert.DoesNotContain("scratch", model.state_dict().Keys);
    }

    [Fact]
    public void TrainEval_OnModel_ReachesAllModules()
    {
        using var model = Sequential(Linear(2, 2), Dropout(0.5), Sequential(Dropout(0.5)));
        Assert.True(model.training);
        model.eval();
        Assert.All(model.modules(), m => Assert.False(m.training));
        using var x = ones(2, 2);
        Expect.Equal(Expect.Values(model.call(x)), model.call(x), 0);
        model.train();
        Assert.All(model.modules(), m => Assert.True(m.training));
    }

    [Fact]
    public void To_OtherType_MovesParametersBuffersAndFields()
    {
        using var model = new Autoencoder();
        Assert.Same(model, model.to(ScalarType.Float64));
        Assert.All(model.parameters(), p => Assert.Equal(ScalarType.Float64, p.dtype));
        Assert.All(model.parameters(), p => Assert.True(p.requires_grad));
        Assert.Equal(ScalarType.Float64, model.call(ones(1, 4, ScalarType.Float64)).dtype);
        model.to(CPU);
        Assert.Equal(7, model.state_dict().Count);
    }

    [Fact]
    public void ZeroGrad_OnModel_ForgetsGradients()
    {
        using var model = Linear(2, 1);
        model.call(ones(1, 2)).sum().backward();
        Assert.NotNull(model.weight.grad);
        model.zero_grad();
        Assert.Null(model.weight.grad);
    }

    [Fact]
    public void Dispose_OfModel_ReleasesItsTensors()
    {
        var model = new Autoencoder();
        var tensors = model.state_dict().Values.ToArray();
        model.Dispose();
        Assert.All(tensors, t => Assert.True(t.IsInvalid));
    }

    [Fact]
    public void Apply_OnModel_VisitsItLast()
    {
        using var model = Sequential(Linear(1, 1), ReLU());
        var visited = new List<Module>();
        model.apply(visited.Add);
        Assert.Equal([.. model.children(), model], visited);
    }
}
