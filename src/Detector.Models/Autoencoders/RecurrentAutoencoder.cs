using System.Globalization;
using Detector.Models.Inference;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Detector.Models.Autoencoders;

/// <summary>
/// Recurrent autoencoder, the encoder–decoder of Malhotra et al. (2016): gated cells read the window row by row into a code, others write it
/// down again from the newest row to the oldest. The decoder is given the code at each row, and not the row it wrote before as in the paper, so
/// that training and scoring run alike. No weight depends on the window's length.
/// </summary>
public sealed class RecurrentAutoencoder : Autoencoder
{
    private readonly Linear narrow;
    private readonly Linear output;
    private readonly nn.Module[] _readers;
    private readonly nn.Module[] _writers;

    /// <param name="dimensions">T and F.</param>
    /// <param name="options">One layer of cells for each width in <c>Hidden</c>; without any, one as wide as the code.</param>
    /// <param name="generator">Draws the weights.</param>
    public RecurrentAutoencoder(WindowDimensions dimensions, NetworkOptions options, Generator generator)
        : base("recurrent", dimensions, options)
    {
        int[] widths = options.Hidden.Count > 0 ? [.. options.Hidden] : [options.Latent];
        int[] mirrored = [.. widths.Reverse()];
        _readers = [.. widths.Select((width, i) => Cell(options, i == 0 ? dimensions.Features : widths[i - 1], width))];
        narrow = nn.Linear(widths[^1], options.Latent);
        _writers = [.. mirrored.Select((width, i) => Cell(options, i == 0 ? options.Latent : mirrored[i - 1], width))];
        output = nn.Linear(widths[0], dimensions.Features);
        RegisterComponents();
        for (int i = 0; i < widths.Length; i++)
        {
            register_module(string.Create(CultureInfo.InvariantCulture, $"reader{i}"), _readers[i]);
            register_module(string.Create(CultureInfo.InvariantCulture, $"writer{i}"), _writers[i]);
            Initialisation.Draw(_readers[i], widths[i], generator);
            Initialisation.Draw(_writers[i], mirrored[i], generator);
        }

        Initialisation.Draw(narrow, widths[^1], generator);
        Initialisation.Draw(output, widths[0], generator);
    }

    public override Tensor Encode(Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor rows = windows.view(-1, Dimensions.Rows, Dimensions.Features); // (B, T, F)
        Tensor states = Run(_readers, rows); // (B, T, H)
        return narrow.forward(states.select(1, Dimensions.Rows - 1)).MoveToOuterDisposeScope(); // (B, Z)
    }

    public override Tensor forward(Tensor windows)
    {
        using var scope = NewDisposeScope();
        Tensor code = Encode(windows).unsqueeze(1).expand(-1, Dimensions.Rows, -1); // (B, T, Z), the same at each row
        Tensor written = output.forward(Run(_writers, code)).flip(1); // (B, T, F), oldest row first again
        return Activations.ApplyToOutput(Options.OutputActivation, written).reshape(windows.shape[0], Dimensions.Size).MoveToOuterDisposeScope();
    }

    public override Tensor Loss(Tensor windows, Tensor? observed, double progress, Generator? noise)
    {
        using var scope = NewDisposeScope();
        return SquaredError(forward(windows), windows, observed).MoveToOuterDisposeScope();
    }

    internal override NetworkPlan Compile(bool newestOnly) => new RecurrentPlan(
        Dimensions, [.. _readers.Select(Describe)], AffineLayer.Of(narrow, LayerActivation.Linear), [.. _writers.Select(Describe)],
        AffineLayer.Of(output, Activations.BehindOutput(Options.OutputActivation)), newestOnly);

    /// <summary>How far back its memory reaches.</summary>
    public override IEnumerable<PropertyFigure> Measure(Tensor windows)
    {
        Tensor squares = (forward(windows) - windows).square().view(-1, Dimensions.Rows, Dimensions.Features); // (B, T, F)
        return [new PropertyFigure("mean squared error of each row, oldest first", Values(squares.mean([0L, 2L])))];
    }

    private static nn.Module Cell(NetworkOptions options, int inputs, int width) => options.Cell == RecurrentCells.Lstm
        ? nn.LSTM(inputs, width, batchFirst: true)
        : nn.GRU(inputs, width, batchFirst: true);

    private static GatedLayer Describe(nn.Module cell)
    {
        Dictionary<string, Parameter> weights = cell.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter, StringComparer.Ordinal);
        return new GatedLayer(Of("weight_ih_l0", "bias_ih_l0"), Of("weight_hh_l0", "bias_hh_l0"));

        AffineLayer Of(string weight, string bias) =>
            new((int)weights[weight].shape[1], AffineLayer.Values(weights[weight]), AffineLayer.Values(weights[bias]), LayerActivation.Linear);
    }

    /// <summary>Runs the layers over a sequence: (B, T, inputs) → (B, T, width of the last layer).</summary>
    private static Tensor Run(nn.Module[] layers, Tensor sequence)
    {
        Tensor x = sequence;
        foreach (nn.Module layer in layers)
            x = layer is LSTM lstm ? lstm.call(x).Item1 : ((GRU)layer).call(x).Item1;
        return x;
    }
}
