using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What convolutions over one dimension share: their parameters, initialised as PyTorch does.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    private protected Convolution(
        string name, long inChannels, long outChannels, long kernelSize, long stride, long dilation, bool transposed, long groups,
        bool bias,
        PaddingModes paddingMode, Device? device, ScalarType? dtype) : base(name)
    {
        (in_channels, out_channels, this.transposed) = (inChannels, outChannels, transposed);
        (this.groups, padding_mode) = (groups, paddingMode);
        (kernel_size, this.stride, this.dilation) = ([kernelSize], [stride], [dilation]);
        weight = (transposed
            ? empty(inChannels, outChannels / groups, kernelSize, dtype, device)
            : empty(outChannels, inChannels / groups, kernelSize, dtype, device)).AsParameter();
        if (bias) this.bias = empty(outChannels, dtype, device).AsParameter();
        reset_parameters();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public bool transposed { get; }

    public PaddingModes padding_mode { get; set; }

    public long groups { get; set; }

    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    public long[] dilation { get; set; }

    public Parameter weight
    {
        get => _weight!;
        set => SetParameter(ref _weight, nameof(weight), value);
    }

    public Parameter? bias
    {
        get => _bias;
        set => SetParameter(ref _bias, nameof(bias), value);
    }

    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is null) return;
        var (fanIn, _) = nn.init.CalculateFanInAndFanOut(weight);
        if (fanIn != 0) nn.init.uniform_(bias, -1 / Math.Sqrt(fanIn), 1 / Math.Sqrt(fanIn));
    }

    /// <summary>Refuses what is neither (N, C, L) nor (C, L) with the right number of channels.</summary>
    private protected void CheckInput(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var fits = (input.ndim == 3 && input.size(1) == in_channels) || (input.ndim == 2 && input.size(0) == in_channels);
        if (!fits)
            throw new ArgumentException($"Expected 2D (unbatched) or 3D (batched) input with {in_channels} channels to {GetName()}.");
    }
}
