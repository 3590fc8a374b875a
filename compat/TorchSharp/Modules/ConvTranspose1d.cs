using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>The transpose of a convolution: it lengthens what Conv1d shortens.</summary>
    public sealed class ConvTranspose1d : Convolution
    {
        private readonly long _padding;
        private readonly long _outputPadding;

        internal ConvTranspose1d(
            long inChannels, long outChannels, long kernelSize, long stride, long padding, long outputPadding, long dilation,
            PaddingModes paddingMode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(ConvTranspose1d), inChannels, outChannels, kernelSize, stride, dilation, true, groups, bias,
                Zeros(paddingMode), device, dtype) =>
            (_padding, _outputPadding) = (padding, outputPadding);

        public override Tensor forward(Tensor input) => forward(input, null);

        /// <summary>With an output of the given length, where the stride leaves a choice.</summary>
        public Tensor forward(Tensor input, long[]? output_size)
        {
            CheckInput(input);
            var extra = output_size is null ? _outputPadding : output_size[^1] - Shortest(input);
            if (extra < 0 || (output_size is not null && extra >= stride[0]))
                throw new ArgumentException(
                    $"Requested an output size of {output_size![^1]}, but valid sizes range from {Shortest(input)} on, less than {stride[0]} more");
            return nn.functional.conv_transpose1d(input, weight, bias, stride[0], _padding, extra, dilation[0], groups);
        }

        private long Shortest(Tensor input) => (input.size(-1) - 1) * stride[0] - 2 * _padding + dilation[0] * (kernel_size[0] - 1) + 1;

        private static PaddingModes Zeros(PaddingModes mode) => mode == PaddingModes.Zeros
            ? mode
            : throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(mode));
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ConvTranspose1d ConvTranspose1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, padding_mode, groups, bias,
                    device, dtype);
        }
    }
}
