using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Convolution along the last dimension of (N, C, L).</summary>
    public sealed class Conv1d : Convolution
    {
        private readonly long? _padding;
        private readonly Padding _paddingType;

        internal Conv1d(
            long inChannels, long outChannels, long kernelSize, long stride, long? padding, Padding paddingType, long dilation,
            PaddingModes paddingMode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(Conv1d), inChannels, outChannels, kernelSize, stride, dilation, false, groups, bias, paddingMode, device, dtype)
        {
            (_padding, _paddingType) = (padding, paddingType);
            if (padding is null && paddingType == Padding.Same && stride != 1)
                throw new ArgumentException("padding='same' is not supported for strided convolutions");
        }

        public override Tensor forward(Tensor input)
        {
            CheckInput(input);
            if (padding_mode != PaddingModes.Zeros)
            {
                using var padded = nn.functional.pad(input, Around(), padding_mode);
                return nn.functional.conv1d(padded, weight, bias, stride[0], 0, dilation[0], groups);
            }

            return _padding is { } padding
                ? nn.functional.conv1d(input, weight, bias, stride[0], padding, dilation[0], groups)
                : nn.functional.conv1d_padding(input, weight, bias, stride[0], _paddingType, dilation[0], groups);
        }

        private (long, long) Around()
        {
            if (_padding is { } padding) return (padding, padding);
            var total = _paddingType == Padding.Same ? dilation[0] * (kernel_size[0] - 1) : 0;
            return (total / 2, total - total / 2);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, Padding.Valid, dilation, padding_mode, groups, bias,
                    device, dtype);

            public static Modules.Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, null, padding, dilation, padding_mode, groups, bias, device, dtype);
        }
    }
}
