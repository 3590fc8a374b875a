using System.Globalization;
using Detector.Models.Inference;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Convolutional autoencoder over time (after Masci et al. 2011): each layer slides its filters along the window and halves the time, the
/// decoder doubles it again. There is no dense layer, so a filter's weights serve every row, and a pattern may stand anywhere in the window.
/// </summary>
public sealed class ConvolutionalAutoencoder : Autoencoder
{
    private readonly Conv1d narrow;
    private readonly Conv1d widen;
    private readonly Conv1d[] _down;
    private readonly ConvTranspose1d[] _up;
    private readonly int[] _lengths; // rows before each layer of the encoder, and of the code

    /// <param name="dimensions">T and F; features are channels.</param>
    /// <param name="options">The code is as wide as <c>Latent</c>, or the next multiple of its length in time.</param>
    /// <param name="generator">Draws the weights.</param>
    public ConvolutionalAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("convolutional", dimensions, options)
    {
        int[] channels = [dimensions.Features, .. options.Channels];
        _lengths = new int[channels.Length];
        for (int i = 0; i < _lengths.Length; i++)
            _lengths[i] = i == 0 ? dimensions.Rows : (_lengths[i - 1] + 1) / 2;
        int code = (options.Latent + _lengths[^1] - 1) / _lengths[^1]; // channels of the code
        int padding = options.Kernel / 2;

        _down = [.. options.Channels.Select((to, i) => nn.Conv1d(channels[i], to, options.Kernel, stride: 2, padding: padding))];
        narrow = nn.Conv1d(channels[^1], code, 1);
        widen = nn.Conv1d(code, channels[^1], 1);
        _up = [.. options.Channels.Select((from, i) =>
            nn.ConvTranspose1d(from, channels[i], options.Kernel, stride: 2, padding: padding, output_padding: 1 - _lengths[i] % 2))];
        RegisterComponents();
        for (int i = 0; i < _down.Length; i++)
        {
            register_module(string.Create(CultureInfo.InvariantCulture, $"down{i}"), _down[i]);
            register_module(string.Create(CultureInfo.InvariantCulture, $"up{i}"), _up[i]);
            Initialisation.Draw(_down[i], channels[i] * options.Kernel, generator);
            Initialisation.Draw(_up[i], channels[i + 1] * options.Kernel, generator);
        }

        Initialisation.Draw(narrow, channels[^1], generator);
        Initialisation.Draw(widen, code, generator);
    }

    public override Tensor Encode(Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor x = windows.view(-1, Dimensions.Rows, Dimensions.Features).transpose(1, 2); // (B, F, T)
        foreach (Conv1d layer in _down)
            x = Activations.Apply(Options.Activation, layer.forward(x)); // (B, channels, ⌈T / 2⌉), …
        return narrow.forward(x).flatten(1).MoveToOuterDisposeScope(); // (B, Z)
    }

    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor code = Encode(windows).view(windows.shape[0], widen.in_channels, -1); // (B, channels of the code, time of the code)
        Tensor x = Activations.Apply(Options.Activation, widen.forward(code));
        for (int i = _up.Length - 1; i >= 0; i--)
        {
            x = _up[i].forward(x); // (B, channels, twice the time)
            if (i > 0)
                x = Activations.Apply(Options.Activation, x);
        }

        Tensor output = Activations.ApplyToOutput(Options.OutputActivation, x); // (B, F, T)
        return output.transpose(1, 2).reshape(windows.shape[0], Dimensions.Size).MoveToOuterDisposeScope();
    }

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        return SquaredError(forward(windows), windows, observed).MoveToOuterDisposeScope();
    }

    internal override NetworkPlan Compile(bool newestOnly)
    {
        LayerActivation between = Activations.Behind(Options.Activation);
        return new ConvolutionalPlan(
            [
                .. _down.Select((layer, i) => ConvolutionLayer.Of(layer.weight!, layer.bias!, between, _lengths[i], _lengths[i + 1], TimeScale.Halved)),
                ConvolutionLayer.Of(narrow.weight!, narrow.bias!, LayerActivation.Linear, _lengths[^1], _lengths[^1], TimeScale.Same),
                ConvolutionLayer.Of(widen.weight!, widen.bias!, between, _lengths[^1], _lengths[^1], TimeScale.Same),
                .. _up.Select((layer, i) => ConvolutionLayer.Of(
                    layer.weight!, layer.bias!, i > 0 ? between : Activations.BehindOutput(Options.OutputActivation), _lengths[i + 1], _lengths[i], TimeScale.Doubled)).Reverse(),
            ],
            newestOnly);
    }

    /// <summary>What sharing its weights along the time saves.</summary>
    public override IEnumerable<PropertyFigure> Measure(Tensor windows)
    {
        int[] widths = [Dimensions.Size, .. Options.Hidden, Options.Latent];
        long dense = widths.Zip(widths.Skip(1), (from, to) => 2L * from * to + from + to).Sum();
        return [new PropertyFigure("parameters, as a share of the dense network's", (double)parameters().Sum(p => p.numel()) / dense)];
    }
}
