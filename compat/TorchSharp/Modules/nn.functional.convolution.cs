namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null,
                long groups = 1) =>
                Native.ts_conv1d(input, weight, bias, stride ?? 1, padding ?? 0, dilation ?? 1, groups);

            public static Tensor conv1d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid,
                long? dilation = null, long groups = 1) =>
                Native.ts_conv1d_same(input, weight, bias, stride ?? 1, padding == Padding.Same, dilation ?? 1, groups);

            public static Tensor conv_transpose1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null,
                long? output_padding = null, long? dilation = null, long groups = 1) =>
                Native.ts_conv_transpose1d(
                    input, weight, bias, stride ?? 1, padding ?? 0, output_padding ?? 0, groups, dilation ?? 1);

            /// <summary>Pads dimensions from the last one on: before, after, before, after …</summary>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var (name, filled) = mode switch
                {
                    PaddingModes.Reflect => ("reflect", false),
                    PaddingModes.Replicate => ("replicate", false),
                    PaddingModes.Circular => ("circular", false),
                    _ => ("constant", true),
                };
                return Native.ts_pad(input, pad, pad.Length, name, filled ? [value] : []);
            }

            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.AsSpan(), mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>Pads every dimension on both sides.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var all = new long[2 * input.ndim];
                Array.Fill(all, pad);
                return functional.pad(input, all, mode, value);
            }
        }
    }
}
